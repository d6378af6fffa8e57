from django.db import migrations

from healthaid.reports.touches import OWN, of_parent, touch


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0009_monitoring"),
        ("reports", "0005_filing"),
    ]

    operations = [
        touch("households_monitoringcase", OWN),
        touch("households_monitoringmeasure", of_parent("households_monitoringcase", "case_id")),
    ]

"""Changes of screenings, records and cases of identification are noticed by the kept figures."""

from django.db import migrations

from healthaid.reports.touches import OWN, of_parent, touch


class Migration(migrations.Migration):
    dependencies = [("households", "0009_monitoring"), ("reports", "0005_filing")]

    operations = [
        touch("households_screeninground", "SELECT area_id FROM changed"),
        touch("households_screening", OWN),
        touch("households_healthrecord", of_parent("households_person", "person_id")),
        touch("households_identificationcase", OWN),
    ]

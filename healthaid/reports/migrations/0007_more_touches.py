"""Changes of screenings, records, cases of identification and handouts are noticed by the kept figures."""

from django.db import migrations

from healthaid.reports.touches import OWN, of_household, of_parent, touch


class Migration(migrations.Migration):
    dependencies = [("households", "0009_monitoring"), ("outreach", "0003_desk_work"), ("reports", "0006_monitoring_is_watched")]

    operations = [
        touch("households_screeninground", "SELECT area_id FROM changed"),
        touch("households_screening", OWN),
        touch("households_healthrecord", of_parent("households_person", "person_id")),
        touch("households_identificationcase", OWN),
        touch("outreach_distribution", of_household()),
    ]

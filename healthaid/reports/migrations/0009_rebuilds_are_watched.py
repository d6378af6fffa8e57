from django.db import migrations

from healthaid.reports.touches import touch

_OF_CLINIC = "SELECT i.area_id FROM changed c JOIN clinics_institution i ON i.id = c.institution_id"


class Migration(migrations.Migration):
    dependencies = [("clinics", "0004_attributes"), ("reports", "0008_summaries_by_team")]

    operations = [touch("clinics_rebuildproject", _OF_CLINIC)]

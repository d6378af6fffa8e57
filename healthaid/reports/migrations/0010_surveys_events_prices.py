"""Changes of surveys, events and prices are noticed by the kept figures."""

from django.db import migrations

from healthaid.reports.touches import of_household, touch

_OF_CLINIC = "SELECT i.area_id FROM changed c JOIN clinics_institution i ON i.id = c.institution_id"


class Migration(migrations.Migration):
    dependencies = [("outreach", "0004_surveys_and_prices"), ("reports", "0009_rebuilds_are_watched")]

    operations = [
        touch("outreach_surveyround", "SELECT area_id FROM changed"),
        touch("outreach_surveyhome", of_household()),
        touch("outreach_event", "SELECT area_id FROM changed"),
        touch("outreach_pricecheck", _OF_CLINIC),
    ]

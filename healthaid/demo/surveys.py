"""What households know of the policy, and what the clinics ask for drugs."""

from datetime import date, timedelta
from pathlib import Path

from django.db import connection

from core.accounts.models import Area
from healthaid.outreach.kinds import edition_on
from healthaid.outreach.models import SurveyRound
from healthaid.outreach.services.surveys import AWARENESS, draw

SQL = Path(__file__).with_name("surveys.sql")
_BEGAN, _LASTS, _PER_VILLAGE = timedelta(days=24), timedelta(days=30), 20


def ask_and_check(county: Area, officer: int, on: date) -> None:
    """This will draw a survey of the county and ask most of it, and check the prices of the clinics."""
    first = on - _BEGAN
    edition = edition_on(AWARENESS, first)
    if edition is None:
        return
    held = SurveyRound.objects.create(
        area=county,
        code=AWARENESS,
        edition=edition.edition,
        name=f"{first.year}年健康扶贫政策知晓率调查",
        opens_on=first,
        due_on=first + _LASTS,
        per_village=_PER_VILLAGE,
        seed=f"{county.code}{first:%y%m}",
        by_id=officer,
    )
    draw(held)
    with connection.cursor() as cursor:
        asked = {"round": held.pk, "county": county.pk, "first": first, "on": on, "officer": officer}
        cursor.execute(SQL.read_text(encoding="utf-8"), asked)

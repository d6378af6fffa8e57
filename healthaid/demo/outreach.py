"""Events of the year, what households were given, and the activities of 3+2+1 with their scores."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from django.db import connection

from core.accounts.models import Area
from healthaid.demo.shapes import DISTRICT
from healthaid.outreach.kinds import ActivityKind, activity_kinds
from healthaid.outreach.models import Activity, ActivityEntry
from healthaid.outreach.queries.activities import units_of
from households.models import Household

SQL = Path(__file__).with_name("outreach.sql")
# Kind → days before the demo's today.
_HELD = {
    "records_exhibition": 190,
    "nursing_quiz": 195,
    "clinical_contest": 160,
    "drawn_sword": 120,
    "infection_control": 75,
    "clinic_grading": 40,
}
_YEAR_BEFORE = 365
_PLAQUE_AFTER = timedelta(days=12)


def reach_out(county: Area, officer: int, seed: str, on: date) -> None:
    """This will note the county's events and what was handed out, and hold its activities."""
    times = max(round(Household.objects.filter(county=county).count() / DISTRICT.households), 1)
    with connection.cursor() as cursor:
        values: dict[str, Any] = {"county": county.pk, "on": on, "times": times}
        cursor.execute(SQL.read_text(encoding="utf-8"), values)
    random = Random(f"{seed}:activities")  # noqa: S311
    for code, ago in _HELD.items():
        _held(county, activity_kinds()[code], on - timedelta(days=ago), officer, random)
    _held(county, activity_kinds()["clinic_grading"], on - timedelta(days=_YEAR_BEFORE), officer, random)


def _held(county: Area, kind: ActivityKind, held_on: date, officer: int, random: Random) -> None:
    activity = Activity.objects.create(
        area=county,
        kind=kind.code,
        title=f"{held_on.year}年{kind.label.zh}",
        held_on=held_on,
        organiser=f"{county.name}卫健局",
        recorded_by_id=officer,
    )
    units = units_of(activity) if kind.grades else units_of(activity).exclude(kind="village_clinic")
    entries = [_entry(activity, unit.pk, kind, random) for unit in units]
    ActivityEntry.objects.bulk_create(entries, batch_size=1000)


def _entry(activity: Activity, unit: int, kind: ActivityKind, random: Random) -> ActivityEntry:
    score = Decimal(round(min(random.gauss(86, 6), 99.5) * 2)) / 2
    grade = kind.grade(score)
    plaque = activity.held_on + _PLAQUE_AFTER if grade else None
    return ActivityEntry(activity=activity, institution_id=unit, score=score, grade=grade, plaque_on=plaque)

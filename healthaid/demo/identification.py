"""Identification in the demo: last year's sweep, this year's re-verification, and cases at every step.

Set-based, a fixed number of statements for each county; the opinions are given step by step, as the database
asks for them."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from healthaid.journeys.screening import follow_suspicions
from households.models import Catalogue

STATEMENTS = Path(__file__).with_suffix(".sql")
STEPS = (
    ("village", "health", "doctor"),
    ("village", "administration", "committee"),
    ("township", "health", "town_health"),
    ("township", "administration", "town_office"),
    ("county", "health", "bureau"),
    ("county", "administration", "county_office"),
)
_OPINION = """
    INSERT INTO households_opinion (case_id, level, side, turn, agrees, grounds, "on", by_id)
    SELECT c.id, %(level)s, %(side)s, 1, TRUE, '经核实，情况属实，同意。', c.opened_on + 2 * %(step)s, d.{who}
      FROM demo_identified d JOIN households_identificationcase c ON c.id = d.case_id
     WHERE d.goal >= %(step)s ORDER BY c.id
"""
_RETURNED = """
    INSERT INTO households_opinion (case_id, level, side, turn, agrees, grounds, "on", by_id)
    SELECT c.id, 'township', 'health', 1, FALSE, '出院小结没有盖章，请补充材料。', c.opened_on + 5,
           d.town_health
      FROM demo_identified d JOIN households_identificationcase c ON c.id = d.case_id
     WHERE d.is_returned ORDER BY c.id
"""
_CONDITIONS = """
    UPDATE households_identificationcase c SET condition_id = d.condition_id
      FROM demo_identified d WHERE d.case_id = c.id AND d.goal = 6
"""


# A quarter of those who were sent for an examination are back from it: nothing was found.
_BACK = """
    WITH back AS (
      UPDATE households_screening s SET result = 'none', "on" = %(on)s, note = '市中心医院检查，未见异常'
        FROM households_screeninground r
       WHERE r.id = s.round_id AND r.closed_on IS NULL AND s.result = 'suspected' AND s.person_id %% 4 = 0
      RETURNING s.id)
    DELETE FROM households_screeningfinding f USING back WHERE f.screening_id = back.id
"""


@transaction.atomic
def look_into_suspicions(on: date) -> None:
    """This will make tasks of what the rounds of all counties left suspected, and end some of them."""
    follow_suspicions(on=on - timedelta(days=12))
    with connection.cursor() as cursor:
        cursor.execute(_BACK, {"on": on - timedelta(days=3)})
    follow_suspicions(on=on - timedelta(days=3))


def identify(*, county: int, officer: int, on: date) -> None:
    """This will screen everybody of a county twice and carry its cases as far as each has come."""
    listed = Catalogue.objects.get(code="30", area=None).pk
    values: dict[str, Any] = {"county": county, "officer": officer, "on": on, "listed": listed}
    values |= {"year": on.year, "first": on - timedelta(days=400)}
    with connection.cursor() as cursor:
        before, _mark, after = STATEMENTS.read_text(encoding="utf-8").partition("-- the opinions\n")
        cursor.execute(before, values)
        for step, (level, side, who) in enumerate(STEPS, start=1):
            if step == len(STEPS):
                cursor.execute(_CONDITIONS)
            cursor.execute(_OPINION.format(who=who), {"level": level, "side": side, "step": step})
        cursor.execute(_RETURNED)
        cursor.execute(after, values)

"""The sheets of the record: everybody present with the states they are in, counted by place, listed by page.

One statement each (households/sql), so that the number over a tab is the length of the list behind it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.base.periods import add_months, born_by
from core.base.sql import rows
from households.health_record import record_rule
from households.models import Person
from households.queries.records.places import Place
from households.sql import statement

ELDERLY = 65
ALL = "all"
_COUNT = (
    "SELECT village_id, state, count(*) FROM listed, unnest(states || ARRAY['all']) AS state GROUP BY 1, 2"
)
_PAGE = """
SELECT person_id, states FROM listed WHERE %(state)s = ANY(states || ARRAY['all'])
 ORDER BY rank, village_id, household_id, person_id LIMIT %(limit)s OFFSET %(offset)s
"""
_AMONG = """
SELECT person_id FROM listed
 WHERE %(state)s = ANY(states || ARRAY['all']) AND person_id = ANY(%(persons)s::bigint[])
"""


@dataclass(frozen=True)
class Sheet:
    """Which statement, over which villages, with what else it asks for."""

    name: str
    place: Place
    values: Mapping[str, Any]

    @property
    def _asked(self) -> dict[str, Any]:
        return {**self.values, "villages": list(self.place.villages)}

    @property
    def _statement(self) -> str:
        return statement(self.name, present=statement("present"))

    def counts(self) -> dict[int, Counter[str]]:
        """Child area → state → persons; `ALL` counts everybody."""
        found: dict[int, Counter[str]] = {child.pk: Counter() for child in self.place.children}
        for village, state, count in rows(f"{self._statement} {_COUNT}", self._asked):
            found[self.place.child_of[village].pk][state] += count
        return found

    def people(self, state: str, *, limit: int, offset: int) -> list[tuple[Person, list[str]]]:
        """Some of those in a state, in the order in which one would go through them."""
        asked = {**self._asked, "state": state or ALL, "limit": limit, "offset": offset}
        listed = rows(f"{self._statement} {_PAGE}", asked)
        known = Person.objects.select_related("household", "village").in_bulk([pk for pk, _states in listed])
        return [(known[pk], states) for pk, states in listed]

    def among(self, persons: list[int], state: str) -> list[Person]:
        """Those of the chosen who are in the state now: what was changed meanwhile is left out."""
        asked = {**self._asked, "state": state, "persons": persons}
        found = rows(f"{self._statement} {_AMONG}", asked)
        return list(Person.objects.filter(pk__in=[pk for (pk,) in found]).order_by("pk"))


def records_sheet(place: Place, on: date) -> Sheet:
    stale = add_months(on, -record_rule().stale_months)
    return Sheet("records", place, {"on": on, "stale_before": stale})


def classes_sheet(place: Place, on: date) -> Sheet:
    return Sheet("classes", place, {"on": on, "since": add_months(on, -1)})


def exams_sheet(place: Place, on: date, year: int) -> Sheet:
    """Of a past year: as it stood at that year's end."""
    day = min(on, date(year, 12, 31))
    return Sheet("exams", place, {"on": day, "year": year, "born_by": born_by(ELDERLY, day)})


def enrolments_sheet(place: Place, on: date, year: int, scheme: str) -> Sheet:
    day = min(on, date(year, 12, 31))
    return Sheet("enrolments", place, {"on": day, "year": year, "scheme": scheme})


__all__ = [
    "ALL",
    "Sheet",
    "classes_sheet",
    "enrolments_sheet",
    "exams_sheet",
    "records_sheet",
]

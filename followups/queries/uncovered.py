"""Whom nobody looks after, and why: one list, each reason with its remedy."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from core.accounts.models import Area, User
from core.accounts.scope import village_ids
from core.base.sql import rows
from followups.choices import Uncovered
from followups.models import Team
from followups.sql import statement
from households.models import Person

_COUNT = "SELECT reason, count(*) FROM uncovered, unnest(reasons) AS reason GROUP BY reason"
_ALL = "SELECT count(*) FROM uncovered"
_PAGE = """
SELECT person_id, team_id, reasons FROM uncovered
 WHERE %(reason)s = '' OR %(reason)s = ANY(reasons)
 ORDER BY village_id, household_id, person_id LIMIT %(limit)s OFFSET %(offset)s
"""


@dataclass(frozen=True, slots=True)
class Gap:
    person: Person
    team: Team | None
    reasons: list[Uncovered]


@dataclass(frozen=True, slots=True)
class Gaps:
    """How many persons are uncovered, and how many for each reason; who has two reasons stands under both."""

    persons: int
    by_reason: dict[Uncovered, int]

    def count(self, reason: str) -> int:
        return self.by_reason.get(Uncovered(reason), 0) if reason else self.persons


def gaps(user: User, on: date, *, village: Area | None = None) -> Gaps:
    """The counts over the user's area or one of its villages."""
    values = _values(user, on, village)
    counted = dict(rows(f"{statement('uncovered')} {_COUNT}", values))
    persons = rows(f"{statement('uncovered')} {_ALL}", values)[0][0]
    return Gaps(persons, {reason: counted[reason] for reason in Uncovered if reason in counted})


def gap_page(
    user: User, on: date, *, village: Area | None, reason: str, limit: int, offset: int
) -> list[Gap]:
    """Some of the uncovered persons, village by village."""
    values = _values(user, on, village) | {"reason": reason, "limit": limit, "offset": offset}
    found = rows(f"{statement('uncovered')} {_PAGE}", values)
    persons = Person.objects.visible_to(user).select_related("household__village").in_bulk(_keys(found, 0))
    teams = Team.objects.in_bulk(_keys(found, 1))
    return [
        Gap(persons[person], teams.get(team), [Uncovered(reason) for reason in reasons])
        for person, team, reasons in found
    ]


def _values(user: User, on: date, village: Area | None) -> dict[str, Any]:
    mine = village_ids(user)
    return {"villages": [pk for pk in mine if village is None or pk == village.pk], "on": on}


def _keys(found: list[tuple[Any, ...]], place: int) -> set[int]:
    return {row[place] for row in found if row[place]}

"""What contracts promised, what was done of it, and who was signed up and never served: defined here only."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any

from core.accounts.models import Area, User
from core.accounts.scope import village_ids
from core.base.sql import rows
from followups.models import Contract, Team
from followups.packages import all_items, limits
from followups.sql import statement
from households.models import Person

# For the indicators: one row for each contract in force; parameters villages, on, sensitive.
SERVED_SQL = statement("served", days=str(limits().unserved_days))
_FORMS = ", ".join(f"'{form}'" for item in all_items().values() for form in item.forms)
_COUNTERS = json.dumps({code: item.counter for code, item in all_items().items()})


def promises_sql(whose: str, *, on: str = "%(on)s", sensitive: str = "%(sensitive)s") -> str:
    """sql/promises.sql with the items filled in: a WITH whose last part is `counted`, to select from.

    `whose` is the condition on the contract `c`; `on` and `sensitive` are how the caller names them."""
    text = statement("promises", whose=whose, spread=str(limits().spread_up_to))
    filled = {
        "on": on,
        "sensitive": sensitive,
        "counters": f"'{_COUNTERS}'",
        "follow_up_forms": f"ARRAY[{_FORMS}]",
    }
    for name, words in filled.items():
        text = text.replace(f"%({name})s", words)
    return text


# For the indicators: one row for each promised item of each contract that was due by the day.
PROMISES_SQL = f"""
{promises_sql("c.village_id = ANY(%(villages)s)")}
SELECT contract_id || ' ' || item AS key, person_id, household_id, village_id, team_id,
       item, promised, due, done, done >= due AS is_kept
  FROM counted WHERE due > 0 AND done IS NOT NULL
"""  # noqa: S608 - our own texts
_TEAM = "c.village_id = ANY(%(villages)s) AND c.team_id = %(team)s"
_VILLAGES = "c.village_id = ANY(%(villages)s)"


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """One promised item over some contracts: `promised` for the whole year, `due` by the day, `done` so far.

    `kept` and `kept_by_now` count no more than each person was promised, so that nobody's surplus hides
    another's lack. `done`, and what follows from it, is None where the item is not counted."""

    item: str
    persons: int
    promised: int
    due: int
    done: int | None
    kept: int | None
    kept_by_now: int | None
    behind: int
    over: int

    def __add__(self, other: "Fulfilment") -> "Fulfilment":
        return Fulfilment(
            self.item,
            self.persons + other.persons,
            *(_sum(getattr(self, name), getattr(other, name)) for name in _SUMS),  # type: ignore[arg-type]
        )


_SUMS = ("promised", "due", "done", "kept", "kept_by_now", "behind", "over")


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


@dataclass(frozen=True, slots=True)
class Rate:
    """Kept out of what was to be done by now. Nothing to be done yet: `share` is None, never 0 or 100."""

    part: int
    whole: int

    @property
    def share(self) -> Decimal | None:
        """Per cent, one decimal, rounded down: 99.97 is 99.9."""
        if not self.whole:
            return None
        return (Decimal(self.part) * 100 / self.whole).quantize(Decimal("0.1"), ROUND_DOWN)


def rate_by_now(items: Iterable[Fulfilment]) -> Rate:
    """履约率 (DOMAIN B6.2): of the counted items that were due by the day, how many were done."""
    counted = [item for item in items if item.kept_by_now is not None]
    return Rate(sum(item.kept_by_now or 0 for item in counted), sum(item.due for item in counted))


def fulfilment_of_person(user: User, person: Person, on: date) -> list[Fulfilment]:
    """What the contract in force promises one person; empty where there is none."""
    found = _grouped("c.person_id = %(person)s", "NULL", user, on, person=person.pk)
    return found.get(None, [])


def fulfilment_of_contract(user: User, contract: Contract, on: date) -> list[Fulfilment]:
    """What one contract promised, by the day or by its last one; empty before it begins and for a draft."""
    day = min(on, contract.period.upper - timedelta(days=1))
    return _grouped("c.id = %(contract)s", "NULL", user, day, contract=contract.pk).get(None, [])


def fulfilment_of_team(user: User, team: Team, on: date) -> list[Fulfilment]:
    """Promised against done over a team's contracts within the user's area."""
    found = _grouped(_TEAM, "NULL", user, on, team=team.pk, villages=village_ids(user))
    return found.get(None, [])


def fulfilment_by_team(user: User, on: date, teams: Sequence[int]) -> dict[int, list[Fulfilment]]:
    """The same for several teams; one statement."""
    whose = f"{_VILLAGES} AND c.team_id = ANY(%(teams)s)"
    return _grouped(whose, "team_id", user, on, villages=village_ids(user), teams=list(teams))


def fulfilment_by_village(user: User, on: date, *, team: Team | None = None) -> dict[int, list[Fulfilment]]:
    """Village → its items; one statement."""
    if team is not None:
        return _grouped(_TEAM, "village_id", user, on, team=team.pk, villages=village_ids(user))
    return _grouped(_VILLAGES, "village_id", user, on, villages=village_ids(user))


def together(groups: Iterable[list[Fulfilment]]) -> list[Fulfilment]:
    """The sum of several groups, item by item: a rate of the whole is one of sums, never a mean of rates."""
    found: dict[str, Fulfilment] = {}
    for group in groups:
        for each in group:
            found[each.item] = found[each.item] + each if each.item in found else each
    return _in_order(found.values())


def _grouped(whose: str, by: str, user: User, on: date, **values: Any) -> dict[Any, list[Fulfilment]]:
    text = statement("fulfilment", promises=promises_sql(whose), by=by)
    found: dict[Any, list[Fulfilment]] = {}
    for place, *counts in rows(text, {"on": on, "sensitive": user.sees_sensitive, **values}):
        found.setdefault(place, []).append(Fulfilment(*counts))
    return {place: _in_order(items) for place, items in found.items()}


def _in_order(items: Iterable[Fulfilment]) -> list[Fulfilment]:
    order = list(all_items())
    return sorted(items, key=lambda item: order.index(item.item))


@dataclass(frozen=True, slots=True)
class Unserved:
    contract: Contract
    met_on: date | None


def unserved(
    user: User, on: date, *, team: Team | None = None, village: Area | None = None
) -> list[tuple[int, date | None]]:
    """只签不约: contracts in force without a face-to-face visit in 90 days; (contract id, last day met)."""
    villages = [pk for pk in village_ids(user) if village is None or pk == village.pk]
    values = {
        "villages": villages,
        "on": on,
        "sensitive": user.sees_sensitive,
        "team": team.pk if team else None,
    }
    return [(key, met_on) for key, met_on in rows(statement("unserved", served=SERVED_SQL), values)]


def with_contracts(user: User, page: Iterable[tuple[int, date | None]]) -> list[Unserved]:
    """The rows of one page of `unserved`, with who they are."""
    found = list(page)
    contracts: dict[int, Contract] = (
        Contract.objects.visible_to(user)
        .select_related("person__household__village", "team")
        .in_bulk([key for key, _met_on in found])
    )
    return [Unserved(contracts[key], met_on) for key, met_on in found if key in contracts]


def unserved_since(on: date) -> date:
    """The last day on which a visit is too long ago to count."""
    return on - timedelta(days=limits().unserved_days)

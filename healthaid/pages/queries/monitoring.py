"""The board of households at risk: every item with the one level that has to act on it, and one case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Prefetch, QuerySet

from core.accounts.models import Area, User
from core.accounts.scope import village_ids
from core.base.sql import bigints, rows
from followups.choices import DutyState
from followups.models import Contract, Duty
from healthaid.pages.sql import statement
from households.choices import Holder, Scheme
from households.models import (
    Enrolment,
    Household,
    MonitoringCase,
    MonitoringEscalation,
    MonitoringMeasure,
    MonitoringStep,
    Person,
)
from households.monitoring_times import monitoring_times

_COUNTS = """
    WITH {items}
    SELECT coalesce(holder, ''), count(DISTINCT household_id)::int,
           (count(DISTINCT household_id) FILTER (WHERE is_late))::int
      FROM asked GROUP BY ROLLUP (holder)
"""
_SOURCES = "WITH {items} SELECT source, count(DISTINCT household_id)::int FROM asked GROUP BY 1"
_PAGE = """
    WITH {items}
    SELECT a.household_id, h.uuid, h.register_no, v.name, p.name, min(a.since), bool_or(a.is_late),
           max(a.kind), max(a.risk),
           json_agg(json_build_object(
               'source', a.source, 'key', a.key, 'holder', a.holder, 'since', a.since, 'due_on', a.due_on,
               'state', a.state, 'what', a.what, 'how_many', a.how_many, 'is_late', a.is_late)
               ORDER BY a.is_late DESC, a.since, a.source, a.key)
      FROM asked a
      JOIN households_household h ON h.id = a.household_id
      JOIN accounts_area v ON v.id = h.village_id
      LEFT JOIN households_person p ON p.household_id = h.id AND p.relation = '02' AND p.left_on IS NULL
     WHERE %(holder)s::text = '' OR a.holder = %(holder)s
     GROUP BY a.household_id, h.uuid, h.register_no, v.name, p.name
     ORDER BY bool_or(a.is_late) DESC, min(a.since), a.household_id
     LIMIT %(limit)s OFFSET %(offset)s
"""
_EVERY_ITEM = "WITH {items} SELECT source, key, household_id, holder, since FROM held"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the board is narrowed to; empty takes all. `age`: the days for which somebody has had to act."""

    holder: str = ""
    kind: str = ""
    risk: str = ""
    source: str = ""
    age: int = 0
    late: bool = False
    village: Area | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """One item: `holder` is village, township or county, `since` the day from which it has to act."""

    source: str
    key: str
    holder: str
    since: date
    due_on: date | None
    state: str
    what: str
    how_many: int
    is_late: bool


@dataclass(frozen=True, slots=True)
class Home:
    """A household of the board with what has to be done for it, what is late first."""

    pk: int
    uuid: UUID
    register_no: str
    village: str
    head: str
    since: date
    is_late: bool
    kind: str
    risk: str
    items: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """Households with something to do: all of them, by who has to act, and how many of those are late."""

    every: int
    by_holder: Mapping[str, int]
    late: int


def counts(user: User, on: date, asked: Asked) -> Counts:
    """Households by holder; one with items at two levels is counted at both, and once in all."""
    found = {holder: (n, late) for holder, n, late in _run(_COUNTS, user, on, asked)}
    every, late = found.get("", (0, 0))
    return Counts(every, {holder: found.get(holder, (0, 0))[0] for holder in Holder.values}, late)


def by_source(user: User, on: date, asked: Asked) -> dict[str, int]:
    """How many households have an item of each kind."""
    return dict(_run(_SOURCES, user, on, asked))


def homes(user: User, on: date, asked: Asked, *, limit: int, offset: int = 0) -> list[Home]:
    """Households of the board, late ones first, then by how long somebody has had to act."""
    found = _run(_PAGE, user, on, asked, limit=limit, offset=offset)
    return [_home(row) for row in found]


def items_of(user: User, household: Household, on: date) -> list[Held]:
    """What has to be done for one household."""
    within = replace(Asked(), village=household.village)
    everything = _run(_PAGE, user, on, within, limit=None, offset=0)
    return next((list(_home(row).items) for row in everything if row[0] == household.pk), [])


def every_item(villages: Sequence[int], on: date) -> list[tuple[Any, ...]]:
    """source, key, household, holder, since of every item of some villages, as health staff see it."""
    return rows(_EVERY_ITEM.format(items=statement("board_items")), _values(villages, on, Asked(), True))


def _run(text: str, user: User, on: date, asked: Asked, **more: Any) -> list[tuple[Any, ...]]:
    villages = village_ids(user)
    if asked.village:
        villages = [asked.village.pk] if asked.village.pk in villages else []
    values = _values(villages, on, asked, user.sees_sensitive) | more
    return rows(text.format(items=statement("board_items")), values)


def _values(villages: Sequence[int], on: date, asked: Asked, sensitive: bool) -> dict[str, Any]:
    times = monitoring_times()
    narrowed = {name: getattr(asked, name) for name in ("holder", "kind", "risk", "source", "age", "late")}
    days = {"overdue_days": times.long_overdue_days, "county_days": times.county_overdue_days}
    days |= {"verify_days": times.verify_within_days, "unmet_days": times.unmet_cost_days}
    return {"villages": bigints(villages), "on": on, "sensitive": sensitive, **narrowed, **days}


def _home(row: tuple[Any, ...]) -> Home:
    pk, uuid, register_no, village, head, since, is_late, kind, risk, items = row
    return Home(
        *(pk, uuid, register_no, village, head or register_no, since, is_late, kind or "", risk or ""),
        tuple(Held(**{**item, **_days(item)}) for item in items),
    )


def _days(item: dict[str, Any]) -> dict[str, date | None]:
    due = item["due_on"]
    return {"since": date.fromisoformat(item["since"]), "due_on": date.fromisoformat(due) if due else None}


def ended_cases(user: User, asked: Asked) -> QuerySet[Any]:
    """Cases that have ended, the latest first."""
    found = MonitoringCase.objects.visible_to(user).filter(holder="")
    given = {"kind": asked.kind, "risk": asked.risk, "village": asked.village}
    found = found.filter(**{name: value for name, value in given.items() if value})
    result: QuerySet[Any] = found.select_related("household__village").order_by("-ended_on", "-pk")
    return result


def count_ended(user: User, asked: Asked) -> int:
    return int(ended_cases(user, asked).count())


def without_case(user: User) -> int:
    """Households that the register has as monitored and for which no case is open."""
    found = Household.objects.visible_to(user).filter(
        left_on=None, statuses__standing="monitored", statuses__period__upper_inf=True
    )
    return int(found.exclude(pk__in=MonitoringCase.objects.exclude(holder="").values("household")).count())


def get_case(user: User, uuid: UUID) -> MonitoringCase:
    """One case with its steps (newest first), its measures and who was told.

    :raises Http404: outside the user's area.
    """
    steps = MonitoringStep.objects.select_related("done_by").order_by("-pk")
    told = MonitoringEscalation.objects.select_related("told").order_by("told_on", "pk")
    measures = MonitoringMeasure.objects.order_by("done_on", "since", "pk")
    found = MonitoringCase.objects.select_related(
        *("household__village", "village", "county", "found_by", "verified_by", "asked_by", "removed_by"),
        "relapse_of",
    )
    case: MonitoringCase = found.prefetch_related(
        Prefetch("steps", queryset=steps),
        Prefetch("escalations", queryset=told),
        Prefetch("measures", queryset=measures),
    ).get_visible(user, uuid=uuid)
    return case


def get_measure(user: User, case: UUID, pk: int) -> MonitoringMeasure:
    """:raises Http404: outside the user's area, or where the case has no such measure."""
    found: MonitoringMeasure = MonitoringMeasure.objects.get_visible(user, pk=pk, case__uuid=case)
    return found


def villages_below(user: User) -> QuerySet[Any]:
    """The villages of the user's area that have households."""
    homes_here = Household.objects.visible_to(user).filter(left_on=None)
    found: QuerySet[Any] = Area.objects.filter(pk__in=homes_here.values("village_id"))
    return found.order_by("code")


@dataclass(frozen=True, slots=True)
class Services:
    """What goes on for a household, lifted or monitored: members under contract, insured, visits owed."""

    members: int
    signed: int
    insured: int
    owed: int
    next_on: date | None


def services_of(user: User, household: Household, on: date) -> Services:
    """This will count the services that a household keeps; a monitored one has all that it had before."""
    people = list(Person.objects.filter(household=household, left_on=None).values_list("pk", flat=True))
    signed = Contract.objects.filter(person__in=people, state="signed", period__contains=on)
    schemes = (Scheme.BASIC, Scheme.EMPLOYEE)
    insured = Enrolment.objects.filter(person__in=people, year=on.year, is_enrolled=True, scheme__in=schemes)
    owed = Duty.objects.visible_to(user).filter(household=household, state=DutyState.OPEN)
    days = owed.aggregate(n=Count("pk"), first=Min("due_on"))
    return Services(
        len(people),
        signed.values("person").distinct().count(),
        insured.values("person").distinct().count(),
        days["n"],
        days["first"],
    )

"""The doctor's day: households to visit in order, with what is owed to each and what was found last."""

import math
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import Count, DateField, F, FloatField, Func, IntegerField, Max, Min, Q, QuerySet, Value
from django.db.models.functions import Power

from core.accounts.models import User
from core.accounts.scope import acts_as
from followups.choices import DutyState, Slot
from followups.models import Conflict, Duty, MajorCase, Need, TeamMember, Visit
from followups.queries.answering import count_waiting
from followups.queries.cases import to_sign
from followups.queries.duties import days_late, is_pressing, open_on, overdue, pressing
from followups.queries.escalations import count_unseen
from followups.queries.needs import open_needs, overdue_needs
from households.choices import Relation
from households.models import Household, Person

PAGE = 10
AHEAD_DAYS = 7
FIRST, OVERDUE, LATER = "first", "overdue", "later"
SHOWS = (FIRST, OVERDUE, LATER)
# Houses told of in one line each below the cards; whoever has more finds them page by page.
AT_A_GLANCE = 100


@dataclass(frozen=True)
class Summary:
    """Visits: each one open is overdue, comes first this week, or can wait. And the households of each
    list."""

    overdue: int
    this_week: int
    later: int
    done_this_week: int
    homes: dict[str, int]


@dataclass(frozen=True)
class Waiting:
    conflicts: int
    not_found: int
    told: int
    to_sign: int
    answering: int
    needs_overdue: int


@dataclass
class HouseholdDay:
    """One household on the list. `members` are those present; `needs` how many needs are open."""

    household: Household
    duties: list[Duty] = field(default_factory=list)
    members: list[Person] = field(default_factory=list)
    last: dict[tuple[int | None, str], Visit] = field(default_factory=dict)
    needs: int = 0

    @property
    def head(self) -> Person | None:
        heads = [person for person in self.members if person.relation == Relation.HEAD]
        return heads[0] if heads else (self.members[0] if self.members else None)

    @property
    def risk(self) -> int:
        return max((duty.risk for duty in self.duties), default=1)

    def days_late(self, on: date) -> int:
        return max((days_late(duty, on) for duty in self.duties), default=0)

    def first(self, on: date) -> list[Duty]:
        """What cannot wait; everything where all of it can."""
        chosen = [duty for duty in self.duties if is_pressing(duty, on, ahead=AHEAD_DAYS)]
        return chosen or self.duties


@dataclass(frozen=True)
class Day:
    households: list[HouseholdDay]
    page: int
    has_next: bool


def today_list(user: User, on: date, *, show: str = FIRST, page: int = 1) -> Day:
    """A page of households, by risk, weeks overdue, distance from the day's last call, and order of doors.

    `first` takes those where something cannot wait (`queries.duties.pressing`), `overdue` only those with
    something overdue, `later` those where everything can wait. Whatever brings a household in, all that is
    owed to it is shown. The number of queries is constant.
    """
    page = max(page, 1)
    first = (page - 1) * PAGE
    ids = list(_ranked(user, on, show, last_call(user, on))[first : first + PAGE + 1])
    days = _empty_days(ids[:PAGE])
    _fill(user, on, days)
    return Day([days[pk] for pk in ids[:PAGE] if pk in days], page, has_next=len(ids) > PAGE)


def at_a_glance(user: User, on: date) -> dict[str, list[HouseholdDay]]:
    """The houses below the first page's cards: the rest of `first`, then `later`, in the same order.

    At most AT_A_GLANCE of each. Of the members only one is read, who stands for the house.
    """
    origin = last_call(user, on)
    rest = list(_ranked(user, on, FIRST, origin)[PAGE : PAGE + AT_A_GLANCE])
    later = list(_ranked(user, on, LATER, origin)[:AT_A_GLANCE])
    days = _empty_days([*rest, *later])
    _owe(user, on, days)
    people = Person.objects.filter(household__in=days, left_on=None)
    for person in people.order_by("household_id", "relation", "birth_date").distinct("household_id"):
        days[person.household_id].members.append(person)
    return {FIRST: [days[pk] for pk in rest], LATER: [days[pk] for pk in later]}


def _empty_days(ids: list[int]) -> dict[int, HouseholdDay]:
    homes = Household.objects.filter(pk__in=ids).select_related("village")
    return {home.pk: HouseholdDay(home) for home in homes}


def summary(user: User, on: date) -> Summary:
    """The strip above the list and the numbers on its tabs; what was done counts since Monday."""
    monday = on - timedelta(days=on.weekday())
    first, late = pressing(on, ahead=AHEAD_DAYS), overdue(on)
    counts = Duty.objects.visible_to(user).aggregate(
        overdue=Count("id", filter=late),
        first=Count("id", filter=first),
        all=Count("id", filter=open_on(on)),
        homes_overdue=_homes(late),
        homes_first=_homes(first),
        homes_all=_homes(open_on(on)),
    )
    done = Visit.objects.visible_to(user).filter(is_current=True, visited_on__gte=monday, visited_on__lte=on)
    return Summary(
        overdue=counts["overdue"],
        this_week=counts["first"] - counts["overdue"],
        later=counts["all"] - counts["first"],
        done_this_week=done.count(),
        homes={
            FIRST: counts["homes_first"],
            OVERDUE: counts["homes_overdue"],
            LATER: counts["homes_all"] - counts["homes_first"],
        },
    )


def _homes(condition: Q) -> Count:
    return Count("household_id", filter=condition, distinct=True)


def waiting(user: User, on: date) -> Waiting:
    """What waits for this user beside the visits: records in conflict, for leaders those not found, what the
    user was told, plans for the user to sign, and needs past their day that the user sees to."""
    seats = TeamMember.objects.filter(practitioner__user__in=acts_as(user), slot=Slot.LEADER, to_on=None)
    lost = Duty.objects.visible_to(user).filter(state=DutyState.NOT_FOUND).count() if seats.exists() else 0
    own = Need.objects.visible_to(user).filter(overdue_needs(on), owner__in=acts_as(user))
    return Waiting(
        conflicts=Conflict.objects.visible_to(user).filter(resolved_at=None).count(),
        not_found=lost,
        told=count_unseen(user).total,
        answering=count_waiting(user, on),
        to_sign=MajorCase.objects.visible_to(user).filter(to_sign(user, on)).count(),
        needs_overdue=own.count(),
    )


def last_call(user: User, on: date) -> Household | None:
    """The household where the doctor was last today, if its place is known: the next way begins there."""
    made = Visit.objects.filter(by=user, visited_on=on, household__latitude__isnull=False)
    newest = made.select_related("household").order_by("-received_at").first()
    return newest.household if newest else None


def next_household(user: User, on: date, *, after: Household) -> Household | None:
    """Where to go from a house: the first of the rest, by risk, weeks overdue and the way from here; houses
    where everything can wait come after those where something cannot."""
    others = (_ranked(user, on, show, after).exclude(household_id=after.pk) for show in (FIRST, LATER))
    following = next(filter(None, (found.first() for found in others)), None)
    return Household.objects.select_related("village").get(pk=following) if following else None


def household_day(user: User, on: date, household: Household) -> HouseholdDay:
    """What is owed at one house, whoever of its members it concerns."""
    day = HouseholdDay(household)
    _fill(user, on, {household.pk: day})
    return day


def visits_today(user: User, on: date, household: Household) -> list[Visit]:
    """What has been done at a house on the day."""
    found = Visit.objects.visible_to(user).filter(household=household, visited_on=on, is_current=True)
    return list(found.select_related("person", "by").order_by("received_at"))


def _ranked(user: User, on: date, show: str, origin: Household | None) -> QuerySet[Any]:
    """Ids of households in order. Lateness counts in weeks, so that neighbours can follow each other."""
    first = pressing(on, ahead=AHEAD_DAYS)
    chosen = {OVERDUE: overdue(on), LATER: open_on(on)}.get(show, first)
    late_since = Min("ends_on", filter=overdue(on))
    weeks = Func(
        Value(on, output_field=DateField()),
        late_since,
        template="((%(expressions)s - 1) / 7)",
        arg_joiner=" - ",
        output_field=IntegerField(),
    )
    ranked = (
        Duty.objects.visible_to(user)
        .filter(chosen)
        .values("household_id")
        .annotate(highest=Max("risk"), weeks_late=weeks, presses=BoolOr(first))
        .filter(presses=show != LATER)
        .order_by(
            "-highest",
            F("weeks_late").desc(nulls_last=True),
            *_way_from(origin),
            "household__village__visit_order",
            "household__visit_order",
            "household_id",
        )
    )
    ids: QuerySet[Any] = ranked.values_list("household_id", flat=True)
    return ids


def _way_from(origin: Household | None) -> list[Any]:
    """The nearer first; a flat earth is exact enough within a village."""
    if origin is None or origin.latitude is None or origin.longitude is None:
        return []
    shrink = math.cos(math.radians(float(origin.latitude)))
    north = F("household__latitude") - float(origin.latitude)
    east = (F("household__longitude") - float(origin.longitude)) * shrink
    squared = Func(
        Power(north, 2, output_field=FloatField()),
        Power(east, 2, output_field=FloatField()),
        template="(%(expressions)s)",
        arg_joiner=" + ",
        output_field=FloatField(),
    )
    return [squared.asc(nulls_last=True)]


def _fill(user: User, on: date, days: dict[int, HouseholdDay]) -> None:
    _owe(user, on, days, "escalations", "changes")
    for person in Person.objects.filter(household__in=days, left_on=None).order_by("relation", "birth_date"):
        days[person.household_id].members.append(person)
    for visit in _last_visits(user, days):
        days[visit.household_id].last[visit.person_id, visit.protocol] = visit
    for home, count in _open_needs(user, days):
        days[home].needs = count


def _owe(user: User, on: date, days: dict[int, HouseholdDay], *read_with: str) -> None:
    owed = Duty.objects.visible_to(user).filter(open_on(on), household__in=days)
    owed = owed.select_related("person", "household").prefetch_related(*read_with)
    for duty in owed.order_by("-risk", "ends_on", "person_id", "id"):
        days[duty.household_id].duties.append(duty)


def _last_visits(user: User, days: dict[int, HouseholdDay]) -> QuerySet[Any]:
    """The newest visit of each person and form; of the household as a whole where it has no person."""
    found: QuerySet[Any] = (
        Visit.objects.visible_to(user)
        .filter(household__in=days, is_current=True)
        .order_by("household_id", "person_id", "protocol", "-visited_on")
        .distinct("household_id", "person_id", "protocol")
    )
    return found


def _open_needs(user: User, days: dict[int, HouseholdDay]) -> list[tuple[int, int]]:
    scoped = Need.objects.visible_to(user).filter(open_needs(), household__in=days)
    return list(scoped.values_list("household_id").annotate(n=Count("id")))

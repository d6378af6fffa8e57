"""The doctor's day: households to visit in order, with what is owed to each and what was found last."""

import math
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, DateField, F, FloatField, Func, IntegerField, Max, Min, QuerySet, Value
from django.db.models.functions import Power

from core.accounts.models import User
from followups.choices import DutyState, Slot
from followups.models import Conflict, Duty, Need, TeamMember, Visit
from followups.queries.duties import days_late, due, open_on, overdue
from followups.queries.escalations import count_unseen
from followups.queries.needs import open_needs
from households.choices import Relation
from households.models import Household, Person

PAGE = 10
AHEAD_DAYS = 7
SHOWS = ("due", "overdue", "all")


@dataclass(frozen=True)
class Summary:
    due: int
    overdue: int
    done_this_week: int
    needs: int


@dataclass(frozen=True)
class Waiting:
    conflicts: int
    not_found: int
    told: int


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


@dataclass(frozen=True)
class Day:
    households: list[HouseholdDay]
    page: int
    has_next: bool


def today_list(user: User, on: date, *, show: str = "due", page: int = 1) -> Day:
    """A page of households, by risk, weeks overdue, distance from the day's last call, and order of doors.

    `due` takes what is due within a week or overdue, `overdue` only that, `all` everything whose window has
    begun. Whatever brings a household in, all that is owed to it is shown. The number of queries is constant.
    """
    page = max(page, 1)
    first = (page - 1) * PAGE
    ids = list(_ranked(user, on, show, last_call(user, on))[first : first + PAGE + 1])
    days = {
        home.pk: HouseholdDay(home)
        for home in Household.objects.filter(pk__in=ids[:PAGE]).select_related("village")
    }
    _fill(user, on, days)
    return Day([days[pk] for pk in ids[:PAGE] if pk in days], page, has_next=len(ids) > PAGE)


def summary(user: User, on: date) -> Summary:
    """The strip above the list: duties due within a week, duties overdue, visits since Monday, open needs."""
    monday = on - timedelta(days=on.weekday())
    counts = Duty.objects.visible_to(user).aggregate(
        due=Count("id", filter=due(on, ahead=AHEAD_DAYS)), overdue=Count("id", filter=overdue(on))
    )
    done = Visit.objects.visible_to(user).filter(is_current=True, visited_on__gte=monday, visited_on__lte=on)
    return Summary(
        due=counts["due"],
        overdue=counts["overdue"],
        done_this_week=done.count(),
        needs=Need.objects.visible_to(user).filter(open_needs()).count(),
    )


def waiting(user: User) -> Waiting:
    """What waits for a decision of this user: records in conflict, and for leaders those not found."""
    leads = TeamMember.objects.filter(practitioner__user=user, slot=Slot.LEADER, to_on=None).exists()
    lost = Duty.objects.visible_to(user).filter(state=DutyState.NOT_FOUND).count() if leads else 0
    conflicts = Conflict.objects.visible_to(user).filter(resolved_at=None).count()
    return Waiting(conflicts, lost, told=count_unseen(user).total)


def last_call(user: User, on: date) -> Household | None:
    """The household where the doctor was last today, if its place is known: the next way begins there."""
    made = Visit.objects.filter(by=user, visited_on=on, household__latitude__isnull=False)
    newest = made.select_related("household").order_by("-received_at").first()
    return newest.household if newest else None


def next_household(user: User, on: date, *, after: Household) -> Household | None:
    """Where to go from a house: the first of the rest, by risk, weeks overdue and the way from here."""
    following = _ranked(user, on, "due", after).exclude(household_id=after.pk).first()
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
    chosen = {"overdue": overdue(on), "all": open_on(on)}.get(show, due(on, ahead=AHEAD_DAYS))
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
        .annotate(highest=Max("risk"), weeks_late=weeks)
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
    owed = Duty.objects.visible_to(user).filter(open_on(on), household__in=days)
    owed = owed.select_related("person", "household").prefetch_related("escalations", "changes")
    for duty in owed.order_by("-risk", "ends_on", "person_id", "id"):
        days[duty.household_id].duties.append(duty)
    for person in Person.objects.filter(household__in=days, left_on=None).order_by("relation", "birth_date"):
        days[person.household_id].members.append(person)
    for visit in _last_visits(user, days):
        days[visit.household_id].last[visit.person_id, visit.protocol] = visit
    for home, count in _open_needs(user, days):
        days[home].needs = count


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

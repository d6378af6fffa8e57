"""Referrals as lists: advised and not yet made, waiting, under way, to be asked after; how long it took."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, Value, When

from core.accounts.models import Area, User
from core.accounts.roles import Role
from core.accounts.scope import county_id, village_ids
from core.base.sql import rows
from core.clinics.models import Institution
from followups.choices import ReferralState, Urgency
from followups.models import NeedStep, PriorityService, Referral, Visit
from followups.referral_times import referral_times
from followups.sql import statement

# Advice to refer is on the list for so long; by then another visit has looked at the person again.
ADVICE_DAYS = 60
ENDED = (ReferralState.DECLINED, ReferralState.CANCELLED)
SHOWS = ("waiting", "unanswered", "under_way", "to_check", "overdue", "done")
# An emergency first, then what is urgent.
_PRESSING = Case(
    When(urgency=Urgency.EMERGENCY, then=Value(0)),
    When(urgency=Urgency.URGENT, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)

# Both for hand-written SQL: `r` is the referral, its last day lies before %(late)s.
UNANSWERED_SQL = """(r.state = 'sent' AND r.checked_on IS NULL AND r.referred_on + (
    SELECT t.days FROM unnest(%(urgencies)s::text[], %(days)s::int[]) AS t(urgency, days)
     WHERE t.urgency = r.urgency) < %(late)s::date)"""
UNCHECKED_SQL = (
    "(r.checked_on IS NULL AND r.state NOT IN ('declined', 'cancelled') AND r.check_by < %(late)s::date)"
)


@dataclass(frozen=True)
class ServiceTime:
    """Of one priority: how many were served in the period, the median hours from request to service
    (None where none was), and how many are waiting now."""

    kind: str
    served: int
    median_hours: float | None
    waiting: int


def unchecked() -> Q:
    """Made and not called off, and nobody has asked after it yet."""
    return Q(checked_on=None) & ~Q(state__in=ENDED)


def overdue_checks(on: date) -> Q:
    """The two weeks have passed and nobody has asked after it."""
    return unchecked() & Q(check_by__lt=on)


def unanswered(on: date) -> Q:
    """The hospital has not answered within the time of its urgency, and nobody has asked after it."""
    days = referral_times().answer_days.items()
    late = [Q(urgency=urgency, referred_on__lt=on - timedelta(days=n)) for urgency, n in days]
    return Q(state=ReferralState.SENT, checked_on=None) & reduce(or_, late)


def referrals(
    user: User, *, show: str, on: date, institution: int | None = None, urgency: str = ""
) -> QuerySet[Any]:
    """Referrals of the user's area: `waiting` for the hospital's answer, `unanswered` in time, `under_way`,
    `to_check`, `overdue` (of the check), `done`; emergencies first."""
    found = _to(Referral.objects.visible_to(user), institution).filter(
        _shown(on).get(show, _shown(on)["waiting"])
    )
    found = found.filter(urgency=urgency) if urgency else found
    order = ("-referred_on", "-id") if show == "done" else ("pressing", "check_by", "id")
    result: QuerySet[Any] = (
        found.annotate(pressing=_PRESSING)
        .select_related("person", "household__village", "to_institution", "referred_by")
        .order_by(*order)
    )
    return result


def _shown(on: date) -> dict[str, Q]:
    under_way = Q(state__in=(ReferralState.ACCEPTED, ReferralState.ARRIVED))
    return {
        "waiting": Q(state=ReferralState.SENT),
        "under_way": under_way,
        "to_check": unchecked(),
        "overdue": overdue_checks(on),
        "unanswered": unanswered(on),
        "done": Q(state__in=ENDED) | Q(state=ReferralState.RETURNED, checked_on__isnull=False),
    }


def _to(found: Any, institution: int | None) -> Any:
    return found.filter(to_institution=institution) if institution else found


def count_referrals(user: User, on: date, *, institution: int | None = None) -> dict[str, int]:
    """How many there are under each heading, and how many visits advised one that was never made."""
    scoped = _to(Referral.objects.visible_to(user), institution)
    shown = {show: Count("id", filter=condition) for show, condition in _shown(on).items() if show != "done"}
    counted: dict[str, int] = scoped.aggregate(**shown)
    return {"advised": advised(user, on).count(), **counted}


def advised(user: User, on: date) -> QuerySet[Any]:
    """Visits of the last weeks whose assessment says refer, where no referral has been made since."""
    since = on - timedelta(days=ADVICE_DAYS)
    made = Referral.objects.exclude(state__in=ENDED)
    later = made.filter(person=OuterRef("person_id"), referred_on__gte=OuterRef("visited_on"))
    asking: QuerySet[Any] = Visit.objects.visible_to(user).filter(
        is_current=True, assessment__referral=True, visited_on__range=(since, on), household__left_on=None
    )
    return (
        asking.filter(person__left_on=None)
        .exclude(Exists(made.filter(visit=OuterRef("pk"))))
        .exclude(Exists(later))
        .select_related("person", "household__village", "by")
        .order_by("-visited_on", "-pk")
    )


def get_referral(user: User, uuid: UUID) -> Referral:
    """One referral with its priorities and its need.

    :raises Http404: outside the user's area.
    """
    services = PriorityService.objects.order_by("asked_at", "id")
    found = Referral.objects.select_related(
        *("person", "household__village", "to_institution", "from_institution", "need", "visit", "follows"),
        *("referred_by", "answered_by", "returned_by", "checked_by"),
    ).prefetch_related(Prefetch("services", queryset=services))
    referral: Referral = found.get_visible(user, uuid=uuid)
    return referral


def referral_of_visit(user: User, visit: Visit) -> Referral | None:
    """The referral that was made of a visit, where it still stands."""
    found = Referral.objects.visible_to(user).filter(visit=visit).exclude(state__in=ENDED)
    referral: Referral | None = found.first()
    return referral


def hospitals(user: User) -> QuerySet[Any]:
    """Where people of the user's area may be sent: township and county hospitals and higher ones."""
    ancestors = user.area.ancestors
    below = Area.objects.filter(ancestors__contains=[county_id(user) or user.area_id])
    found: QuerySet[Any] = Institution.objects.exclude(kind=Institution.Kind.VILLAGE_CLINIC)
    return found.filter(Q(area__in=below) | Q(area__in=ancestors)).order_by("kind", "name")


def own_hospital(user: User) -> Institution | None:
    """The hospital where a clerk works: theirs is the list they begin with."""
    if user.role != Role.HOSPITAL_CLERK:
        return None
    return Institution.objects.filter(practitioners__user=user).first()


def service_times(user: User, *, since: date, on: date) -> list[ServiceTime]:
    """For each of the three priorities: the median time from request to service, and on how many it rests."""
    values = {"villages": village_ids(user), "since": since, "on": on, "sensitive": user.sees_sensitive}
    return [
        ServiceTime(kind, served, None if median is None else float(median), waiting)
        for kind, served, median, waiting in rows(statement("service_times"), values)
    ]


def household_referrals(user: User, household_id: int) -> list[Referral]:
    """Referrals of a household's members, the newest first."""
    found = Referral.objects.visible_to(user).filter(household=household_id)
    return list(found.select_related("person", "to_institution").order_by("-referred_on", "-id"))


def story_steps(user: User, need_pk: int) -> list[NeedStep]:
    """The log of a need in the order in which it happened."""
    found = NeedStep.objects.filter(need=need_pk).select_related("by", "passed_to")
    return list(found.order_by("on", "id"))

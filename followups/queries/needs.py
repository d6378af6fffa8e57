"""Needs as lists: what is open, what is overdue, and one need with its log."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Count, Prefetch, Q, QuerySet, Sum
from django.db.models.expressions import RawSQL

from core.accounts.models import Area, User
from core.accounts.roles import ACTS, Sector
from followups.choices import NeedKind, NeedState
from followups.models import Need, NeedStep, NeedTask, Referral
from households.models import Person

OPEN_STATES = (NeedState.OPEN, NeedState.IN_PROGRESS)
# The definition below for hand-written SQL: `n` is the need, %(on)s the day.
OVERDUE_SQL = "(n.state IN ('open', 'in_progress') AND n.due_on < %(on)s)"


# An owner whose account was closed or moved elsewhere can do nothing any more.
_WITHOUT_OWNER = RawSQL(
    """NOT EXISTS (SELECT FROM accounts_user u JOIN accounts_area a ON a.id = followups_need.village_id
                    WHERE u.id = followups_need.owner_id AND u.is_active AND u.area_id = ANY(a.ancestors))""",
    [],
    output_field=BooleanField(),
)


@dataclass(frozen=True)
class Narrowing:
    """What a list of needs is narrowed to; empty takes all."""

    kind: str = ""
    village: int | None = None
    owners: tuple[int, ...] = ()
    put_off: bool = False
    without_owner: bool = False


def open_needs() -> Q:
    return Q(state__in=OPEN_STATES)


def overdue_needs(on: date) -> Q:
    """Not closed although the day it was to be met by has passed."""
    return Q(state__in=OPEN_STATES, due_on__lt=on)


def overdue(on: date) -> QuerySet[Any]:
    """Every overdue need of the installation, the latest first to have been due: what climbs the ladder."""
    found: QuerySet[Any] = Need.objects.filter(overdue_needs(on)).order_by("due_on", "id")
    return found


def days_late(need: Need, on: date) -> int:
    """Days since the need was to be met; 0 where that day has not passed or it is closed."""
    return max((on - need.due_on).days, 0) if need.state in OPEN_STATES else 0


def needs(user: User, *, show: str, on: date, narrowing: Narrowing | None = None) -> QuerySet[Any]:
    """Needs in the user's area: `open`, `overdue`, `closed`; the most pressing first."""
    chosen: dict[str, Q] = {
        "open": open_needs(),
        "overdue": overdue_needs(on),
        "closed": ~open_needs(),
    }
    found = _narrowed(Need.objects.visible_to(user), narrowing or Narrowing())
    found = found.filter(chosen.get(show, open_needs()))
    order = ("-closed_on", "-id") if show == "closed" else ("due_on", "id")
    result: QuerySet[Any] = found.select_related("person", "household__village", "owner").order_by(*order)
    return result


def count_needs(user: User, on: date, narrowing: Narrowing | None = None) -> dict[str, int]:
    """How many needs of the user's area are open and how many of them overdue."""
    scoped = _narrowed(Need.objects.visible_to(user), narrowing or Narrowing())
    counted: dict[str, int] = scoped.filter(open_needs()).aggregate(
        open=Count("id"), overdue=Count("id", filter=overdue_needs(on))
    )
    return counted


def cost_warning(user: User) -> dict[str, Any]:
    """The early warning before any bill exists: open needs for money, treatments put off, yuan quoted."""
    scoped = Need.objects.visible_to(user).filter(open_needs(), kind=NeedKind.COST)
    counted: dict[str, Any] = scoped.aggregate(
        needs=Count("id"), put_off=Count("id", filter=Q(is_put_off=True)), quoted=Sum("quoted_amount")
    )
    return counted


def _narrowed(found: Any, narrowing: Narrowing) -> Any:
    given = {"kind": narrowing.kind, "village": narrowing.village, "owner__in": narrowing.owners}
    found = found.filter(**{name: value for name, value in given.items() if value})
    found = found.filter(is_put_off=True) if narrowing.put_off else found
    return found.filter(_WITHOUT_OWNER) if narrowing.without_owner else found


def possible_owners(need: Need) -> QuerySet[Any]:
    """Accounts of the village, its township and its county that may follow up a need."""
    found = owners_in(need.village)
    return found.filter(sector=Sector.HEALTH) if need.is_sensitive else found


def owners_in(village: Area) -> QuerySet[Any]:
    """Whoever may follow up needs of a village."""
    found: QuerySet[Any] = User.objects.filter(
        is_active=True, role__in=ACTS["work_need"], area__in=village.ancestors
    )
    return found.order_by("-area__level", "full_name")


def villages_of_needs(user: User) -> QuerySet[Any]:
    """Villages of the user's area where something is open."""
    open_ones = Need.objects.visible_to(user).filter(open_needs())
    found: QuerySet[Any] = Area.objects.filter(pk__in=open_ones.values("village_id")).order_by("code")
    return found


def owners_of_needs(user: User) -> QuerySet[Any]:
    """Accounts that follow up at least one open need of the user's area."""
    open_ones = Need.objects.visible_to(user).filter(open_needs())
    found: QuerySet[Any] = User.objects.filter(pk__in=open_ones.values("owner_id")).order_by("full_name")
    return found


def similar_needs(user: User, person: Person, kind: str) -> list[Need]:
    """Open needs of the same person and kind: perhaps the one that is being noted again."""
    found = Need.objects.visible_to(user).filter(open_needs(), person=person, kind=kind)
    return list(found.select_related("owner", "person", "household__village").order_by("due_on", "id"))


def others_of_person(user: User, need: Need) -> QuerySet[Any]:
    """Open needs of the same person that this one may be joined with."""
    found: QuerySet[Any] = Need.objects.visible_to(user).filter(open_needs(), person=need.person_id)
    return found.exclude(pk=need.pk).order_by("due_on", "id")


def get_need(user: User, uuid: UUID) -> Need:
    """One need with its log (newest line first), its paperwork and its referrals.

    :raises Http404: outside the user's area.
    """
    log = NeedStep.objects.select_related("by", "passed_to").order_by("-on", "-id")
    tasks = NeedTask.objects.select_related("done_by").order_by("id")
    referrals = Referral.objects.visible_to(user).select_related("to_institution").order_by("id")
    found = Need.objects.select_related(
        "person",
        "household__village",
        "village",
        "owner",
        "raised_by",
        "visit",
        "merged_into",
        "screening__round",
    )
    need: Need = found.prefetch_related(
        Prefetch("steps", queryset=log),
        Prefetch("tasks", queryset=tasks),
        Prefetch("referrals", queryset=referrals),
    ).get_visible(user, uuid=uuid)
    return need


def get_task(user: User, need: UUID, code: str) -> NeedTask:
    """:raises Http404: outside the user's area, or where the need has no such paper."""
    visible = NeedTask.objects.filter(need__in=Need.objects.visible_to(user).filter(uuid=need))
    task: NeedTask = visible.select_related("need").get_visible(user, code=code)
    return task

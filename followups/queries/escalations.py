"""What has climbed the ladder: who was told of which matter, when, and whether they have seen it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, Func, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery

from core.accounts.models import User
from core.accounts.scope import acts_as
from followups.choices import DutyState, ReferralCause, ReferralState
from followups.models import (
    Duty,
    Escalation,
    Need,
    NeedEscalation,
    Referral,
    ReferralEscalation,
)
from followups.queries.needs import open_needs
from followups.queries.referrals import unchecked

MINE, OPEN = "mine", "open"
SHOWS = (MINE, OPEN)
VISITS, NEEDS, REFERRALS = "visits", "needs", "referrals"
MATTERS = (VISITS, NEEDS, REFERRALS)
_TABLES = {VISITS: Escalation, NEEDS: NeedEscalation, REFERRALS: ReferralEscalation}
_KEYS = {VISITS: "duty", NEEDS: "need", REFERRALS: "referral"}
_MISSING = (DutyState.OPEN, DutyState.NOT_FOUND)


@dataclass(frozen=True)
class Unseen:
    """How many matters of each kind the user was told of, has not said to have seen, and are still open."""

    visits: int
    needs: int
    referrals: int

    @property
    def total(self) -> int:
        return self.visits + self.needs + self.referrals


def unseen(user: User, matter: str = VISITS) -> QuerySet[Any]:
    """What the user, or whom the user stands in for, has been told and nobody has said to have seen; what was
    settled meanwhile is left out."""
    waiting: QuerySet[Any] = (
        _TABLES[matter].objects.visible_to(user).filter(told__in=acts_as(user), seen_at=None)
    )
    return waiting.filter(_still_open(matter))


def count_unseen(user: User) -> Unseen:
    counts = [_counted(user, matter, key) for matter, key in _KEYS.items()]
    return Unseen(*User.objects.filter(pk=user.pk).values_list(*counts).get())


def _counted(user: User, matter: str, key: str) -> Subquery:
    """How many different ones, as a part of another statement."""
    distinct = Func(F(f"{key}_id"), template="COUNT(DISTINCT %(expressions)s)", output_field=IntegerField())
    return Subquery(unseen(user, matter).annotate(n=distinct).values("n"))


def _still_open(matter: str) -> Q:
    """Of a step: what it told of has not come to its end."""
    if matter == VISITS:
        return Q(duty__state__in=_MISSING)
    if matter == NEEDS:
        return Q(need__in=Need.objects.filter(open_needs()))
    answered = Q(cause=ReferralCause.UNANSWERED) & ~Q(referral__state=ReferralState.SENT)
    return Q(referral__in=Referral.objects.filter(unchecked())) & ~answered


def told_duties(user: User, *, show: str) -> QuerySet[Any]:
    """Visits still missing of which somebody has been told, the most urgent first.

    `mine` are those that the user has been told and has not seen yet, `open` all of the user's area.
    """
    found: QuerySet[Any] = (
        Duty.objects.visible_to(user)
        .filter(_was_told(user, show, VISITS, "duty"), state__in=_MISSING)
        .select_related("person", "household__village", "team")
        .prefetch_related(_steps(Escalation))
        .order_by("-risk", "ends_on", "pk")
    )
    return found


def told_needs(user: User, *, show: str) -> QuerySet[Any]:
    """Needs still open of which somebody has been told, those longest past their day first."""
    found: QuerySet[Any] = (
        Need.objects.visible_to(user)
        .filter(_was_told(user, show, NEEDS, "need"), open_needs())
        .select_related("person", "household__village", "owner")
        .prefetch_related(_steps(NeedEscalation))
        .order_by("due_on", "pk")
    )
    return found


def told_referrals(user: User, *, show: str) -> QuerySet[Any]:
    """Referrals not answered or not asked after of which somebody has been told, the oldest first."""
    found: QuerySet[Any] = (
        Referral.objects.visible_to(user)
        .filter(_was_told(user, show, REFERRALS, "referral"), unchecked())
        .select_related("person", "household__village", "to_institution")
        .prefetch_related(_steps(ReferralEscalation))
        .order_by("referred_on", "pk")
    )
    return found


def steps_of_need(need: Need) -> list[NeedEscalation]:
    """Who has been told of a need, in the order in which they were."""
    return list(_with_names(NeedEscalation).filter(need=need))


def steps_of_referral(referral: Referral) -> list[ReferralEscalation]:
    """Who has been told of a referral, in the order in which they were."""
    return list(_with_names(ReferralEscalation).filter(referral=referral))


def _was_told(user: User, show: str, matter: str, key: str) -> Exists:
    told = unseen(user, matter) if show == MINE else _TABLES[matter].objects.all()
    return Exists(told.filter(**{key: OuterRef("pk")}))


def _steps(model: Any) -> Any:
    return Prefetch("escalations", queryset=_with_names(model))


def _with_names(model: Any) -> QuerySet[Any]:
    found: QuerySet[Any] = model.objects.select_related("told", "seen_by").order_by("told_on", "pk")
    return found

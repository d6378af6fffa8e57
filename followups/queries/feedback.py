"""What people think of the service: marks given at visits, praise and complaints in their own words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from core.accounts.models import Area, User
from core.accounts.permissions import may
from core.accounts.scope import village_ids
from core.base.sql import rows
from followups.choices import FeedbackKind
from followups.models import Feedback, Team
from followups.queries.fulfilment import Rate
from followups.sql import statement


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """Of `visits` face to face, `answered` gave a mark from 1 to 5; `satisfied` of them gave 4 or 5."""

    visits: int = 0
    answered: int = 0
    satisfied: int = 0
    marks: int = 0

    def __add__(self, other: "Satisfaction") -> "Satisfaction":
        return Satisfaction(
            self.visits + other.visits,
            self.answered + other.answered,
            self.satisfied + other.satisfied,
            self.marks + other.marks,
        )

    @property
    def rate(self) -> Rate:
        return Rate(self.satisfied, self.answered)

    @property
    def mean(self) -> Decimal | None:
        """The mean mark, one decimal; None where nobody answered."""
        if not self.answered:
            return None
        return (Decimal(self.marks) / self.answered).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    satisfaction: Satisfaction
    team: Team | None = None


def satisfaction_by_team(user: User, since: date, on: date) -> list[Place]:
    """Each team, those without a contract last; the sum is the whole."""
    found = _by("c.team_id", user, since, on)
    teams = Team.objects.in_bulk([pk for pk in found if pk])
    order = sorted(found, key=lambda pk: (pk is None, teams[pk].name if pk else ""))
    return [Place(teams[pk].name if pk else "", found[pk], teams.get(pk)) for pk in order]


def satisfaction_by_village(user: User, since: date, on: date) -> list[Place]:
    found = _by("v.village_id", user, since, on)
    names = Area.objects.filter(pk__in=found).order_by("code").values_list("pk", "name")
    return [Place(name, found[pk]) for pk, name in names]


def total(places: Iterable[Place]) -> Satisfaction:
    return sum((place.satisfaction for place in places), Satisfaction())


def _by(by: str, user: User, since: date, on: date) -> dict[Any, Satisfaction]:
    values = {"villages": village_ids(user), "since": since, "on": on, "sensitive": user.sees_sensitive}
    return {place: Satisfaction(*counts) for place, *counts in rows(statement("satisfaction", by=by), values)}


def feedback_of(user: User) -> QuerySet[Any]:
    """What the user may read: officers and auditors everything of their area; doctors praise, suggestions and
    what they wrote down themselves, for a complaint may be about them."""
    found: QuerySet[Any] = Feedback.objects.visible_to(user)
    if not may(user, "read_feedback"):
        found = found.filter(~Q(kind=FeedbackKind.COMPLAINT) | Q(recorded_by=user))
    return found.select_related("person", "village", "team", "recorded_by", "answered_by")


def feedback_list(user: User, *, kind: str = "", state: str = "") -> QuerySet[Any]:
    """Unanswered first, the oldest of them on top; then the answered ones, the latest first."""
    wanted = Q(kind=kind) if kind else Q()
    wanted &= Q(state=state) if state else Q()
    return (
        feedback_of(user).filter(wanted).order_by(F("closed_on").desc(nulls_first=True), "received_on", "id")
    )


def get_feedback(user: User, uuid: UUID) -> Feedback | None:
    """One entry that the user may read."""
    found: Feedback | None = feedback_of(user).filter(uuid=uuid).first()
    return found

"""Reading accounts and the log of looks."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from core.accounts.models import Area, User
from core.audit.models import AccessLog


@dataclass(frozen=True, slots=True)
class Proof:
    """Who a token stood for when it was last read. A statement that writes asks in passing whether it still
    does: `accounts_token_mark(token) = mark`."""

    client_id: int
    token: bytes
    mark: str


class ProofLapsed(Exception):
    """The token, its program or the areas have changed since: nothing was written."""


def users_of(administrator: User) -> QuerySet[User]:
    return User.objects.visible_to(administrator).select_related("area").order_by("username")


def areas_below(user: Any) -> QuerySet[Area]:
    below = Area.objects.filter(ancestors__contains=[user.area_id], valid_to=None)
    return below.order_by("code")


def looks_in(reader: User) -> QuerySet[AccessLog]:
    """What users below the reader's area looked at, newest first."""
    below = AccessLog.objects.filter(user__area__ancestors__contains=[reader.area_id])
    return below.select_related("user").order_by("-id")

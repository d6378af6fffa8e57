"""Whose turn it is: at which level and on which side a user speaks, and which cases wait there."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from core.accounts.models import Role, User
from core.accounts.scope import stands_in_for, village_ids
from households.identification_choices import UNDECIDED, CaseLevel
from households.models import IdentificationCase, Opinion

_LEVELS: dict[str, CaseLevel] = {
    Role.VILLAGE_DOCTOR: CaseLevel.VILLAGE,
    Role.TEAM_DOCTOR: CaseLevel.VILLAGE,
    Role.VILLAGE_CLERK: CaseLevel.VILLAGE,
    Role.TOWNSHIP_STAFF: CaseLevel.TOWNSHIP,
    Role.COUNTY_STAFF: CaseLevel.COUNTY,
}


def level_of(user: User) -> CaseLevel | None:
    """The level at which a user's opinion is asked for; None for roles that give none."""
    return _LEVELS.get(user.role)


def speaks_for(user: User) -> list[int]:
    """Ids of the villages of whose cases the user gives an opinion.

    A team doctor only speaks for the villages whose doctor is away and named them as deputy."""
    if user.role != Role.TEAM_DOCTOR:
        return village_ids(user) if level_of(user) else []
    away = User.objects.filter(pk__in=stands_in_for(user), role=Role.VILLAGE_DOCTOR)
    return list(away.values_list("area_id", flat=True))


def waiting_for(user: User) -> QuerySet[Any]:
    """Cases on which this user's opinion is asked for now, those that wait longest first.

    Nobody is asked who has spoken for the other side or at another level of the same case, and nobody about
    somebody who has died or left."""
    spoken = Opinion.objects.filter(case=OuterRef("pk"))
    now = spoken.filter(level=OuterRef("level"), turn=OuterRef("turn"), side=user.sector)
    elsewhere = spoken.filter(by=user).filter(~Q(level=OuterRef("level")) | ~Q(side=user.sector))
    found: QuerySet[Any] = IdentificationCase.objects.visible_to(user).filter(
        state__in=UNDECIDED,
        level=level_of(user) or "",
        village__in=speaks_for(user),
        person__left_on=None,
    )
    return found.exclude(Exists(now)).exclude(Exists(elsewhere)).order_by("moved_on", "pk")


def is_asked(user: User, case: IdentificationCase) -> bool:
    return bool(waiting_for(user).filter(pk=case.pk).exists())

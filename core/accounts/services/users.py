"""Accounts are made, stopped and given new passwords by the administrator of their area."""

import secrets
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Area, Level, User
from core.accounts.permissions import check
from core.accounts.roles import Role, Sector

# The level an area must have for a role to make sense there.
LEVELS: dict[str, set[str]] = {
    Role.VILLAGE_DOCTOR: {Level.VILLAGE},
    Role.VILLAGE_CLERK: {Level.VILLAGE},
    Role.TEAM_DOCTOR: {Level.TOWNSHIP, Level.VILLAGE},
    Role.TOWNSHIP_STAFF: {Level.TOWNSHIP},
    Role.COUNTY_STAFF: {Level.COUNTY},
}


def a_password() -> str:
    """Sixteen characters that can be read out over a telephone."""
    return "-".join(
        f"{secrets.randbelow(10**4):04d}{secrets.choice('abcdefghjkmnpqrstuvwxyz')}" for _n in range(3)
    )


def check_place(*, role: str, area: Area, by: User) -> None:
    """Raises ValidationError on `area` when the role does not fit it, or it is not below the actor's own."""
    if by.area_id not in area.ancestors:
        raise ValidationError({"area": _("Choose an area below your own.")})
    if role in LEVELS and area.level not in LEVELS[role]:
        raise ValidationError(
            {"area": _("This role needs an area of another level: village, township or county.")}
        )


def check_desk(*, role: str, sector: str) -> None:
    """Raises ValidationError on `sector`: a village committee is no health office."""
    if role == Role.VILLAGE_CLERK and sector != Sector.ADMINISTRATION:
        raise ValidationError({"sector": _("A village committee's clerk sits at the administration desk.")})


@transaction.atomic
def create_user(
    *, username: str, full_name: str, role: str, sector: str, area: Area, by: User, phone: str = ""
) -> tuple[User, str]:
    """This will make an account and give the password, which is shown once and kept only as a hash."""
    check(by, "manage_users")
    check_place(role=role, area=area, by=by)
    check_desk(role=role, sector=sector)
    user = User(username=username, full_name=full_name, role=role, sector=sector, area=area, phone=phone)
    password = a_password()
    user.set_password(password)
    user.full_clean(exclude=["password", "last_login"])
    user.save()
    return user, password


@transaction.atomic
def reset_password(*, user: User, by: User, at: datetime) -> str:
    """This will give a new password and end every session of the user."""
    check(by, "manage_users")
    password = a_password()
    user.set_password(password)
    user.changed_password_at = at
    user.save(update_fields=["password", "changed_password_at"])
    end_sessions(user=user, by=by)
    return password


@transaction.atomic
def set_active(*, user: User, active: bool, by: User) -> User:
    """This will stop or reopen an account; a stopped one loses its sessions at once."""
    check(by, "manage_users")
    if user.pk == by.pk:
        raise ValidationError(_("You cannot stop your own account. Ask another administrator."))
    user.is_active = active
    user.save(update_fields=["is_active"])
    if not active:
        end_sessions(user=user, by=by)
    return user


def end_sessions(*, user: User, by: User) -> int:
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        session.end()
    return len(sessions)

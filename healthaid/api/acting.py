"""The user behind a program, as far as services ask; nothing of it is read again."""

from django.db import DEFAULT_DB_ALIAS

from core.accounts.models import Role, Sector, User
from core.accounts.tokens import Caller

_OF_USER = tuple(
    field.attname
    for field in User._meta.concrete_fields
    if field.attname in ("id", "username", "role", "area_id", "sector")
)


def user_of(caller: Caller) -> User:
    """The client's own user, as far as a service asks; everything in it came with the token."""
    known = {
        "id": caller.user_id,
        "username": f"api:{caller.name}",
        "role": Role.API_CLIENT,
        "area_id": caller.area_id,
        "sector": Sector.HEALTH if caller.sees_sensitive else Sector.ADMINISTRATION,
    }
    user = User.from_db(DEFAULT_DB_ALIAS, _OF_USER, [known[name] for name in _OF_USER])
    user._reach = (caller.villages, [])  # type: ignore[attr-defined]  # what scope.py looks up
    return user

"""Who may do what: `may` asks, `check` raises, both the same table."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from core.accounts.models import User
from core.accounts.roles import ACTS

R = TypeVar("R", bound=HttpResponseBase)


def actor(request: HttpRequest) -> User:
    """The signed-in user of a request that `requires` has let in."""
    return cast(User, request.user)


def may(user: Any, act: str) -> bool:
    return bool(user and user.is_active and getattr(user, "role", None) in ACTS[act])


def check(user: Any, act: str) -> None:
    """Raises PermissionDenied unless the user's role carries the act."""
    if not may(user, act):
        raise PermissionDenied(act)


def requires(act: str) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """View decorator; the act is kept on the view so that the access matrix can be read off the URLconf."""
    if act not in ACTS:
        raise KeyError(act)

    def decorate(view: Callable[..., R]) -> Callable[..., R]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> R:
            check(request.user, act)
            return view(request, *args, **kwargs)

        guarded.act = act  # type: ignore[attr-defined]
        return guarded

    return decorate

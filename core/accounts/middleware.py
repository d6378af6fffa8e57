"""Sessions end: after a while without a click, and after a while in any case."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from core.accounts.roles import DOCTORS

TOUCH_EVERY = 60


def _limits(user: object) -> dict[str, int]:
    kind = "doctor" if getattr(user, "role", "") in DOCTORS else "staff"
    limits: dict[str, int] = settings.SESSION_LIMITS[kind]
    return limits


class SessionLimitMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and self._over(request):
            logout(request)
            request.session["session_ended"] = True
        return self.get_response(request)

    def _over(self, request: HttpRequest) -> bool:
        now, session, limits = int(time.time()), request.session, _limits(request.user)
        started = session.setdefault("started", now)
        seen = session.get("seen", now)
        if now - started > limits["absolute"] or now - seen > limits["idle"]:
            return True
        if now - seen >= TOUCH_EVERY or "seen" not in session:
            session["seen"] = now
        return False

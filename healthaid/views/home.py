"""The front door: everybody lands where their day begins."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.accounts.permissions import may

_LANDINGS = (
    ("see_today", "followups:today"),
    ("settle_bills", "claims:window"),
    ("see_dashboard", "reports:dashboard"),
    ("see_identification", "identification:cases"),
    ("see_households", "households:list"),
    ("manage_users", "accounts:users"),
)


def home(request: HttpRequest) -> HttpResponse:
    for act, name in _LANDINGS:
        if may(request.user, act):
            return redirect(name)
    return redirect("account_login")

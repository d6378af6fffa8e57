"""What every page's frame needs: where one may go, the county's name, the hour of the data."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from claims.queries.burdens.board import households_warned
from core.accounts.permissions import may
from healthaid.offline.shell import phone_shell
from healthaid.outreach.queries import unread_count

# act, url name, label, icon
_PLACES = (
    ("see_today", "followups:today", _("Today"), "today"),
    ("settle_bills", "claims:window", pgettext_lazy("menu", "Window"), "yuan"),
    ("see_dashboard", "reports:dashboard", _("Overview"), "chart"),
    ("see_households", "households:list", _("Households"), "home"),
    ("work_need", "followups:needs", _("Needs"), "need"),
    ("see_referrals", "followups:referrals", _("Referrals"), "clinic"),
    ("see_cases", "followups:cases", _("Major disease"), "heart"),
    ("see_bills", "claims:bills", pgettext_lazy("menu", "Bills"), "yuan"),
    ("see_teams", "followups:teams", _("Teams"), "team"),
    ("see_dashboard", "followups:told", _("Told"), "flag"),
    ("import_register", "households:imports", _("Register import"), "upload"),
    ("see_policies", "claims:policies", _("Policies"), "contract"),
    ("simulate", "claims:simulations", _("Simulator"), "trend"),
    ("see_warnings", "claims:warnings", _("Early warning"), "bell"),
    ("see_shortfalls", "claims:shortfalls", _("Shortfalls"), "chart"),
    ("see_funds", "claims:funds", _("Funds"), "shield"),
    ("see_funds", "claims:payables", _("Owed by payers"), "list"),
    ("see_reports", "reports:reports", _("Reports"), "report"),
    ("manage_users", "accounts:users", _("Accounts"), "team"),
    ("see_audit", "accounts:access_log", _("Access log"), "lock"),
)

# Where a page is at home whose address begins otherwise: the first place of these that one may go to.
_AT_HOME = (
    (("/persons/", "/pairings/"), ("households:list",)),
    (
        ("/contracts/", "/absences/", "/returns/", "/feedback/", "/satisfaction/", "/declined/"),
        ("followups:teams",),
    ),
    (("/visits/", "/calls/", "/duties/", "/not-found/", "/ahead/"), ("followups:today", "households:list")),
    (("/institutions/",), ("followups:cases", "accounts:users")),
    (("/reconciliation/",), ("claims:funds",)),
    (("/conflicts/",), ("followups:today", "followups:teams")),
    (("/messages/", "/phones/", "/queue/", "/account/"), ("me",)),
)


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The places one may go to; the one that the page stands in is active."""
    entries = [
        (_url(name), label, icon)
        for act, name, label, icon in _PLACES
        if may(request.user, act) and _url(name)
    ]
    urls = [url for url, _label, _icon in entries]
    begun = [url for url in urls if request.path.startswith(url)]
    current = max(begun or [_home_of(request.path, urls)], key=len)
    return [
        {"url": url, "label": label, "icon": icon, "active": url == current} for url, label, icon in entries
    ]


def _home_of(path: str, urls: list[str]) -> str:
    homes = next((homes for beginnings, homes in _AT_HOME if path.startswith(beginnings)), ())
    return next((url for url in map(_url, homes) if url in urls), "")


def way_back(request: HttpRequest, nav: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The place of the menu that a page below it leads back to; nothing on the place's own page."""
    if request.path.startswith(_AT_HOME[-1][0]):
        return {"url": _url("me"), "label": _("Me")}
    return next((item for item in nav if item["active"] and item["url"] != request.path), None)


def shell(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    nav = navigation(request) if signed_in else []
    return {
        "county_name": settings.COUNTY_NAME,
        "support_phone": settings.SUPPORT_PHONE,
        "data_time": timezone.localtime(),
        "nav": nav,
        "way_back": way_back(request, nav) if signed_in else None,
        "unread": unread_count(user) if signed_in else 0,
        "phone": phone_shell(user),
        "queue_url": _url("offline:queue"),
        "manifest_url": _url("offline:manifest"),
        "environment": settings.ENVIRONMENT,
        # Only the pages that show houses ask for it.
        "warned": SimpleLazyObject(lambda: households_warned(user) if user and signed_in else frozenset()),
    }

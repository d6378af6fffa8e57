"""What every page's frame needs: where one may go, the county's name, the hour of the data."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.accounts.permissions import may
from healthaid.offline.shell import phone_shell
from healthaid.outreach.queries import unread_count

# act, url name, label, icon
_PLACES = (
    ("see_today", "followups:today", _("Today"), "today"),
    ("see_dashboard", "reports:dashboard", _("Overview"), "chart"),
    ("see_households", "households:list", _("Households"), "home"),
    ("work_need", "followups:needs", _("Needs"), "need"),
    ("see_referrals", "followups:referrals", _("Referrals"), "clinic"),
    ("see_cases", "followups:cases", _("Major disease"), "heart"),
    ("see_teams", "followups:teams", _("Teams"), "team"),
    ("see_dashboard", "followups:told", _("Told"), "flag"),
    ("import_register", "households:imports", _("Register import"), "upload"),
    ("see_reports", "reports:reports", _("Reports"), "report"),
    ("manage_users", "accounts:users", _("Accounts"), "team"),
    ("see_audit", "accounts:access_log", _("Access log"), "lock"),
)


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    entries = [
        (_url(name), label, icon)
        for act, name, label, icon in _PLACES
        if may(request.user, act) and _url(name)
    ]
    current = max(
        (url for url, _label, _icon in entries if request.path.startswith(url)), key=len, default=""
    )
    return [
        {"url": url, "label": label, "icon": icon, "active": url == current} for url, label, icon in entries
    ]


def shell(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    return {
        "county_name": settings.COUNTY_NAME,
        "support_phone": settings.SUPPORT_PHONE,
        "data_time": timezone.localtime(),
        "nav": navigation(request) if signed_in else [],
        "unread": unread_count(user) if signed_in else 0,
        "phone": phone_shell(user),
        "queue_url": _url("offline:queue"),
        "manifest_url": _url("offline:manifest"),
        "environment": settings.ENVIRONMENT,
    }

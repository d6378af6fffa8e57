"""The menu: where one may go, in which part of it, and where pages below a place are at home."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.accounts.permissions import may

LONGEST_IN_ONE = 8
LISTS = "/lists/"


class Part(StrEnum):
    """The parts of the menu, in their order; what stands in the first is always in sight."""

    FIRST = ""
    PEOPLE = "people"
    SERVICE = "service"
    MONEY = "money"
    OVERSIGHT = "oversight"
    SYSTEM = "system"


PARTS = {
    Part.PEOPLE: pgettext_lazy("menu", "People"),
    Part.SERVICE: pgettext_lazy("menu", "Service"),
    Part.MONEY: pgettext_lazy("menu", "Money"),
    Part.OVERSIGHT: pgettext_lazy("menu", "Oversight"),
    Part.SYSTEM: pgettext_lazy("menu", "System"),
}


@dataclass(frozen=True)
class Place:
    """`act` is who may go there, `url` the name of the address."""

    act: str
    url: str
    label: str | Promise
    icon: str
    part: Part = Part.FIRST

    @property
    def address(self) -> str:
        return address_of(self.url)


# Each part in the order of the menu; a role's first three stand at the foot of a phone.
PLACES = (
    Place("see_today", "followups:today", _("Today"), "today"),
    Place("settle_bills", "claims:window", pgettext_lazy("menu", "Window"), "yuan"),
    Place("see_dashboard", "reports:dashboard", _("Overview"), "chart"),
    Place("see_households", "households:list", _("Households"), "home"),
    Place("work_need", "followups:needs", _("Needs"), "need"),
    Place("see_records", "records:records", _("Records"), "report", Part.PEOPLE),
    Place("see_identification", "identification:cases", _("Identification"), "search", Part.PEOPLE),
    Place("see_warnings", "claims:warnings", _("Early warning"), "bell", Part.PEOPLE),
    Place(
        "see_monitoring", "households:monitoring", pgettext_lazy("menu", "Monitoring"), "shield", Part.PEOPLE
    ),
    Place("see_referrals", "followups:referrals", _("Referrals"), "clinic", Part.SERVICE),
    Place("see_cases", "followups:cases", _("Major disease"), "heart", Part.SERVICE),
    Place("see_teams", "followups:teams", _("Teams"), "team", Part.SERVICE),
    Place("see_dashboard", "followups:told", _("Told"), "flag", Part.SERVICE),
    Place("see_institutions", "outreach:clinics", _("Clinics and beds"), "house", Part.SERVICE),
    Place("see_distributions", "outreach:distributions", _("Handouts"), "medicine", Part.SERVICE),
    Place("see_events", "outreach:events", _("Free clinics and publicity"), "calendar", Part.SERVICE),
    Place("see_surveys", "outreach:surveys", pgettext_lazy("menu", "Awareness"), "check", Part.SERVICE),
    Place("work_action", "outreach:actions", _("Meeting tasks"), "check", Part.SERVICE),
    Place("see_bills", "claims:bills", pgettext_lazy("menu", "Bills"), "yuan", Part.MONEY),
    Place("see_shortfalls", "claims:shortfalls", _("Shortfalls"), "chart", Part.MONEY),
    Place("see_funds", "claims:funds", _("Funds"), "shield", Part.MONEY),
    Place("see_funds", "claims:payables", _("Owed by payers"), "list", Part.MONEY),
    Place("see_policies", "claims:policies", _("Policies"), "contract", Part.MONEY),
    Place("simulate", "claims:simulations", _("Simulator"), "trend", Part.MONEY),
    Place("see_dashboard", "reports:slogans", _("Slogans"), "list", Part.OVERSIGHT),
    Place("see_reports", "reports:reports", _("Reports"), "report", Part.OVERSIGHT),
    Place("see_pledges", "reports:pledges", _("Pledges"), "flag", Part.OVERSIGHT),
    Place("see_meetings", "outreach:meetings", _("Meetings"), "people", Part.OVERSIGHT),
    Place("see_activities", "outreach:activities", _("Activities"), "trend", Part.OVERSIGHT),
    Place("see_audit", "accounts:access_log", _("Access log"), "lock", Part.OVERSIGHT),
    Place("import_register", "households:imports", _("Register import"), "upload", Part.SYSTEM),
    Place("manage_users", "accounts:users", _("Accounts"), "team", Part.SYSTEM),
)

# Where a page is at home whose address begins otherwise: the first place of these that one may go to.
AT_HOME = (
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


def address_of(name: str) -> str:
    """The address of a named page; nothing where it is not served, as on the pages of a part alone."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The places one may go to, part by part; the one that the page stands in is active."""
    places = [(place, place.address) for place in PLACES if may(request.user, place.act) and place.address]
    urls = [url for _place, url in places]
    begun = [url for url in urls if request.path.startswith(url)]
    current = max(begun or [_home_of(request.path, urls)], key=len)
    return [
        {
            "url": url,
            "label": place.label,
            "icon": place.icon,
            "part": PARTS.get(place.part, ""),
            "active": url == current,
        }
        for place, url in places
    ]


def parts(nav: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The menu part by part; a short one is one part. What one is in, and what has no name, is open."""
    if len(nav) <= LONGEST_IN_ONE:
        return [{"label": "", "items": nav, "is_open": True}]
    named = groupby(nav, key=lambda item: item["part"])
    listed = [(label, list(items)) for label, items in named]
    return [
        {"label": label, "items": items, "is_open": any(item["active"] for item in items)}
        for label, items in listed
    ]


def _home_of(path: str, urls: list[str]) -> str:
    homes = next((homes for beginnings, homes in AT_HOME if path.startswith(beginnings)), ())
    return next((url for url in map(address_of, homes) if url in urls), "")


def list_before(request: HttpRequest) -> dict[str, Any] | None:
    """The list of the overview that somebody came from, named in the address of a person or household."""
    led = request.GET.get("from", "")
    return {"url": led, "label": _("Back to the list")} if led.startswith(LISTS) else None


def way_back(request: HttpRequest, nav: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The place of the menu that a page below it leads back to; nothing on the place's own page."""
    if request.path.startswith(AT_HOME[-1][0]):
        return {"url": address_of("me"), "label": _("Me")}
    return next((item for item in nav if item["active"] and item["url"] != request.path), None)

"""What climbed the ladder, for leaders, townships and the county."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.accounts.permissions import actor, requires
from core.base.pages import page_links, today
from followups.presenters.told import present_told, present_told_need, present_told_referral
from followups.queries.escalations import (
    MATTERS,
    MINE,
    NEEDS,
    OPEN,
    REFERRALS,
    SHOWS,
    VISITS,
    Unseen,
    count_unseen,
    told_duties,
    told_needs,
    told_referrals,
)
from followups.services.escalations import mark_seen

PAGE = 30
_LISTS: dict[str, tuple[Any, Any]] = {
    VISITS: (told_duties, present_told),
    NEEDS: (told_needs, present_told_need),
    REFERRALS: (told_referrals, present_told_referral),
}


@requires("see_teams")
def told_list(request: HttpRequest) -> HttpResponse:
    user, on = actor(request), today()
    waiting = count_unseen(user)
    matter, show = _matter(request.GET.get("of", ""), waiting), request.GET.get("show", MINE)
    show = show if show in SHOWS else MINE
    find, present = _LISTS[matter]
    page = Paginator(find(user, show=show), PAGE).get_page(request.GET.get("page"))
    context = page_links(request, page) | {
        "show": show,
        "matter": matter,
        "tabs": _matter_tabs(matter, show, waiting),
        "show_tabs": _show_tabs(matter, show),
        "lines": [present(found, on) for found in page],
    }
    return render(request, "followups/told.html", context)


def _matter(given: str, waiting: Unseen) -> str:
    """What was asked for; else the first kind of which something waits."""
    if given in MATTERS:
        return given
    return next((matter for matter in MATTERS if getattr(waiting, matter)), VISITS)


def _matter_tabs(matter: str, show: str, waiting: Unseen) -> list[dict[str, object]]:
    words = [(VISITS, _("Visits")), (NEEDS, _("Needs")), (REFERRALS, _("Referrals"))]
    return [
        {
            "url": _address(code, show),
            "label": label,
            "count": getattr(waiting, code),
            "active": code == matter,
        }
        for code, label in words
    ]


def _show_tabs(matter: str, show: str) -> list[dict[str, object]]:
    words = [(MINE, _("Told to me")), (OPEN, _("All still open"))]
    return [
        {"url": _address(matter, code), "label": label, "count": None, "active": code == show}
        for code, label in words
    ]


def _address(matter: str, show: str) -> str:
    return f"{reverse('followups:told')}?of={matter}&show={show}"


@require_POST
@requires("see_teams")
def told_seen(request: HttpRequest) -> HttpResponse:
    matter = request.POST.get("of", VISITS)
    matter = matter if matter in MATTERS else VISITS
    given = [int(pk) for pk in request.POST.getlist("told")[:PAGE] if pk.isascii() and pk.isdecimal()]
    numbers = [pk for pk in given if pk < 2**63]
    seen = mark_seen(matter=matter, numbers=numbers, by=actor(request), at=timezone.now())
    words = ngettext("%(n)s marked as seen.", "%(n)s marked as seen.", seen) % {"n": seen}
    messages.success(request, words)
    return redirect(_address(matter, MINE))

"""The monthly visits that doctors of three levels answer for: whether the village doctor made them."""

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.accounts.permissions import actor, requires
from core.accounts.roles import DOCTORS
from core.base.pages import Tab, page_links, page_number, tabs, today
from core.base.periods import add_months, month_start
from followups.presenters.answering import present_monthly
from followups.queries.answering import Month, month_of_visits

PAGE = 30
MISSING, ALL = "missing", "all"


@requires("see_cases")
def answering(request: HttpRequest) -> HttpResponse:
    user, on, number = actor(request), today(), page_number(request)
    month = _month(request.GET.get("month", ""), on)
    show = ALL if request.GET.get("show") == ALL else MISSING
    found = month_of_visits(user, on, month, missing=show == MISSING, limit=PAGE, offset=(number - 1) * PAGE)
    count = found.owed if show == ALL else found.owed - found.kept
    page = Paginator(range(count), PAGE).get_page(number)
    following = add_months(month, 1)
    context = page_links(request, page) | {
        "month": month,
        "found": found,
        "own": user.role in DOCTORS,
        "lines": [present_monthly(visit, on) for visit in found.visits],
        "tabs": _tabs(month, show, found),
        "earlier": f"?month={add_months(month, -1):%Y-%m}&show={show}",
        "later": f"?month={following:%Y-%m}&show={show}" if following <= on else "",
    }
    return render(request, "followups/answering.html", context)


def _month(given: str, on: date) -> date:
    try:
        month = date.fromisoformat(f"{given}-01")
    except ValueError:
        month = month_start(on)
    return min(month, month_start(on))


def _tabs(month: date, show: str, found: Month) -> list[Tab]:
    named = [
        (MISSING, pgettext("monthly visits", "Not kept yet"), found.owed - found.kept),
        (ALL, _("All"), found.owed),
    ]
    return tabs(named, show, lambda code: f"{reverse('followups:answering')}?month={month:%Y-%m}&show={code}")

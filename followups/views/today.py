"""Today: whom to visit and why, household by household."""

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.accounts.models import User
from core.accounts.permissions import actor, requires
from core.base.pages import Tab, page_number, tabs, today
from followups.presenters.absences import standing_words
from followups.presenters.asks import present_asks
from followups.presenters.duties import HouseLine, present_at_a_glance, present_day
from followups.queries.absences import stands_in
from followups.queries.own_list import others_cases
from followups.queries.referrals import count_referrals
from followups.queries.today import (
    FIRST,
    LATER,
    OVERDUE,
    SHOWS,
    HouseholdDay,
    Summary,
    at_a_glance,
    summary,
    today_list,
    waiting,
)
from followups.views.common import place

Shown = Callable[[list[HouseholdDay]], list[HouseholdDay]]


@requires("see_today")
def today_page(request: HttpRequest) -> HttpResponse:
    """The first page holds every house of the list: ten at length, the others folded away in a line each, so
    that a phone without network has them all."""
    on, user = today(), actor(request)
    show = request.GET.get("show", FIRST)
    show = show if show in SHOWS else FIRST
    day = today_list(user, on, show=show, page=page_number(request))
    shown = _for_a_copy(user, on) if "X-Phone-Copy" in request.headers else _as_it_is
    figures = summary(user, on)
    cards = [
        present_day(home, on, back=place(show, day.page, f"h-{home.household.pk}"))
        for home in shown(day.households)
    ]
    context = {
        "on": on,
        "figures": figures,
        "asks": present_asks(waiting(user, on), count_referrals(user, on)),
        "standing_in": standing_words(stands_in(user, on), user, on),
        "cards": cards,
        "rest": _rest(user, on, shown) if show == FIRST and day.page == 1 else {},
        "show": show,
        "tabs": _tabs(show, figures),
        "saved": request.session.pop("visit_saved", ""),
        "previous_url": f"?show={show}&page={day.page - 1}" if day.page > 1 else "",
        "next_url": f"?show={show}&page={day.page + 1}" if day.has_next else "",
    }
    return render(request, "followups/today.html", context)


def _as_it_is(days: list[HouseholdDay]) -> list[HouseholdDay]:
    return days


def _for_a_copy(user: User, on: date) -> Shown:
    """What a phone keeps lies open on it: what is owed to another doctor's case is left out (DESIGN 6)."""

    def shown(days: list[HouseholdDay]) -> list[HouseholdDay]:
        cases = {
            duty.person_id for day in days for duty in day.duties if duty.is_sensitive and duty.person_id
        }
        others = others_cases(user, on, cases)
        for day in days:
            day.duties = [duty for duty in day.duties if not (duty.is_sensitive and duty.person_id in others)]
        return [day for day in days if day.duties]

    return shown


def _rest(user: User, on: date, shown: Shown) -> dict[str, list[HouseLine]]:
    return {
        show: [
            present_at_a_glance(home, on, back=place(FIRST, 1, f"h-{home.household.pk}"))
            for home in shown(homes)
        ]
        for show, homes in at_a_glance(user, on).items()
    }


def _tabs(show: str, figures: Summary) -> list[Tab]:
    words = {FIRST: pgettext("visits", "First"), OVERDUE: _("Overdue"), LATER: pgettext("visits", "Later")}
    homes = pgettext("households", "%(count)s")
    named = ((code, label, homes % {"count": figures.homes[code]}) for code, label in words.items())
    return tabs(named, show, lambda code: f"{reverse('followups:today')}?show={code}")

"""Today: whom to visit and why, household by household."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.accounts.permissions import actor, requires
from followups.presenters.duties import present_day
from followups.queries.referrals import count_referrals
from followups.queries.today import SHOWS, Summary, summary, today_list, waiting
from followups.views.common import page_number, place, today


@requires("see_today")
def today_page(request: HttpRequest) -> HttpResponse:
    on, user = today(), actor(request)
    show = request.GET.get("show", "due")
    show = show if show in SHOWS else "due"
    day = today_list(user, on, show=show, page=page_number(request))
    figures = summary(user, on)
    cards = [
        present_day(home, on, back=place(show, day.page, f"h-{home.household.pk}")) for home in day.households
    ]
    context = {
        "on": on,
        "figures": figures,
        "waiting": waiting(user),
        "referrals": count_referrals(user, on),
        "cards": cards,
        "show": show,
        "tabs": _tabs(show, figures),
        "saved": request.session.pop("visit_saved", ""),
        "previous_url": f"?show={show}&page={day.page - 1}" if day.page > 1 else "",
        "next_url": f"?show={show}&page={day.page + 1}" if day.has_next else "",
    }
    return render(request, "followups/today.html", context)


def _tabs(show: str, figures: Summary) -> list[dict[str, object]]:
    address = reverse("followups:today")
    words = [
        ("due", _("To visit"), figures.due),
        ("overdue", _("Overdue"), figures.overdue),
        ("all", _("All"), None),
    ]
    tabs: list[dict[str, object]] = [
        {"url": f"{address}?show={code}", "label": label, "count": count, "active": code == show}
        for code, label, count in words
    ]
    needs = {"url": reverse("followups:needs"), "label": _("Needs"), "count": figures.needs, "active": False}
    return [*tabs, needs]

"""The weeks ahead: which day has how much, what falls on the chosen one, and who is new on the list."""

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.accounts.models import User
from core.accounts.permissions import actor, requires
from core.base.pages import page_links, today
from followups.forms.ahead import AheadFilter
from followups.presenters.ahead import present_house, present_newcomer, present_tiles
from followups.presenters.duties import form_name
from followups.queries.ahead import PlannedDay, by_day, houses_of, newcomers, planned

NEW_PAGE = 20


@requires("see_today")
def ahead(request: HttpRequest) -> HttpResponse:
    on, user = today(), actor(request)
    form = AheadFilter(request.GET or None, user=user, forms_due=_forms_due(user, on))
    village = form.chosen("village")
    duties = planned(
        user, on, protocol=form.chosen("protocol") or "", village=village.pk if village else None
    )
    days = by_day(duties, on)
    day = _day(form.chosen("day"), days)
    new = Paginator(newcomers(user, on), NEW_PAGE).get_page(request.GET.get("page"))
    context = page_links(request, new) | {
        "filter_form": form,
        "tiles": present_tiles(days, day, _kept(request)),
        "day": day,
        "houses": [present_house(house, on) for house in houses_of(duties, day)],
        "total": sum(each.visits for each in days),
        "newcomers": [present_newcomer(contract, on) for contract in new],
    }
    return render(request, "followups/ahead.html", context)


def _forms_due(user: User, on: date) -> list[tuple[str, str]]:
    codes = planned(user, on).order_by("protocol").values_list("protocol", flat=True).distinct()
    return [(code, form_name(code, on)) for code in codes]


def _day(chosen: date | None, days: list[PlannedDay]) -> date:
    """The chosen day of the fourteen; else the first that has anything, else the first."""
    if chosen and chosen in {each.on for each in days}:
        return chosen
    return next((each.on for each in days if each.visits), days[0].on)


def _kept(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET[name] for name in ("protocol", "village") if request.GET.get(name)}

"""Free clinics, lectures and publicity: what the year comes to, the list, noting one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.accounts.permissions import actor, may, requires
from core.base.pages import page_links, today
from healthaid.outreach.forms.events import EventFilter, EventForm
from healthaid.outreach.presenters.events import channel_words, present_event, present_sums
from healthaid.outreach.queries.events import count_by_channel, events, sums_by_kind, years_of_events
from healthaid.outreach.services.events import record_event

PAGE = 30


@requires("see_events")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    user = actor(request)
    years = years_of_events(user) or [today().year]
    given = request.GET.get("year", "")
    year = next((one for one in years if str(one) == given), years[0])
    form = EventFilter(request.GET or None, user=user)
    narrowed = {name: form.chosen(name) or "" for name in ("kind", "channel")}
    found = events(user, year=year, area=form.chosen("area"), **narrowed)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = page_links(request, page) | {
        "rows": [present_event(event) for event in page],
        "sums": [present_sums(sums) for sums in sums_by_kind(user, year)],
        "channels": channel_words(count_by_channel(user, year)),
        "tabs": [_tab(one, year) for one in years],
        "year": year,
        "filter_form": form,
        "may_record": may(user, "record_event"),
    }
    return render(request, "outreach/events/index.html", context)


def _tab(one: int, year: int) -> dict[str, Any]:
    return {"url": f"?year={one}", "label": one, "count": None, "active": one == year}


@requires("record_event")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = EventForm(request.POST or None, user=actor(request), today=today())
    if request.method == "POST" and form.is_valid():
        try:
            record_event(wanted=form.wanted, by=actor(request))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The event is noted."))
            return redirect("outreach:events")
    return render(request, "outreach/events/new.html", {"form": form}, status=422 if form.errors else 200)

"""The board of households at risk: whatever has to be done, by who has to do it; as a page and as a file."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST

from claims.queries.burdens.board import heads_of
from core.accounts.files import workbook
from core.accounts.models import Level, User
from core.accounts.permissions import actor, may, requires
from core.accounts.scope import village_ids
from core.base.pages import Tab, kept_query, page_links, tabs, today
from healthaid.pages.forms_monitoring import BoardFilter
from healthaid.pages.presenters.monitoring import (
    holder_words,
    item_words,
    kind_words,
    present_case,
    present_home,
    risk_words,
    source_words,
)
from healthaid.pages.queries.monitoring import (
    Asked,
    Counts,
    by_source,
    count_ended,
    counts,
    ended_cases,
    homes,
    without_case,
)
from households.choices import Holder
from households.services.monitoring.taking_in import take_in_registered

PAGE = 30
MOST = 20_000
EVERY, ENDED = "all", "ended"
FIELDS = ("register number", "name", "village", "kind", "risk", "to do", "holder", "since", "due")
WIDTHS = (20, 12, 16, 14, 10, 20, 36, 10, 12, 12, 10)
_OWN = {Level.VILLAGE: Holder.VILLAGE, Level.TOWNSHIP: Holder.TOWNSHIP}


@requires("see_monitoring")
def board(request: HttpRequest) -> HttpResponse:
    user, on = actor(request), today()
    form = BoardFilter(request.GET, user=user)
    asked, show = form.asked(), _show(request, user)
    counted = counts(user, on, asked)
    context: dict[str, Any] = {
        "filter_form": form,
        "counts": counted,
        "by_source": _sources(request, user, asked),
        "tabs": _tabs(request, show, counted, count_ended(user, asked)),
        "show": show,
        "holder": holder_words(show),
        "query": request.GET.urlencode(),
        "without_case": without_case(user) if may(user, "work_monitoring") else 0,
        "may_export": may(user, "export"),
    }
    context |= _ended(request, asked) if show == ENDED else _open(request, asked, show, counted)
    return render(request, "pages/monitoring/board.html", context)


def _show(request: HttpRequest, user: User) -> str:
    """Whose turn is shown: the level the user works at, where nothing else is asked for."""
    show = request.GET.get("holder", "")
    own = _OWN.get(Level(user.area.level), Holder.COUNTY)
    return show if show in (*Holder.values, EVERY, ENDED) else own


def _open(request: HttpRequest, asked: Asked, show: str, counted: Counts) -> dict[str, Any]:
    user, on = actor(request), today()
    total = counted.every if show == EVERY else counted.by_holder[show]
    page = Paginator(range(total), PAGE).get_page(request.GET.get("page"))
    within = asked if show == EVERY else replace(asked, holder=show)
    found = homes(user, on, within, limit=PAGE, offset=max(page.start_index() - 1, 0))
    return page_links(request, page) | {"homes": [present_home(home, user, on) for home in found]}


def _ended(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    page = Paginator(ended_cases(actor(request), asked), PAGE).get_page(request.GET.get("page"))
    cases = list(page)
    heads = heads_of([case.household_id for case in cases])
    shown = [present_case(c, heads.get(c.household_id, c.household.register_no), today()) for c in cases]
    return page_links(request, page) | {"cases": shown}


def _sources(request: HttpRequest, user: User, asked: Asked) -> list[dict[str, Any]]:
    """How many households wait for what, whoever has to act; each opens its list."""
    found = by_source(user, today(), replace(asked, source=""))
    return [
        {
            "label": source_words(source),
            "count": n,
            "url": kept_query(request, source=source, holder=EVERY),
            "active": source == asked.source,
        }
        for source, n in sorted(found.items(), key=lambda one: -one[1])
    ]


def _tabs(request: HttpRequest, show: str, counted: Counts, ended: int) -> list[Tab]:
    held = [(holder, holder_words(holder), n) for holder, n in counted.by_holder.items()]
    named = [(EVERY, _("All"), counted.every), *held, (ENDED, pgettext("monitoring", "Ended"), ended)]
    return tabs(named, show, lambda name: kept_query(request, holder=name))


@requires("work_monitoring")
@require_POST
def monitoring_take_in(request: HttpRequest) -> HttpResponse:
    """A case for every household of the user's area that the register has as monitored."""
    taken = take_in_registered(villages=village_ids(actor(request)), by=actor(request), on=today())
    told = ngettext(
        "A case was opened for %(n)s household.", "A case was opened for %(n)s households.", taken
    )
    messages.success(request, told % {"n": taken})
    return redirect("households:monitoring")


@requires("export")
@require_POST
def monitoring_export(request: HttpRequest) -> HttpResponse:
    user, on = actor(request), today()
    show = _show(request, user)
    asked = BoardFilter(request.GET, user=user).asked()
    asked = asked if show in (EVERY, ENDED) else replace(asked, holder=show)
    return workbook(
        request,
        title=_("Households at risk: who has to act, on %(day)s") % {"day": on.isoformat()},
        file_name=f"monitoring-{on:%Y%m%d}",
        headings=[
            *(_("Register number"), _("Head of household"), _("Village"), _("Kind of monitored household")),
            *(_("Risk"), _("What there is to do"), _("Where it stands"), _("Who has to act"), _("Since")),
            *(_("Due"), _("Late")),
        ],
        rows=[row for home in homes(user, on, asked, limit=MOST) for row in _cells(home)],
        fields=FIELDS,
        widths=WIDTHS,
    )


def _cells(home: Any) -> list[tuple[Any, ...]]:
    """One row for each item."""
    of_home = (home.register_no, home.head, home.village, kind_words(home.kind), risk_words(home.risk))
    return [
        (
            *of_home,
            *(source_words(item.source), item_words(item), holder_words(item.holder)),
            *(item.since.isoformat(), item.due_on.isoformat() if item.due_on else ""),
            _("yes") if item.is_late else "",
        )
        for item in home.items
    ]

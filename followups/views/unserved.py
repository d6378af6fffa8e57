"""Signed but not served: whom nobody met in 90 days, as a page and as a file."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.accounts.files import workbook
from core.accounts.permissions import actor, may, requires
from core.base.pages import page_links, today
from followups.forms.lists import PlaceFilter
from followups.packages import limits
from followups.presenters.contracts import present_unserved
from followups.presenters.places import contract_places
from followups.queries.fulfilment import unserved, with_contracts

PAGE = 50
FIELDS = ("name", "age", "village", "team", "package", "last visit", "until")
WIDTHS = (14, 8, 20, 30, 18, 16, 14)


@requires("see_teams")
def unserved_list(request: HttpRequest) -> HttpResponse:
    on, user = today(), actor(request)
    form = PlaceFilter(request.GET or None, user=user)
    page = Paginator(
        unserved(user, on, team=form.chosen("team"), village=form.chosen("village")), PAGE
    ).get_page(request.GET.get("page"))
    context = page_links(request, page) | {
        "places": contract_places(user, "unserved"),
        "rows": [present_unserved(row, on) for row in with_contracts(user, page)],
        "filter_form": form,
        "columns": [_("Package"), _("Last visit"), _("Until")],
        "days": limits().unserved_days,
        "may_export": may(user, "export"),
        "query": request.GET.urlencode(),
    }
    return render(request, "followups/unserved.html", context)


@requires("export")
@require_POST
def unserved_export(request: HttpRequest) -> HttpResponse:
    on, user = today(), actor(request)
    form = PlaceFilter(request.GET or None, user=user)
    found = with_contracts(user, unserved(user, on, team=form.chosen("team"), village=form.chosen("village")))
    shown = [present_unserved(row, on) for row in found]
    return workbook(
        request,
        title=_("Signed but not served for %(days)s days, %(on)s")
        % {"days": limits().unserved_days, "on": on.isoformat()},
        file_name=f"unserved-{on:%Y%m%d}",
        headings=[
            _("Name"),
            _("Age"),
            _("Village"),
            _("Team"),
            _("Package"),
            _("Last visit"),
            _("Contract until"),
        ],
        rows=[_cells(row) for row in shown],
        fields=FIELDS,
        widths=WIDTHS,
    )


def _cells(row: dict[str, Any]) -> tuple[Any, ...]:
    until: date = row["until"]
    last = row["last"] or _("never")
    return row["name"], row["age"], row["place"], row["team"], row["package"], last, until.isoformat()

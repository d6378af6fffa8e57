"""What each layer paid, month by month: on the page, and as the office's sheet (DOMAIN A92)."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from claims.forms.funds import LayerTableForm
from claims.presenters.layers import LayerLine, by_month, layer_lines
from claims.queries.funds.forecast import month_after
from claims.queries.funds.layers import layer_table
from core.accounts.files import workbook
from core.accounts.permissions import actor, requires
from core.base.pages import today

COLUMNS = ["month", "payer", "layer", "bills", "persons", "amount", "mean"]


@requires("see_funds")
def layer_page(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    lines = _lines(request, form)
    context = {
        "filter_form": form,
        "area": actor(request).area,
        "months": by_month(lines),
        "together": [line for line in lines if not line.month],
        "query": request.GET.urlencode(),
    }
    return render(request, "claims/funds/layers.html", context, status=422 if form.errors else 200)


@requires("see_funds")
def layer_export(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    lines = _lines(request, form)
    title = _("What each layer paid: %(area)s") % {"area": actor(request).area.name}
    return workbook(
        request,
        title=title,
        file_name="layers",
        headings=[
            _("Month"),
            _("Payer"),
            _("Layer"),
            _("Bills (visits)"),
            _("Persons"),
            _("Amount (yuan)"),
            _("Per bill (yuan)"),
        ],
        rows=[_row(line) for line in lines],
        fields=COLUMNS,
        widths=(12, 22, 26, 14, 12, 18, 16),
    )


def _row(line: LayerLine) -> list[Any]:
    return [line.month or _("Together"), line.payer, line.layer, *line.counts, line.amount, line.mean]


def _form(request: HttpRequest) -> LayerTableForm:
    """This year so far, where nothing else was asked for."""
    on = today()
    first = {"from_month": f"{on:%Y}-01", "to_month": f"{on:%Y-%m}"}
    return LayerTableForm(request.GET if "from_month" in request.GET else first)


def _lines(request: HttpRequest, form: LayerTableForm) -> list[LayerLine]:
    if not form.is_valid():
        return []
    first: date = form.cleaned_data["from_month"]
    after = month_after(form.cleaned_data["to_month"])
    area = actor(request).area
    return layer_lines(layer_table(area, first, after), area)

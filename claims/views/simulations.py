"""Rules tried on real bills: ask for a run, watch it, read what comes out, take it out as a file."""

import logging
from datetime import date
from functools import partial
from typing import Any

from celery import current_app
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from kombu.exceptions import OperationalError

from claims.forms.simulations import SimulationForm
from claims.models import Simulation
from claims.presenters.policies.listed import name_of
from claims.presenters.simulations import cells, results
from claims.presenters.simulations.listed import shown_bill, shown_simulation
from claims.presenters.simulations.sides import beside, explained
from claims.queries.policies.versions import versions
from claims.queries.simulations.reading import (
    changed_bills,
    get_changed_bill,
    get_simulation,
    simulations,
)
from claims.queries.simulations.sides import sides_of
from claims.services.simulations import ask_simulation, cancel_simulation
from core.accounts.files import workbook
from core.accounts.permissions import actor, requires
from core.base.pages import page_links, today

logger = logging.getLogger(__name__)
PAGE, TOP = 50, 10
SHOWN_DISEASES = 15


@requires("simulate")
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        try:
            found = _asked(request, form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            transaction.on_commit(partial(_wake, found.pk))
            return redirect("claims:simulation", pk=found.pk)
    page = Paginator(simulations(actor(request)), PAGE).get_page(request.GET.get("page"))
    context = page_links(request, page) | {"form": form, "runs": [shown_simulation(run) for run in page]}
    return render(request, "claims/simulations/index.html", context, status=422 if form.errors else 200)


def _asked(request: HttpRequest, given: dict[str, Any]) -> Simulation:
    return ask_simulation(
        version=given["policy"],
        from_on=given["from_on"],
        to_on=given["to_on"],
        name=given["name"],
        by=actor(request),
    )


def _form(request: HttpRequest) -> SimulationForm:
    """Last year's bills by default; the draft one comes from."""
    last = today().year - 1
    first = {"from_on": date(last, 1, 1), "to_on": date(last, 12, 31), "policy": request.GET.get("policy")}
    found = versions(actor(request))
    return SimulationForm(request.POST or None, initial=first, versions=found, named=name_of, today=today())


def _wake(simulation_id: int) -> None:
    """Tells a worker. When nobody can be told, the sweeper finds the row."""
    try:
        current_app.send_task("claims.simulate", kwargs={"simulation_id": simulation_id}, queue="bulk")
    except OperationalError:
        logger.warning("no broker: simulation %s waits for the sweeper", simulation_id)


@requires("simulate")
@require_GET
def simulation(request: HttpRequest, pk: int) -> HttpResponse:
    """The page, or to htmx only its progress; the whole page again once the run is over."""
    found = get_simulation(actor(request), pk)
    shown = shown_simulation(found)
    if getattr(request, "htmx", False):
        response = render(request, "claims/simulations/_progress.html", {"run": shown})
        if not shown.is_busy:
            response["HX-Refresh"] = "true"
        return response
    context: dict[str, Any] = {"run": shown}
    if shown.is_done:
        context |= _results(request, found)
    return render(request, "claims/simulations/simulation.html", context)


def _results(request: HttpRequest, found: Simulation) -> dict[str, Any]:
    user = actor(request)
    whole = user.sees_sensitive
    figures = results.edition(found.summary, sees_sensitive=whole)
    villages = cells.villages_of(figures["villages"])
    diseases = cells.by_disease(figures["diseases"], all_shown=whole)
    rows = results.costs(figures)
    return {
        "figures": figures,
        "costs": rows,
        "chart": results.cost_chart(rows),
        "shares": results.shares(figures),
        "lines": results.lines(figures, all_shown=whole),
        "levels": cells.by_level(figures["levels"], all_shown=whole),
        "towns": cells.by_town(figures["villages"], villages, all_shown=whole),
        "villages": cells.by_village(figures["villages"], villages) if whole else [],
        "diseases": diseases[:SHOWN_DISEASES],
        "more_diseases": diseases[SHOWN_DISEASES:],
        "top": [shown_bill(bill) for bill in changed_bills(user, found)[:TOP]],
        "left_out": not whole,
    }


@requires("simulate")
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    if cancel_simulation(simulation=get_simulation(actor(request), pk), by=actor(request)):
        messages.success(request, _("The run is stopped."))
    return redirect("claims:simulation", pk=pk)


@requires("simulate")
@require_GET
def bills(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_simulation(actor(request), pk)
    page = Paginator(changed_bills(actor(request), found), PAGE).get_page(request.GET.get("page"))
    shown = {"run": shown_simulation(found), "bills": [shown_bill(bill) for bill in page]}
    return render(request, "claims/simulations/bills.html", page_links(request, page) | shown)


@requires("simulate")
@require_GET
def bill(request: HttpRequest, pk: int, bill_pk: int) -> HttpResponse:
    """Both explanations of one bill, side by side."""
    user = actor(request)
    found = get_changed_bill(user, get_simulation(user, pk), bill_pk)
    sides = sides_of(found)
    context = {
        "run": shown_simulation(found.simulation),
        "bill": shown_bill(found),
        "rows": beside(sides.before, sides.after),
        "before": explained(sides.before),
        "after": explained(sides.after),
        "decisions": sides,
    }
    return render(request, "claims/simulations/bill.html", context)


@requires("simulate")
@require_GET
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The changed bills as an Excel file, without names; who took it out is on record."""
    found = get_simulation(actor(request), pk)
    if not shown_simulation(found).is_done:
        raise Http404
    columns = {
        "number": _("Settlement number"),
        "place": _("Town and village"),
        "illness": _("Illness"),
        "discharged_on": _("Discharged on"),
        "total": _("Total cost (yuan)"),
        "before": _("Patient paid (yuan)"),
        "after": _("Patient would pay (yuan)"),
        "change": _("Difference (yuan)"),
    }
    shown = [shown_bill(bill) for bill in changed_bills(actor(request), found)]
    return workbook(
        request,
        title=_("Simulation: %(name)s") % {"name": found.name},
        file_name=f"simulation-{found.pk}",
        headings=list(columns.values()),
        rows=[[row[name] for name in columns] for row in shown],
        fields=list(columns),
        widths=(24, 28, 24, 14, 14, 14, 16, 14),
    )

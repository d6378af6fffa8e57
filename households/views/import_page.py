"""What the page of one import shows, by its state."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from households.forms_imports import ApplyForm, ColumnsForm, DecideForm, LeaveForm
from households.models import RegisterImport
from households.presenters import imports as shown
from households.queries.imports import BUSY, PAGE, household_problems, page_of_rows, village_names
from households.services.imports.progress import progress_of


def page(request: HttpRequest, found: RegisterImport, status: int = 200, **forms: Any) -> HttpResponse:
    context: dict[str, Any] = {
        "found": found,
        "import": shown.listed(found),
        "steps": shown.steps(found.state),
        "problem": shown.problem_text(found.problem) if found.problem else "",
        "crumbs": [{"label": _("Register import"), "url": reverse("households:imports")}],
    }
    if found.state in BUSY:
        return render(request, "households/imports/working.html", context | progress_context(found))
    if found.state == RegisterImport.State.FAILED:
        return render(
            request, "households/imports/failed.html", context | _failed(found, forms), status=status
        )
    return render(
        request, "households/imports/import.html", context | _rows(request, found, forms), status=status
    )


def progress_context(found: RegisterImport) -> dict[str, Any]:
    progress = progress_of(found.pk)
    return {
        "progress_url": reverse("households:import_progress", kwargs={"pk": found.pk}),
        "running": found.state in BUSY,
        "label": shown.STAGES.get(str(progress["stage"]), shown.STAGES[""]),
        "done": progress["done"],
        "total": progress["total"],
    }


def _failed(found: RegisterImport, forms: dict[str, Any]) -> dict[str, Any]:
    every = [shown.problem_text(problem) for problem in found.problem.get("all", [])]
    form = ColumnsForm(mapping=found.mapping, language=shown.language()) if found.mapping else None
    return {"problems": every or [shown.problem_text(found.problem)], "form": forms.get("columns", form)}


def _number(request: HttpRequest) -> int:
    typed = request.GET.get("page", "1")
    return min(max(int(typed), 1), 100_000) if typed.isascii() and typed.isdecimal() else 1


def _rows(request: HttpRequest, found: RegisterImport, forms: dict[str, Any]) -> dict[str, Any]:
    """The chosen tab: its rows and the form that decides about them."""
    chosen = request.GET.get("tab", "")
    chosen = chosen if chosen in dict(shown.TABS) else shown.first_tab(found)
    number = _number(request)
    rows, more = page_of_rows(found, chosen, number)
    villages = village_names(shown.village_codes(rows))
    whole = household_problems(found, [row.household_no for row in rows]) if chosen == "refused" else {}
    mine = {"LeaveForm": LeaveForm(rows=rows), "DecideForm": DecideForm(rows=rows)}
    fields = mine["LeaveForm"] if chosen == "gone" else mine["DecideForm"] if chosen == "ask" else None
    return {
        "tabs": shown.tabs(found, chosen),
        "tab": chosen,
        "rows": [
            shown.shown_row(row, villages, whole.get(row.household_no, []))
            | {"field": _field_of(fields, chosen, row.pk)}
            for row in rows
        ],
        "first_row": (number - 1) * PAGE + 1,
        "last_row": (number - 1) * PAGE + len(rows),
        "previous_url": tab_url(found, chosen, number - 1) if number > 1 else "",
        "next_url": tab_url(found, chosen, number + 1) if more else "",
        "page_number": number,
        "leave_form": mine["LeaveForm"],
        "columns": shown.columns(found),
        "summary": shown.summary(found),
        "open": found.state == RegisterImport.State.PREVIEWED,
        "total": shown.total(found, chosen),
        "writes": sum(shown.total(found, code) for code in ("new", "changed")) + shown.total(found, "gone"),
        "apply_form": forms.get(
            "apply", ApplyForm(initial={"effective_on": found.data_date or timezone.localdate()})
        ),
    }


def _field_of(form: Any, tab: str, pk: int) -> Any:
    return form[f"reason_{pk}" if tab == "gone" else f"answer_{pk}"] if form else None


def tab_url(found: RegisterImport, tab: str, page: int) -> str:
    return f"{reverse('households:import', kwargs={'pk': found.pk})}?tab={tab}&page={page}"

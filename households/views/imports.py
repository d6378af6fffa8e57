"""The pages of the register import: upload, check, apply, undo."""

import logging
from functools import partial
from typing import Any

from celery import current_app
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from kombu.exceptions import OperationalError

from core.accounts.files import XLSX
from core.accounts.permissions import requires
from households.forms_imports import ApplyForm, ColumnsForm, DecideForm, LeaveForm, UploadForm
from households.models import RegisterImport
from households.presenters import imports as shown
from households.queries.imports import BUSY, get_import, imports_of, page_of_rows, state_of
from households.services import imports
from households.services.imports.exporting import export_refused
from households.views.import_page import page, progress_context, tab_url

logger = logging.getLogger(__name__)

RECENT = 20
JOBS = {
    "received": "households.preview_register",
    "queued": "households.apply_register",
    "undoing": "households.undo_register",
}


def _wake(found: RegisterImport) -> None:
    """Tells a worker after the commit. When nobody can be told, the sweeper finds the row."""
    transaction.on_commit(partial(_send, found.pk))


def _send(import_id: int) -> None:
    state = state_of(import_id)
    if state not in JOBS:
        return
    try:
        current_app.send_task(JOBS[state], kwargs={"import_id": import_id}, queue="bulk")
    except OperationalError:
        logger.warning("no broker: register import %s waits for the sweeper", import_id)


def _refused(request: HttpRequest, refused: imports.ImportRefused) -> None:
    messages.error(request, refused.problem.message(shown.language()))


@requires("import_register")
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        try:
            found = imports.receive_register(file=form.cleaned_data["file"], by=request.user)  # type: ignore[arg-type]
        except imports.ImportRefused as refused:
            form.add_error("file", refused.problem.message(shown.language()))
        else:
            _wake(found)
            return redirect("households:import", pk=found.pk)
    recent = [shown.listed(found) for found in imports_of(request.user)[:RECENT]]  # type: ignore[arg-type]
    context = {"form": form, "recent": recent, "steps": shown.steps("received")}
    return render(request, "households/imports/index.html", context, status=422 if form.errors else 200)


@requires("import_register")
@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return page(request, get_import(user=request.user, pk=pk))  # type: ignore[arg-type]


@requires("import_register")
@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The bar alone; the whole page again when the work is done."""
    found = get_import(user=request.user, pk=pk)  # type: ignore[arg-type]
    response = render(request, "households/imports/_progress.html", progress_context(found))
    if found.state not in BUSY:
        response["HX-Refresh"] = "true"
    return response


@requires("import_register")
@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_import(user=request.user, pk=pk)  # type: ignore[arg-type]
    typed = request.POST if request.method == "POST" else None
    form = ColumnsForm(typed, mapping=found.mapping or [], language=shown.language())
    if request.method == "POST" and form.is_valid():
        try:
            imports.choose_columns(register_import=found, choices=form.choices(), by=request.user)  # type: ignore[arg-type]
        except imports.ImportRefused as refused:
            _refused(request, refused)
        else:
            _wake(found)
        return redirect("households:import", pk=pk)
    crumbs = [
        {"label": _("Register import"), "url": reverse("households:imports")},
        {"label": found.file_name, "url": reverse("households:import", kwargs={"pk": pk})},
    ]
    context = {"form": form, "import": shown.listed(found), "crumbs": crumbs}
    return render(request, "households/imports/columns.html", context, status=422 if form.errors else 200)


@requires("import_register")
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps what was chosen on one page of the tabs Gone or To decide."""
    found = get_import(user=request.user, pk=pk)  # type: ignore[arg-type]
    tab, typed = request.POST.get("tab", ""), request.POST.get("page", "1")
    number = max(int(typed), 1) if typed.isdecimal() else 1
    rows, _more = page_of_rows(found, "ask" if tab == "ask" else "gone", number)
    try:
        _decide(request, found, tab, rows)
    except imports.ImportRefused as refused:
        _refused(request, refused)
    return redirect(tab_url(found, tab if tab in ("ask", "gone") else "gone", number))


def _decide(request: HttpRequest, found: RegisterImport, tab: str, rows: list[Any]) -> None:
    form: Any = DecideForm(request.POST, rows=rows) if tab == "ask" else LeaveForm(request.POST, rows=rows)
    if not form.is_valid():
        messages.error(
            request, _("A choice was not understood; nothing was kept. Choose again from the list.")
        )
        return
    if tab == "ask":
        imports.decide_rows(register_import=found, answers=form.answers(), by=request.user)  # type: ignore[arg-type]
    else:
        rest = form.cleaned_data["rest"]
        imports.set_left_reasons(register_import=found, reasons=form.reasons(), rest=rest, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("Your choices were kept."))


@requires("import_register")
@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_import(user=request.user, pk=pk)  # type: ignore[arg-type]
    form = ApplyForm(request.POST)
    if form.is_valid():
        try:
            imports.order_apply(
                register_import=found,
                effective_on=form.cleaned_data["effective_on"],
                by=request.user,  # type: ignore[arg-type]
                on=timezone.localdate(),
            )
        except imports.ImportRefused as refused:
            form.add_error("effective_on", refused.problem.message(shown.language()))
        else:
            _wake(found)
            return redirect("households:import", pk=pk)
    return page(request, found, status=422, apply=form)


@requires("import_register")
@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    return _confirmed(
        request,
        pk,
        imports.order_undo,
        title=_("Undo this import?"),
        text=_(
            "Everything it wrote is put back as it was. Nothing happens when others have changed it since."
        ),
        label=_("Undo the import"),
    )


@requires("import_register")
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    return _confirmed(
        request,
        pk,
        imports.discard_import,
        title=_("Discard this import?"),
        text=_("The preview is removed. The register stays as it is."),
        label=_("Discard the import"),
    )


def _confirmed(request: HttpRequest, pk: int, act: Any, **words: str) -> HttpResponse:
    found = get_import(user=request.user, pk=pk)  # type: ignore[arg-type]
    if request.method != "POST":
        cancel = reverse("households:import", kwargs={"pk": pk})
        return render(request, "components/confirm_page.html", words | {"danger": True, "cancel_url": cancel})
    try:
        act(register_import=found, by=request.user)
    except imports.ImportRefused as refused:
        _refused(request, refused)
    else:
        _wake(found)
    return redirect("households:import", pk=pk)


@requires("import_register")
@require_GET
def refused_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """The refused rows as a workbook to correct and upload again."""
    found = get_import(user=request.user, pk=pk)  # type: ignore[arg-type]
    if not shown.total(found, "refused"):
        return redirect("households:import", pk=pk)
    content = export_refused(
        register_import=found,
        by=request.user,  # type: ignore[arg-type]
        language=shown.language(),
        route=request.path,
    )
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="refused-{pk}.xlsx"'
    return response

"""The reports: ask for one, watch it being made, take it out."""

import logging
from functools import partial
from typing import Any

from celery import current_app
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from kombu.exceptions import OperationalError

from core.accounts.permissions import actor, check, may, requires
from core.audit.services import record_export
from healthaid.reports.documents.columns import CODES
from healthaid.reports.documents.files import read
from healthaid.reports.forms import RemakeForm, ReportForm
from healthaid.reports.models import Report
from healthaid.reports.presenters.reported import reported
from healthaid.reports.queries.areas import reported_areas
from healthaid.reports.queries.reports import get_report, visible_to
from healthaid.reports.services.requests import NotFinished, make_again, request_report

logger = logging.getLogger(__name__)
PAGE = 50
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


@requires("see_reports")
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _request(request)
    return _index(request, _form(request))


@requires("see_reports")
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The page, or to htmx only its progress; the whole page again once the report is ready."""
    found = get_report(request.user, pk)
    shown = reported(found)
    context = {"report": shown, "may_make": may(request.user, "make_report")}
    if not getattr(request, "htmx", False):
        return render(request, "reports/report.html", context)
    response = render(request, "reports/_progress.html", context)
    if not shown.is_running:
        response["HX-Refresh"] = "true"
    return response


@requires("make_report")
@require_http_methods(["GET", "POST"])
def again(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_report(request.user, pk)
    form = RemakeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            make_again(report=found, reason=form.cleaned_data["reason"], by=request.user)
        except NotFinished:
            messages.info(request, _("The report is still being made. Wait until it is ready."))
        else:
            _wake(found)
        return redirect("reports:report", pk=pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "reports/again.html", {"report": reported(found), "form": form}, status=status)


@requires("see_reports")
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The file as it was made; each one taken out is recorded."""
    found = get_report(request.user, pk)
    if kind not in TYPES or found.state != Report.State.DONE:
        raise Http404
    content = read(getattr(found, f"{kind}_path"), getattr(found, f"{kind}_sha256"))
    if content is None:
        messages.error(
            request, _("The file is missing or was changed since it was made. Make the report again.")
        )
        return redirect("reports:report", pk=pk)
    record_export(
        request,
        purpose=_("report %(area)s %(month)s, edition %(edition)s, %(kind)s")
        % {"area": found.area.name, "month": f"{found.month:%Y-%m}", "edition": found.edition, "kind": kind},
        count=len(found.figures["rows"]),
        fields=CODES,
    )
    response = HttpResponse(content, content_type=TYPES[kind])
    name = f"{found.area.code}-{found.month:%Y%m}-{found.language}-{found.edition}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def _request(request: HttpRequest) -> HttpResponse:
    check(request.user, "make_report")
    form = _form(request, request.POST)
    if not form.is_valid():
        return _index(request, form, status=422)
    found = request_report(**form.cleaned_data, by=request.user)
    if found.state == Report.State.QUEUED:
        _wake(found)
    return redirect("reports:report", pk=found.pk)


def _index(request: HttpRequest, form: ReportForm, *, status: int = 200) -> HttpResponse:
    page = _page(request)
    found = list(visible_to(request.user)[(page - 1) * PAGE : page * PAGE + 1])
    context = {
        "form": form,
        "may_make": may(request.user, "make_report"),
        "reports": [reported(each) for each in found[:PAGE]],
        "previous_url": f"?page={page - 1}" if page > 1 else "",
        "next_url": f"?page={page + 1}" if len(found) > PAGE else "",
    }
    return render(request, "reports/index.html", context, status=status)


def _form(request: HttpRequest, data: Any = None) -> ReportForm:
    today = timezone.localdate()
    first = {"area": actor(request).area_id, "month": today, "language": request.LANGUAGE_CODE}
    return ReportForm(data, initial=first, areas=reported_areas(request.user), today=today)


def _page(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _wake(found: Report) -> None:
    """Tells a worker after the commit. When nobody can be told, the row waits for the next round."""
    transaction.on_commit(partial(_send, found.pk))


def _send(report_id: int) -> None:
    try:
        current_app.send_task("reports.make_report", kwargs={"report_id": report_id}, queue="reports")
    except OperationalError:
        logger.warning("no broker to wake a worker for report %s; it waits for the next round", report_id)

"""The reports: those of one's area, one with its figures, and asking for one."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.accounts.permissions import actor, check, may, requires
from core.base.pages import Tab, page_links, tabs, today
from healthaid.reports.documents.kinds import KINDS
from healthaid.reports.documents.table import notes
from healthaid.reports.forms import FindReportForm, ReportForm
from healthaid.reports.models import Report
from healthaid.reports.presenters.report_tables import shown_tables
from healthaid.reports.presenters.reported import moved, reported
from healthaid.reports.queries.areas import reported_areas
from healthaid.reports.queries.publications import may_publish, publication_of
from healthaid.reports.queries.reports import (
    editions_of,
    get_report,
    in_last_edition,
    may_check,
    may_submit,
    months_of,
    narrowed,
    steps_of,
    visible_to,
    waiting_for,
)
from healthaid.reports.services.requests import request_report
from healthaid.reports.views.waking import wake

PAGE = 30


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
    if not getattr(request, "htmx", False):
        return render(request, "reports/report.html", _context(request, found))
    shown = reported(found)
    response = render(request, "reports/_progress.html", {"report": shown})
    if not shown.is_running:
        response["HX-Refresh"] = "true"
    return response


def _context(request: HttpRequest, found: Report) -> dict[str, Any]:
    user = actor(request)
    kind, ready = KINDS[found.kind], found.state == Report.State.DONE
    return {
        "report": reported(found),
        "tables": shown_tables(found, user) if ready else [],
        "notes": notes(kind, found.figures) if ready else [],
        "steps": [moved(step) for step in steps_of(found)],
        "editions": [reported(each) for each in editions_of(user, found)],
        "may_make": may(user, "make_report"),
        "may_submit": may_submit(user, found),
        "publication": publication_of(found),
        "may_publish": may_publish(user, found),
        "may_check": may_check(user, found),
        "may_export": may(user, "export"),
    }


def _request(request: HttpRequest) -> HttpResponse:
    check(request.user, "make_report")
    form = _form(request, request.POST)
    if not form.is_valid():
        return _index(request, form, status=422)
    since, until = form.days
    asked = {name: form.cleaned_data[name] for name in ("kind", "area", "language")}
    for_health = KINDS[asked["kind"]].is_roster and actor(request).sees_sensitive
    found = request_report(**asked, since=since, until=until, by=request.user, for_health=for_health)
    if found.state == Report.State.QUEUED:
        wake(found)
    return redirect("reports:report", pk=found.pk)


def _index(request: HttpRequest, form: ReportForm, *, status: int = 200) -> HttpResponse:
    user = actor(request)
    filters = FindReportForm(request.GET, months=months_of(user), auto_id="filter_%s")
    filters.is_valid()
    mine = request.GET.get("mine") == "1"
    base = waiting_for(user) if mine else in_last_edition(visible_to(user))
    given = filters.cleaned_data
    found = narrowed(
        base,
        kind=given.get("kind") or "",
        filing=given.get("filing") or "",
        month=given.get("month"),
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = page_links(request, page) | {
        "form": form,
        "filter_form": filters,
        "clear_url": request.path,
        "may_make": may(user, "make_report"),
        "tabs": _tabs(waiting_for(user).count(), mine=mine),
        "reports": [reported(each) for each in page],
    }
    return render(request, "reports/index.html", context, status=status)


def _tabs(waiting: int, *, mine: bool) -> list[Tab]:
    named = [("", _("All reports"), None), ("1", _("Waiting for me"), waiting)]
    return tabs(named, "1" if mine else "", lambda code: f"?mine={code}" if code else "?")


def _form(request: HttpRequest, data: Any = None) -> ReportForm:
    first = {"area": actor(request).area_id, "month": today(), "language": request.LANGUAGE_CODE}
    return ReportForm(data, initial=first, areas=reported_areas(request.user), today=today())

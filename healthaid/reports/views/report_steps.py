"""A report between the desks: counted again, handed in, returned, approved, corrected; set beside today."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.accounts.permissions import actor, requires
from core.base.pages import today
from core.base.states import MoveRefused
from healthaid.reports.forms import CorrectForm, SendBackForm
from healthaid.reports.models import Report
from healthaid.reports.presenters.report_changes import shown_changes
from healthaid.reports.presenters.reported import reported
from healthaid.reports.queries.reports import get_report
from healthaid.reports.services import filing, publishing
from healthaid.reports.services.late import differences_now, note_late
from healthaid.reports.services.requests import AlreadyFiled, NotFinished, count_again
from healthaid.reports.views.waking import wake


@requires("make_report")
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft is counted anew with what has come in since."""
    found = get_report(request.user, pk)
    try:
        wake(count_again(report=found, by=request.user))
    except NotFinished:
        messages.info(request, _("The report is still being made. Wait until it is ready."))
    except AlreadyFiled:
        messages.error(
            request, _("It was handed in and is not counted again. An approved one can be corrected.")
        )
    return redirect("reports:report", pk=pk)


@requires("make_report")
@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_report(request.user, pk)
    if request.method == "POST":
        done = _("Handed in. Its figures stay as they are now.")
        return _stepped(
            request, pk, done, lambda: filing.submit(report=found, by=actor(request), at=timezone.now())
        )
    shown = reported(found)
    return render(
        request, "reports/report_submit.html", {"report": shown, "changes": _changes(request, found)}
    )


@requires("approve_report")
@require_http_methods(["GET", "POST"])
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_report(request.user, pk)
    form = SendBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        return _stepped(
            request,
            pk,
            _("Returned with the reason."),
            lambda: filing.send_back(report=found, reason=reason, by=actor(request), at=timezone.now()),
        )
    return _asked(request, "reports/report_return.html", found, form)


@requires("approve_report")
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_report(request.user, pk)
    return _stepped(
        request,
        pk,
        _("Approved."),
        lambda: filing.approve(report=found, by=actor(request), at=timezone.now()),
    )


@requires("approve_report")
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Settles once what the version for the notice board hides."""
    found = get_report(request.user, pk)
    return _stepped(
        request,
        pk,
        _("The public version is there. It stays as it is now."),
        lambda: publishing.publish(report=found, by=actor(request), at=timezone.now()),
    )


@requires("make_report")
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """A further edition, counted today, beside the one that was approved."""
    found = get_report(request.user, pk)
    form = CorrectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = filing.correct(report=found, reason=form.cleaned_data["reason"], by=actor(request))
        except filing.FilingRefused as refused:
            messages.error(request, refused.message)
            return redirect("reports:report", pk=pk)
        wake(made)
        return redirect("reports:report", pk=made.pk)
    return _asked(request, "reports/report_correct.html", found, form)


@requires("see_reports")
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Every figure that would be different today, with the list behind it."""
    found = get_report(request.user, pk)
    if found.state != Report.State.DONE:
        return redirect("reports:report", pk=pk)
    context = {"report": reported(found), "changes": _changes(request, found)}
    return render(request, "reports/report_changes.html", context)


def _changes(request: HttpRequest, found: Report) -> list[Any]:
    told = differences_now(report=found, on=today())
    note_late(report=found, late=len(told), at=timezone.now())
    return shown_changes(found, told, actor(request))


def _stepped(request: HttpRequest, pk: int, done: str, step: Callable[[], Any]) -> HttpResponse:
    try:
        step()
    except (filing.FilingRefused, MoveRefused) as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, done)
    return redirect("reports:report", pk=pk)


def _asked(request: HttpRequest, page: str, found: Report, form: Any) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, page, {"report": reported(found), "form": form}, status=status)

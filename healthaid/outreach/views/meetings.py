"""Meetings: the list, one with its minutes and tasks, writing one down."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.accounts.permissions import actor, check, may, requires
from core.base.pages import kept_paper, page_links, today
from healthaid.outreach.forms.meetings import AssignForm, MeetingForm
from healthaid.outreach.models import Meeting
from healthaid.outreach.presenters.meetings import department_words, present_action, present_meeting
from healthaid.outreach.queries.meetings import (
    count_actions,
    get_meeting,
    meetings,
    missing_departments,
    possible_owners,
)
from healthaid.outreach.services.meetings import assign_action, record_meeting, revise_meeting

PAGE = 30


@requires("see_meetings")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    user = actor(request)
    page = Paginator(meetings(user), PAGE).get_page(request.GET.get("page"))
    context = page_links(request, page) | {
        "rows": [present_meeting(meeting) for meeting in page],
        "counts": count_actions(user, today(), whose="all"),
        "may_hold": may(user, "hold_meeting"),
    }
    return render(request, "outreach/meetings/index.html", context)


@requires("see_meetings")
@require_http_methods(["GET", "POST"])
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    user, on = actor(request), today()
    found = get_meeting(user, pk)
    form = None
    if may(user, "hold_meeting"):
        form = AssignForm(request.POST or None, owners=possible_owners(found.area))
    if request.method == "POST":
        check(user, "hold_meeting")
        if form and form.is_valid() and _assigned(request, found, form):
            return redirect("outreach:meeting", pk)
    context = {
        "meeting": found,
        "departments": department_words(found.departments),
        "missing": department_words([str(one) for one in missing_departments(found)]),
        "actions": [present_action(action, on) for action in found.actions.all()],
        "form": form,
        "may_hold": may(user, "hold_meeting"),
    }
    return render(
        request, "outreach/meetings/meeting.html", context, status=422 if form and form.errors else 200
    )


def _assigned(request: HttpRequest, found: Meeting, form: AssignForm) -> bool:
    try:
        assign_action(meeting=found, by=actor(request), **form.cleaned_data)
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    messages.success(request, _("The task is given; its owner is told."))
    return True


@requires("hold_meeting")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    return _written(request, None)


@requires("hold_meeting")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _written(request, get_meeting(actor(request), pk))


def _written(request: HttpRequest, found: Meeting | None) -> HttpResponse:
    posted: tuple[Any, ...] = (request.POST, request.FILES) if request.method == "POST" else ()
    form = MeetingForm(*posted, user=actor(request), today=today(), meeting=found)
    if posted and form.is_valid():
        told: dict[str, Any] = {
            "wanted": form.wanted,
            "file": form.cleaned_data["file"],
            "by": actor(request),
        }
        made = revise_meeting(meeting=found, **told) if found else record_meeting(**told)
        messages.success(request, _("The meeting is kept. Give its tasks to people below."))
        return redirect("outreach:meeting", made.pk)
    context = {"form": form, "meeting": found}
    return render(request, "outreach/meetings/form.html", context, status=422 if form.errors else 200)


@requires("see_meetings")
@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_meeting(actor(request), pk)
    if not found.path:
        raise Http404
    return kept_paper(found, f"meeting-{found.pk}")

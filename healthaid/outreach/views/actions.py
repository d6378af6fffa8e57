"""Tasks of meetings: one's own, those of the area, one with what can be done about it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from core.accounts.permissions import actor, check, may, requires
from core.base.pages import Tab, page_links, tabs, today
from core.base.states import MoveRefused
from healthaid.outreach.choices import ActionState
from healthaid.outreach.forms.meetings import AgainForm, DropForm, FinishForm
from healthaid.outreach.models import MeetingAction
from healthaid.outreach.presenters.meetings import present_action
from healthaid.outreach.queries.meetings import SHOWS, actions, count_actions, get_action
from healthaid.outreach.services.meetings import drop_action, finish_action, reopen_action

PAGE = 30
# name → form, service, title, what is said then
ACTS: dict[str, tuple[type[forms.Form], Callable[..., MeetingAction], Any, Any]] = {
    "finish": (
        FinishForm,
        finish_action,
        pgettext_lazy("task", "It is done"),
        gettext_lazy("The task is done."),
    ),
    "again": (
        AgainForm,
        reopen_action,
        pgettext_lazy("task", "Agree on another day"),
        gettext_lazy("The new day is noted."),
    ),
    "drop": (
        DropForm,
        drop_action,
        pgettext_lazy("task", "It is no longer needed"),
        gettext_lazy("The task is dropped."),
    ),
}


@requires("work_action")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    user, on = actor(request), today()
    show = request.GET.get("show", "")
    show = show if show in SHOWS else SHOWS[0]
    whose = "all" if request.GET.get("whose") == "all" and may(user, "see_meetings") else "own"
    found = actions(user, show=show, on=on, whose=whose)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = page_links(request, page) | {
        "rows": [present_action(action, on) for action in page],
        "tabs": _tabs(request, show, whose),
        "whose": whose,
        "may_see_all": may(user, "see_meetings"),
        "show": show,
    }
    return render(request, "outreach/meetings/actions.html", context)


def _tabs(request: HttpRequest, show: str, whose: str) -> list[Tab]:
    counts = count_actions(actor(request), today(), whose=whose)
    named = [
        ("open", pgettext("tasks", "Open"), counts.open),
        ("overdue", _("Overdue"), counts.overdue),
        ("ended", pgettext("tasks", "Ended"), None),
    ]
    return tabs(named, show, lambda name: f"?whose={whose}&show={name}")


@requires("work_action")
@require_http_methods(["GET", "POST"])
def action(request: HttpRequest, pk: int) -> HttpResponse:
    user, on = actor(request), today()
    found = get_action(user, pk)
    posted = next((name for name in ACTS if name in request.POST), "")
    made = _forms(request, found, posted)
    if posted:
        check(user, "work_action" if posted == "finish" else "hold_meeting")
        if made[posted].is_valid() and _done(request, found, posted, made[posted]):
            return redirect("outreach:action", pk)
    context = {
        "action": found,
        "shown": present_action(found, on),
        "acts": [{"name": name, "title": ACTS[name][2], "form": form} for name, form in made.items()],
        "may_see": may(user, "see_meetings") and user.area_id in found.meeting.area.ancestors,
    }
    return render(request, "outreach/meetings/action.html", context, status=422 if posted else 200)


def _forms(request: HttpRequest, found: MeetingAction, posted: str) -> dict[str, forms.Form]:
    """What can be done now, and what was tried when it could no longer be done."""
    is_open = found.state == ActionState.OPEN
    is_theirs = found.owner_id == request.user.pk or may(request.user, "hold_meeting")
    names = [*(["finish"] if is_open and is_theirs else []), *_officers(request, is_open)]
    wanted = [name for name in ACTS if name in names or name == posted]
    return {name: ACTS[name][0](request.POST if name == posted else None, prefix=name) for name in wanted}


def _officers(request: HttpRequest, is_open: bool) -> list[str]:
    if not may(request.user, "hold_meeting"):
        return []
    return ["again", "drop"] if is_open else ["again"]


def _done(request: HttpRequest, found: MeetingAction, name: str, form: forms.Form) -> bool:
    """Whether the page is to be shown anew; a task ended meanwhile is shown as it stands now."""
    _form, do, _title, said = ACTS[name]
    try:
        do(action=found, by=actor(request), on=today(), **form.cleaned_data)
    except MoveRefused as refused:
        messages.error(request, str(refused.message))
        return True
    except ValidationError as wrong:
        form.add_error(None, wrong)
        return False
    messages.success(request, said)
    return True

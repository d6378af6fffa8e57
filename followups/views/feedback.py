"""What people think of the service: marks by team and village, praise and complaints, one of them."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.accounts.permissions import actor, may, requires
from core.base.pages import page_links, today
from core.base.periods import quarter_start
from core.base.states import MoveRefused
from followups.choices import FeedbackKind
from followups.forms.feedback import AnswerForm, FeedbackFilter, FeedbackForm
from followups.models import Feedback
from followups.presenters.places import contract_places
from followups.presenters.values import short_date
from followups.queries.feedback import (
    feedback_list,
    get_feedback,
    satisfaction_by_team,
    satisfaction_by_village,
    total,
)
from followups.queries.visits import get_person
from followups.services.feedback import answer_feedback, record_feedback
from households.models import Person

PAGE = 50


@requires("see_teams")
def satisfaction(request: HttpRequest) -> HttpResponse:
    """This quarter so far, or the last one."""
    on, user = today(), actor(request)
    is_last = request.GET.get("quarter") == "last"
    until = quarter_start(on) - timedelta(days=1) if is_last else on
    since = quarter_start(until)
    villages = satisfaction_by_village(user, since, until)
    context = {
        "places": contract_places(user, "satisfaction"),
        "since": since,
        "until": until,
        "tabs": _quarters(is_last),
        "teams": satisfaction_by_team(user, since, until),
        "villages": villages,
        "whole": total(villages),
        "waiting": feedback_list(user, state="open").count(),
    }
    return render(request, "followups/satisfaction.html", context)


def _quarters(is_last: bool) -> list[dict[str, Any]]:
    return [
        {"label": _("This quarter"), "url": "?", "active": not is_last, "count": None},
        {"label": _("Last quarter"), "url": "?quarter=last", "active": is_last, "count": None},
    ]


@requires("see_teams")
def feedback_page(request: HttpRequest) -> HttpResponse:
    user = actor(request)
    form = FeedbackFilter(request.GET or None)
    found = feedback_list(user, kind=form.chosen("kind"), state=form.chosen("state"))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = page_links(request, page) | {
        "places": contract_places(user, "feedback_list"),
        "rows": [_row(entry) for entry in page],
        "filter_form": form,
        "may_record": may(user, "record_feedback"),
        "only_mine": not may(user, "read_feedback"),
    }
    return render(request, "followups/feedback_list.html", context)


def _row(entry: Feedback) -> dict[str, Any]:
    is_open = entry.closed_on is None
    waits = is_open and entry.kind == FeedbackKind.COMPLAINT
    team = entry.team.name if entry.team else ""
    return {
        "title": entry.get_kind_display(),
        "url": reverse("followups:feedback", args=[entry.uuid]),
        "icon": "need" if entry.kind == FeedbackKind.COMPLAINT else "heart",
        "meta": " · ".join(filter(None, (short_date(entry.received_on), entry.village.name, team))),
        "words": entry.words,
        "tone": "warn" if waits else "info" if is_open else "quiet",
        "status": entry.get_state_display(),
    }


@requires("record_feedback")
def feedback_new(request: HttpRequest) -> HttpResponse:
    """`?person=` names whose words they are; without it they came unsigned."""
    on, user = today(), actor(request)
    person = _person(request)
    initial: dict[str, date] = {"received_on": on}
    form = FeedbackForm(request.POST or None, user=user, person=person, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            feedback = record_feedback(person=person, by=user, on=on, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("Written down."))
            return redirect("followups:feedback", feedback.uuid)
    context = {"form": form, "person": person}
    return render(request, "followups/feedback_new.html", context, status=422 if form.errors else 200)


def _person(request: HttpRequest) -> Person | None:
    given = request.GET.get("person", "")
    try:
        return get_person(actor(request), UUID(given)) if given else None
    except ValueError:
        raise Http404 from None


@requires("see_teams")
def feedback_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    user = actor(request)
    feedback = _found(request, uuid)
    may_answer = may(user, "answer_feedback") and feedback.closed_on is None
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and may_answer and form.is_valid():
        try:
            answer_feedback(feedback=feedback, answer=form.cleaned_data["answer"], by=user, on=today())
        except MoveRefused as refused:
            messages.error(request, str(refused.message))
        else:
            messages.success(request, _("Answered and closed."))
        return redirect("followups:feedback", uuid)
    context = {"feedback": feedback, "form": form, "may_answer": may_answer}
    return render(request, "followups/feedback.html", context, status=422 if form.errors else 200)


def _found(request: HttpRequest, uuid: UUID) -> Feedback:
    feedback = get_feedback(actor(request), uuid)
    if feedback is None:
        raise Http404
    return feedback

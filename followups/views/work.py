"""Beside the visits: nobody met, the list of those not found, the telephone."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.accounts.permissions import actor, may, requires
from core.audit.services import record_look
from core.base.pages import page_links, today
from followups.choices import DutyState
from followups.forms.work import NotFoundForm
from followups.models import Duty
from followups.presenters.duties import present_duty
from followups.presenters.saving import attempt_texts
from followups.queries.attempts import not_found_duties
from followups.queries.duties import get_duty, open_duties_of_household
from followups.queries.homes import numbers_at
from followups.queries.visits import get_household, members
from followups.rules import not_found_rule
from followups.services.attempts import record_attempt
from followups.views.common import back_to_today

PAGE = 30


@requires("record_visit")
def not_found(request: HttpRequest, pk: int) -> HttpResponse:
    on, user = today(), actor(request)
    duty = get_duty(user, pk)
    owed = open_duties_of_household(user, duty.household_id, on)
    others = {_key(other): _words(other) for other in owed if other.person_id != duty.person_id}
    form = NotFoundForm(request.POST or None, others=list(others.items()), initial={"also": list(others)})
    if request.method == "POST" and form.is_valid():
        return _attempted(request, form, duty, owed)
    back = back_to_today(request.GET.get("back", ""))
    context = {
        "form": form,
        "duty": duty,
        "line": present_duty(duty, on),
        "tries": duty.attempts.count(),
        "limit": not_found_rule(duty.rule).tries,
        "back": back,
        "attempt_data": _for_the_phone(duty, owed, back),
    }
    return render(request, "followups/not_found.html", context, status=422 if form.errors else 200)


def _key(duty: Duty) -> str:
    return str(duty.person_id or 0)


def _words(duty: Duty) -> str:
    return present_duty(duty, today()).title


def _for_the_phone(duty: Duty, owed: list[Duty], back: str) -> dict[str, object]:
    """What attempts.js keeps and says; `also`: whom the form names → their duties."""
    also: dict[str, list[int]] = {}
    for other in owed:
        also.setdefault(_key(other), []).append(other.pk)
    return {
        "duty": duty.pk,
        "also": also,
        "who": duty.person.name if duty.person else _("The whole household"),
        "back": back,
        **attempt_texts(),
    }


def _attempted(request: HttpRequest, form: NotFoundForm, duty: Duty, owed: list[Duty]) -> HttpResponse:
    """One call concerns everything owed to those who were not met."""
    chosen = {_key(duty), *form.cleaned_data.get("also", [])}
    attempts = record_attempt(
        duties=[duty, *(other for other in owed if _key(other) in chosen)],
        uuid=form.cleaned_data["uuid"],
        reason=form.cleaned_data["reason"],
        note=form.cleaned_data["note"],
        by=actor(request),
        on=today(),
    )
    closed = any(attempt.duty.state == DutyState.NOT_FOUND for attempt in attempts)
    words = _("Noted. After three calls in vain the team leader is told.") if closed else _("Noted.")
    messages.success(request, words)
    return redirect(back_to_today(request.GET.get("back", "")))


@requires("see_teams")
def not_found_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(not_found_duties(actor(request)), PAGE).get_page(request.GET.get("page"))
    lines = [(present_duty(duty, today()), duty) for duty in page]
    return render(
        request,
        "followups/not_found_list.html",
        page_links(request, page) | {"lines": lines, "may_visit": may(actor(request), "record_visit")},
    )


@require_POST
@requires("reveal_person")
def call(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Shows the household's number to be dialled; each look is recorded."""
    household = get_household(actor(request), uuid)
    numbers = numbers_at(household, members(household))
    for number in numbers:
        record_look(request, subject=number.person.uuid, fields=["phone"], purpose="call before a visit")
    context = {"household": household, "numbers": numbers}
    return render(request, "followups/call.html", context)

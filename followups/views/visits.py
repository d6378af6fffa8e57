"""The visit: its sheet, what it says afterwards, and its correction."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.accounts.permissions import actor, may, requires
from core.base.pages import today
from followups.forms.needs import VisitPhotographForm, need_fields, need_of
from followups.forms.visit import VisitForm
from followups.forms.work import AmendReasonForm
from followups.models import Duty, Visit
from followups.presenters.answering import LevelView, levels_of
from followups.presenters.assessment import present_assessment
from followups.presenters.duties import form_name, present_hours
from followups.presenters.saving import amendment_of, entry_of
from followups.presenters.sheet import ErrorLine, build_form_context
from followups.presenters.visits import present_visit
from followups.protocols.library import UnknownProtocol, edition, protocol
from followups.protocols.schema import Protocol
from followups.queries.answering import who_answers
from followups.queries.duties import get_duty
from followups.queries.referrals import referral_of_visit
from followups.queries.register import registered
from followups.queries.visits import (
    came_in_on,
    get_household,
    get_person,
    get_visit,
    history,
    members,
    versions,
)
from followups.rules import responsible
from followups.services.visits import VisitReceipt, amend_visit, record_visit, show_need
from followups.views.common import back_to_today
from households.models import Household, Person


@requires("record_visit")
def visit_new(request: HttpRequest) -> HttpResponse:
    """`?duty=` or `?person=&protocol=` or `?household=` names what the visit is about."""
    on = today()
    duty, person, household, code = _about(request)
    form_of = _form_in_force(code, on)
    form = VisitForm(
        form_of,
        request.POST or None,
        person=person,
        on=on,
        history=history(person, code, until=on),
        register=registered(person),
    )
    photograph = VisitPhotographForm(request.POST or None, request.FILES)
    receipt, sound = None, form.is_valid() and photograph.is_valid()
    if request.method == "POST" and sound and not form.wants_preview:
        body = _body(form, duty, person, household) | need_of(request.POST)
        receipt = record_visit(body=body, by=actor(request), received_on=on)
        if receipt.visit and receipt.status in ("accepted", "repeated"):
            _show_need(request, receipt.visit, photograph)
            return _saved(request, receipt.visit, form_of)
        if receipt.status == "conflict":
            return _in_conflict(request)
        _show_problems(form, receipt)
    photograph.ask_again()
    subject = person.uuid if person else household.uuid
    context = build_form_context(
        form,
        draft_key=f"{actor(request).pk}-{subject}-{code}",
        action=request.get_full_path(),
        cancel_url=back_to_today(request.GET.get("back", "")),
        entry=entry_of(person, household, protocol=code, title=form_name(code, on)),
    )
    context |= {"person": person, "household": household, "on": on, "receipt": receipt}
    context |= {"levels": _levels([duty] if duty else [], on)}
    context |= {"hours": present_hours(duty, on) if duty else None}
    context |= {"need": need_fields(members(household), person, request.POST, photograph)}
    context["errors"] += [ErrorLine(str(text), "id_need-file") for text in photograph.errors.get("file", ())]
    status = 422 if form.is_bound and (form.errors or photograph.errors) else 200
    return render(request, "followups/visit_new.html", context, status=status)


def _about(request: HttpRequest) -> tuple[Duty | None, Person | None, Household, str]:
    user = actor(request)
    if given := request.GET.get("duty", ""):
        if not given.isdecimal():
            raise Http404
        duty = get_duty(user, int(given))
        return duty, duty.person, duty.household, duty.protocol
    if uuid := _uuid(request.GET.get("person", "")):
        person = get_person(user, uuid)
        return None, person, person.household, request.GET.get("protocol", "hypertension")
    if uuid := _uuid(request.GET.get("household", "")):
        return None, None, get_household(user, uuid), "home_visit"
    raise Http404


def _levels(duties: Iterable[Duty], on: date) -> list[LevelView]:
    """Who answers at each level where the visit is not the village doctor's alone."""
    shared = [d for d in duties if d.person_id and len(responsible(d.rule)) > 1]
    person = next((duty.person_id for duty in shared), None)
    return levels_of([duty.rule for duty in shared], who_answers(person, on)) if person else []


def _uuid(given: str) -> UUID | None:
    try:
        return UUID(given) if given else None
    except ValueError as error:
        raise Http404 from error


def _form_in_force(code: str, on: date) -> Protocol:
    try:
        return protocol(code, on=on)
    except UnknownProtocol as error:
        raise Http404 from error


def _body(form: VisitForm, duty: Duty | None, person: Person | None, household: Household) -> dict[str, Any]:
    """The same body that a phone or a program sends."""
    hidden = form.cleaned_data
    answers = form.answers
    body = {
        "client_id": str(hidden["client_id"]),
        "person": str(person.uuid) if person else None,
        "household": None if person else str(household.uuid),
        "protocol": form.protocol.code,
        "visited_on": answers.get("visit_date"),
        "mode": answers.get("visit_mode"),
        "answers": answers,
        "duty": duty.pk if duty else None,
        "device_id": hidden["device_id"],
        "device_seq": hidden["device_seq"],
        "captured_at": hidden["captured_at"].isoformat() if hidden["captured_at"] else None,
    }
    return {name: value for name, value in body.items() if value not in (None, "")}


def _saved(request: HttpRequest, visit: Visit, form_of: Protocol) -> HttpResponse:
    view = present_assessment(form_of, visit.assessment)
    words = _("Saved: %(word)s.") % {"word": view.word}
    if visit.next_on:
        day = date_format(visit.next_on, "DATE_FORMAT")
        words += " " + _("Next visit on %(day)s.") % {"day": day}
    if view.referral:
        words += " " + _("A referral was noted; please follow it up.")
    level = messages.WARNING if view.referral or view.urgent else messages.SUCCESS
    messages.add_message(request, level, words)
    request.session["visit_saved"] = str(visit.pk)
    return redirect(back_to_today(request.GET.get("back", "")))


def _show_need(request: HttpRequest, visit: Visit, photograph: VisitPhotographForm) -> None:
    """The photograph that came with the visit goes to the need that did."""
    file, need = photograph.cleaned_data.get("file"), need_of(request.POST)
    if not file:
        return
    try:
        show_need(
            visit=visit,
            kind=need.get("need_kind", ""),
            person=_uuid(need.get("need_person", "")),
            file=file,
            by=actor(request),
            on=today(),
        )
    except ValidationError as refused:
        messages.warning(request, " ".join(refused.messages))


def _in_conflict(request: HttpRequest) -> HttpResponse:
    words = _("Another record stands against this one. Both are kept; please decide which one holds.")
    messages.warning(request, words)
    return redirect("followups:conflicts")


def _show_problems(form: VisitForm, receipt: VisitReceipt) -> None:
    """What the form alone could not know, in the sheet's own summary of errors."""
    language = get_language() or "zh-hans"
    for problem in receipt.problems:
        words = f"{problem.message.get(language)}。{problem.remedy.get(language)}"
        form.add_error(problem.field if problem.field in form.fields else None, words)


@requires("see_households")
def visit_page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    visit = get_visit(actor(request), uuid)
    chain = versions(visit)
    context = {
        "shown": present_visit(visit),
        "visit": visit,
        "versions": [present_visit(version) for version in chain] if len(chain) > 1 else [],
        "levels": _levels(visit.duties.all(), visit.visited_on),
        "may_amend": visit.is_current and may(request.user, "record_visit"),
        "referral": referral_of_visit(actor(request), visit) if may(request.user, "see_referrals") else None,
        "may_refer": visit.is_current and may(request.user, "refer"),
    }
    return render(request, "followups/visit.html", context)


@requires("record_visit")
def visit_amend(request: HttpRequest, uuid: UUID) -> HttpResponse:
    on, user = today(), actor(request)
    visit = get_visit(user, uuid)
    if not visit.is_current:
        messages.info(request, _("This record has been corrected already. Here is the current one."))
        return redirect("followups:visit", versions(visit)[-1].pk)
    form, reason = _amend_forms(request, visit, on)
    if request.method == "POST" and form.is_valid() and reason.is_valid() and not form.wants_preview:
        receipt = amend_visit(
            supersedes=visit.pk,
            answers=form.answers,
            reason=reason.cleaned_data["reason"],
            by=user,
            on=on,
            client_id=form.cleaned_data["client_id"],
        )
        if receipt.status in ("accepted", "repeated"):
            messages.success(request, _("Corrected. The earlier version is kept."))
            return redirect("followups:visit", receipt.visit.pk if receipt.visit else uuid)
        if receipt.status == "conflict":
            return _in_conflict(request)
        _show_problems(form, receipt)
    title, needs_reason = form_name(visit.protocol, on), came_in_on(visit) != on
    context = build_form_context(
        form,
        draft_key=f"{user.pk}-amend-{uuid}",
        action=request.get_full_path(),
        cancel_url=reverse("followups:visit", args=[uuid]),
        entry=amendment_of(visit, title=title, needs_reason=needs_reason),
    )
    context |= {"visit": visit, "reason_form": reason, "form_name": title}
    status = 422 if form.is_bound and (form.errors or reason.errors) else 200
    return render(request, "followups/visit_amend.html", context, status=status)


def _amend_forms(request: HttpRequest, visit: Visit, on: date) -> tuple[VisitForm, AmendReasonForm]:
    form = VisitForm(
        edition(f"{visit.protocol}_{visit.edition}"),
        request.POST or None,
        person=visit.person,
        on=on,
        history=history(visit.person, visit.protocol, until=on, without=visit.pk),
        mode=visit.mode,
        register=registered(visit.person),
    )
    if not form.is_bound:
        form.initial = {**form.initial, **json.loads(json.dumps(visit.answers))}
    reason = AmendReasonForm(request.POST or None, needed=came_in_on(visit) != on)
    return form, reason

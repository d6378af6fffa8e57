"""Sheets without anybody on them: a phone keeps each once and fills it with what it knows of a household."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from core.accounts.models import User
from core.accounts.permissions import actor, requires
from core.audit.services import record_looks
from core.base.pages import today
from followups.forms.needs import NeedForm, need_fields
from followups.forms.visit import VisitForm
from followups.forms.work import AmendReasonForm, NotFoundForm
from followups.presenters.saving import attempt_texts, need_texts
from followups.presenters.sheet import build_form_context
from followups.protocols.library import UnknownProtocol, protocol
from followups.queries.homes import numbers_of
from followups.queries.own_list import own_list
from followups.services.needs import DUE_DAYS


@require_safe
@requires("record_visit")
def blank_visit(request: HttpRequest, code: str) -> HttpResponse:
    on = today()
    try:
        form = VisitForm(protocol(code, on=on), person=None, on=on)
    except UnknownProtocol as error:
        raise Http404 from error
    context: dict[str, Any] = build_form_context(form, cancel_url="/today/")
    context |= {"need": need_fields([], None, {}) | {"people": [("", "", False)]}}
    context |= {"reason_form": AmendReasonForm(None, needed=False)}
    return render(request, "followups/blank_visit.html", context)


@require_safe
@requires("raise_need")
def blank_need(request: HttpRequest) -> HttpResponse:
    on, user = today(), actor(request)
    nobody = User.objects.visible_to(user).none()
    form = NeedForm(members=[], owners=nobody, on=on, initial={"due_on": on + timedelta(days=DUE_DAYS)})
    form.fields["person"].choices = [("", "")]  # type: ignore[attr-defined]
    if not user.sees_sensitive:
        del form.fields["is_sensitive"]
    context = {"form": form, "blank": True, "need_data": need_texts("")}
    return render(request, "followups/need_new.html", context)


@require_safe
@requires("record_visit")
def blank_not_found(request: HttpRequest) -> HttpResponse:
    form = NotFoundForm(others=[("", "")])
    return render(
        request, "followups/not_found.html", {"form": form, "blank": True, "attempt_data": attempt_texts()}
    )


@require_POST
@requires("reveal_person")
def own_numbers(request: HttpRequest) -> HttpResponse:
    """The numbers of the own list, for the phone to keep; that each was copied is recorded."""
    user, on = actor(request), today()
    homes = numbers_of(user, own_list(user, on))
    told = [number.person.uuid for _home, numbers in homes for number in numbers]
    record_looks(request, subjects=told, fields=["phone"], purpose="kept on the doctor's phone")
    return render(request, "followups/own_numbers.html", {"homes": homes})

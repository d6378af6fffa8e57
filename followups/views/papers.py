"""Photographs and scans: taken in, looked at (each look is logged), taken off."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.accounts.permissions import actor, requires
from core.audit.services import record_look
from core.base.pages import today
from core.base.papers import ENDINGS, read_paper
from followups.forms.papers import PaperForm, StepPaperForm
from followups.models import CasePaper, ContractPaper, KeptPaper, NeedPhotograph, ReferralPaper
from followups.presenters.kept_papers import home_of
from followups.queries.cases import get_case
from followups.queries.contracts import get_contract
from followups.queries.needs import get_need
from followups.queries.papers import get_paper
from followups.queries.referrals import get_referral
from followups.services.papers import (
    ACTS,
    add_case_paper,
    add_paper,
    add_photograph,
    add_reply_paper,
    open_stages,
    remove_paper,
)

View = Callable[..., HttpResponse]


def _given(act: str, kind: type[KeptPaper]) -> View:
    """The file itself: never cached, never run, each look on record."""

    @requires(act)
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        found = get_paper(actor(request), kind, pk)
        content = read_paper(found.path, found.sha256)
        if content is None:
            raise Http404
        what = f"{kind.OWNER} paper"
        record_look(request, subject=found.owner.person.uuid, fields=[what], purpose=what)
        return _file(content, found.media_type, f"{kind.OWNER}-{found.owner.pk}-{found.pk}")

    return view


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    place = "inline" if media_type.startswith("image/") else "attachment"
    response["Content-Disposition"] = f'{place}; filename="{name}.{ENDINGS[media_type]}"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


paper = _given("see_teams", ContractPaper)
case_paper = _given("see_cases", CasePaper)
need_photograph = _given("work_need", NeedPhotograph)
referral_paper = _given("see_referrals", ReferralPaper)


def _taken_off(kind: type[KeptPaper]) -> View:
    @requires(ACTS[kind])
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        found = get_paper(actor(request), kind, pk)
        back = home_of(found.owner)
        if request.method == "POST":
            _remove(request, found)
            return redirect(back)
        context = {
            "title": _("Take the photograph off?"),
            "text": _("The wrong sheet or a blurred picture. Who took it off stays on record."),
            "label": _("Take off"),
            "danger": True,
            "cancel_url": back,
        }
        return render(request, "components/confirm_page.html", context)

    return view


def _remove(request: HttpRequest, found: KeptPaper) -> None:
    try:
        remove_paper(paper=found, by=actor(request))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("The photograph is taken off."))


paper_remove = _taken_off(ContractPaper)
case_paper_remove = _taken_off(CasePaper)
need_photograph_remove = _taken_off(NeedPhotograph)
referral_paper_remove = _taken_off(ReferralPaper)


def _step_form(request: HttpRequest, case: Any) -> forms.Form:
    return StepPaperForm(request.POST, request.FILES, stages=open_stages(case))


def _paper_form(request: HttpRequest, owner: Any) -> forms.Form:
    return PaperForm(request.POST, request.FILES)


def _added(
    kind: type[KeptPaper],
    find: Callable[..., Any],
    add: Callable[..., KeptPaper],
    form_of: Callable[[HttpRequest, Any], forms.Form] = _paper_form,
) -> View:
    """Back to where it belongs, or the form again with what is wrong with the file."""

    @require_POST
    @requires(ACTS[kind])
    def view(request: HttpRequest, **key: Any) -> HttpResponse:
        user = actor(request)
        owner = find(user, *key.values())
        form, back = form_of(request, owner), home_of(owner)
        if form.is_valid():
            try:
                add(**{kind.OWNER: owner}, **form.cleaned_data, by=user, on=today())
            except ValidationError as refused:
                form.add_error(None, refused)
            else:
                messages.success(request, _("The photograph is kept."))
                return redirect(back)
        context = {"form": form, "person": owner.person, "back": back}
        return render(request, "followups/paper_new.html", context, status=422)

    return view


paper_add = _added(ContractPaper, get_contract, add_paper)
case_paper_add = _added(
    CasePaper, lambda user, uuid: get_case(user, uuid, today()), add_case_paper, _step_form
)
need_photograph_add = _added(NeedPhotograph, get_need, add_photograph)
referral_paper_add = _added(ReferralPaper, get_referral, add_reply_paper)

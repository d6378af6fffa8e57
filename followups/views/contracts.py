"""Contracts: a whole village at once, one person, the contract's own page, ending."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.accounts.permissions import actor, may, requires
from core.base.pages import today
from core.base.states import MoveRefused
from followups.agreement import agreement
from followups.forms.contracts import ContractForm, EndContractForm, SignatureForm, TermsForm
from followups.forms.papers import PaperForm
from followups.forms.teams import VillageSigningForm
from followups.models import Contract
from followups.presenters.contracts import package_name, present_agreement, present_promise
from followups.presenters.kept_papers import kept
from followups.queries.contracts import get_contract, standing_with, village_preview
from followups.queries.fulfilment import fulfilment_of_contract
from followups.queries.papers import papers_of
from followups.queries.signers import why_not_alone
from followups.queries.visits import get_person
from followups.services.contracts import (
    discard_draft,
    draft_contract,
    end_contract,
    sign_contract,
    sign_draft,
    sign_village,
)


@requires("sign_contract")
def village_signing(request: HttpRequest) -> HttpResponse:
    """First what it would do, then, confirmed, done."""
    on, user = today(), actor(request)
    given = request.POST or (request.GET if "village" in request.GET else None)
    form = VillageSigningForm(given, user=user)
    context: dict[str, object] = {"form": form, "on": on}
    if given and form.is_valid():
        village, team = form.cleaned_data["village"], form.cleaned_data["team"]
        if request.method == "POST":
            count = sign_village(village=village, team=team, by=user, on=on)
            words = ngettext("%(count)s contract signed.", "%(count)s contracts signed.", count)
            messages.success(request, words % {"count": count})
            return redirect("followups:team", team.pk)
        preview = village_preview(village, on)
        packages = [(package_name(code), count) for code, count in preview.to_sign.items()]
        standing = standing_with(user, village, team, on).count()
        context |= {
            "standing": standing,
            "preview": preview,
            "packages": packages,
            "village": village,
            "team": team,
        }
    return render(request, "followups/village_signing.html", context)


@requires("sign_contract")
def contract_new(request: HttpRequest) -> HttpResponse:
    """`?person=` names who signs. `act=draft` only prepares the paper."""
    on, user = today(), actor(request)
    try:
        person = get_person(user, UUID(request.GET.get("person", "")))
    except ValueError:
        return redirect("followups:village_signing")
    why = why_not_alone(user, person, on)
    is_draft = request.POST.get("act") == "draft"
    kind: Any = TermsForm if is_draft else ContractForm
    more = {} if is_draft else {"why": why}
    form = kind(request.POST or None, village=person.village, initial={"since": on}, **more)
    if request.method == "POST" and form.is_valid():
        act = draft_contract if is_draft else sign_contract
        try:
            contract = act(person=person, by=user, on=on, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The draft is ready.") if is_draft else _("The contract is signed."))
            return redirect("followups:contract", contract.pk)
    context = {"form": form, "person": person, "why": why.label if why else ""}
    return render(request, "followups/contract_new.html", context, status=422 if form.errors else 200)


@requires("see_teams")
def contract_page(request: HttpRequest, pk: int) -> HttpResponse:
    contract = get_contract(actor(request), pk)
    return render(request, "followups/contract.html", _shown(request, contract))


@require_POST
@requires("sign_contract")
def contract_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft gets its signature."""
    on, user = today(), actor(request)
    contract = get_contract(user, pk)
    form = SignatureForm(request.POST, why=why_not_alone(user, contract.person, on))
    if form.is_valid():
        try:
            sign_draft(contract=contract, by=user, on=on, **form.cleaned_data)
        except MoveRefused as refused:
            form.add_error(None, str(refused.message))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The contract is signed."))
            return redirect("followups:contract", pk)
    return render(request, "followups/contract.html", _shown(request, contract) | {"form": form}, status=422)


@requires("sign_contract")
def contract_discard(request: HttpRequest, pk: int) -> HttpResponse:
    contract = get_contract(actor(request), pk)
    if request.method == "POST":
        try:
            discard_draft(contract=contract, by=actor(request))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return redirect("followups:contract", pk)
        messages.success(request, _("The draft is thrown away."))
        return redirect("households:person", contract.person.uuid)
    context = {
        "title": _("Throw the draft away?"),
        "text": _("Nothing was signed. The draft of %(name)s is removed.") % {"name": contract.person.name},
        "label": _("Throw away"),
        "danger": True,
        "cancel_url": "..",
    }
    return render(request, "components/confirm_page.html", context)


@requires("sign_contract")
def contract_end(request: HttpRequest, pk: int) -> HttpResponse:
    user = actor(request)
    contract = get_contract(user, pk)
    form = EndContractForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_contract(contract=contract, reason=form.cleaned_data["reason"], by=user, on=today())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The contract ends today."))
            return redirect("followups:contract", pk)
    context = {"form": form, "contract": contract}
    return render(request, "followups/contract_end.html", context, status=422 if form.errors else 200)


def _shown(request: HttpRequest, contract: Contract) -> dict[str, Any]:
    on, user = today(), actor(request)
    why = why_not_alone(user, contract.person, on)
    language = get_language() or "zh-hans"
    return {
        "contract": contract,
        "person": contract.person,
        "shown": present_agreement(contract, why, on),
        "promises": [present_promise(item) for item in fulfilment_of_contract(user, contract, on)],
        "clauses": [(each.title.get(language), each.text.get(language)) for each in agreement().clause],
        "papers": kept(papers_of(contract), may_remove=may(user, "sign_contract")),
        "paper_form": PaperForm(),
        "form": SignatureForm(why=why),
        "may_sign": may(user, "sign_contract"),
        "on": on,
    }

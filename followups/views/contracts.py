"""Contracts: a whole village at once, one person, renewing, ending."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.accounts.permissions import actor, requires
from followups.forms.teams import ContractForm, EndContractForm, VillageSigningForm
from followups.presenters.teams import package_name, present_contract
from followups.queries.contracts import get_contract, running_out, village_preview
from followups.queries.visits import get_person
from followups.services.contracts import end_contract, renew, sign_contract, sign_village
from followups.views.common import page_links, today

PAGE = 50


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
        context |= {"preview": preview, "packages": packages, "village": village, "team": team}
    return render(request, "followups/village_signing.html", context)


@requires("sign_contract")
def contract_new(request: HttpRequest) -> HttpResponse:
    """`?person=` names who signs."""
    on, user = today(), actor(request)
    try:
        person = get_person(user, UUID(request.GET.get("person", "")))
    except ValueError:
        return redirect("followups:village_signing")
    form = ContractForm(request.POST or None, village=person.village, initial={"since": on})
    if request.method == "POST" and form.is_valid():
        try:
            contract = sign_contract(person=person, by=user, on=on, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The contract is signed."))
            return redirect("followups:team", contract.team_id)
    context = {"form": form, "person": person}
    return render(request, "followups/contract_new.html", context, status=422 if form.errors else 200)


@requires("sign_contract")
def contracts_ending(request: HttpRequest) -> HttpResponse:
    on = today()
    page = Paginator(running_out(actor(request), on), PAGE).get_page(request.GET.get("page"))
    context = page_links(request, page) | {
        "contracts": [present_contract(contract, on) for contract in page],
        "on": on,
    }
    return render(request, "followups/contracts_ending.html", context)


@require_POST
@requires("sign_contract")
def contract_renew(request: HttpRequest, pk: int) -> HttpResponse:
    contract = get_contract(actor(request), pk)
    try:
        renew(contract=contract, by=actor(request), on=today())
        messages.success(request, _("Renewed for %(name)s.") % {"name": contract.person.name})
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("followups:contracts_ending")


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
            return redirect("followups:team", contract.team_id)
    context = {"form": form, "contract": contract}
    return render(request, "followups/contract_end.html", context, status=422 if form.errors else 200)

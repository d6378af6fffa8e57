"""Contracts that end soon: renewed one by one, chosen, or all of the list."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from core.accounts.permissions import actor, requires
from core.base.pages import page_links, today
from followups.choices import RenewalObstacle
from followups.forms.lists import ChosenForm, PlaceFilter
from followups.models import Contract
from followups.packages import limits
from followups.presenters.contracts import present_contract
from followups.presenters.places import contract_places
from followups.queries.contracts import obstacles, running_out
from followups.services.renewals import Renewal, renew_contracts

PAGE = 50


@requires("sign_contract")
@require_http_methods(["GET", "POST"])
def contracts_ending(request: HttpRequest) -> HttpResponse:
    on, user = today(), actor(request)
    filter_form = PlaceFilter(request.GET or None, user=user)
    ending = filter_form.narrowed(running_out(user, on))
    done: Renewal | None = None
    refused: list[dict[str, Any]] = []
    if request.method == "POST":
        chosen = _chosen(request, list(ending.values_list("pk", flat=True)))
        if chosen:
            done = renew_contracts(contracts=chosen, by=user, on=on)
            refused = _refused(done, list(ending.filter(pk__in=done.refused)), on)
            _say(request, done)
        else:
            messages.error(request, _("Choose at least one contract."))
    page = Paginator(ending, PAGE).get_page(request.GET.get("page"))
    in_the_way = obstacles(user, [contract.pk for contract in page], on)
    shown = [
        present_contract(contract, on) | {"obstacle": _word(in_the_way.get(contract.pk, ""))}
        for contract in page
    ]
    context = page_links(request, page) | {
        "places": contract_places(user, "contracts_ending"),
        "contracts": shown,
        "refused": refused,
        "filter_form": filter_form,
        "columns": [_("Package"), _("Until"), _("Renew")],
        "days": limits().renewal_days,
        "on": on,
    }
    return render(request, "followups/contracts_ending.html", context)


def _chosen(request: HttpRequest, offered: list[int]) -> list[int]:
    form = ChosenForm(request.POST, offered=offered)
    if not form.is_valid():
        return []
    return offered if form.cleaned_data["all"] else form.cleaned_data["contract"]


def _word(obstacle: str) -> str:
    return str(RenewalObstacle(obstacle).label) if obstacle else ""


def _refused(done: Renewal, contracts: list[Contract], on: Any) -> list[dict[str, Any]]:
    return [
        present_contract(contract, on) | {"obstacle": _word(done.refused[contract.pk])}
        for contract in contracts
    ]


def _say(request: HttpRequest, done: Renewal) -> None:
    words = ngettext("%(n)s contract renewed.", "%(n)s contracts renewed.", done.renewed)
    messages.success(request, words % {"n": done.renewed})
    if done.refused:
        words = ngettext(
            "%(n)s could not be renewed; the reason stands below.",
            "%(n)s could not be renewed; the reasons stand below.",
            len(done.refused),
        )
        messages.warning(request, words % {"n": len(done.refused)})

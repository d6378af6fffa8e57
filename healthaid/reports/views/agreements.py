"""Agreements on paper: one contract, or a village's for the day on which it signs."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from core.accounts.permissions import actor, requires
from core.audit.services import record_export
from followups.models import Contract
from followups.queries.contracts import get_contract, standing_with, to_sign
from healthaid.reports.documents.agreement import pdf
from healthaid.reports.presenters.agreements import agreements_of
from healthaid.reports.queries.agreements import members_of, signing_place


@requires("sign_contract")
def contract_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    contract = get_contract(actor(request), pk)
    return _printed(request, [contract], f"agreement-{contract.pk}")


@requires("sign_contract")
def village_agreements(request: HttpRequest) -> HttpResponse:
    """`?village=` and `?team=`: drafts and what stands, or with `?new=1` what is to be signed that day."""
    user, on = actor(request), timezone.localdate()
    village, team = signing_place(user, request.GET.get("village", ""), request.GET.get("team", ""))
    is_new = request.GET.get("new") == "1"
    found = to_sign(user, village, team, on) if is_new else standing_with(user, village, team, on)
    contracts = list(found)
    if not contracts:
        raise Http404
    return _printed(request, contracts, f"agreements-{village.code}-{on}")


def _printed(request: HttpRequest, contracts: Sequence[Contract], name: str) -> HttpResponse:
    """The sheets leave the building with names on them: each printing is recorded."""
    fields = ["name", "birth_date", "id_masked"]
    record_export(request, purpose="service agreement", count=len(contracts), fields=fields)
    members = members_of({contract.team_id for contract in contracts}, timezone.localdate())
    content = pdf(agreements_of(contracts, members, by=actor(request), at=timezone.now()))
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)

"""Papers the window hands over: the agreement of treating first, receipts."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from claims.papers.documents import agreement_pdf, receipt_pdf
from claims.presenters.papers import agreement_of, receipt_of
from claims.queries.bills import get_receipt
from claims.queries.window import get_stay
from claims.views.common import pdf
from core.accounts.permissions import actor, requires
from core.audit.services import record_export


@requires("settle_bills")
def stay_agreement(request: HttpRequest, uuid: UUID) -> HttpResponse:
    stay = get_stay(actor(request), uuid)
    if not stay.treats_first:
        raise Http404
    record_export(
        request, purpose="treat-first agreement", count=1, fields=["name", "id_masked", "diagnosis"]
    )
    content = agreement_pdf(agreement_of(stay, by=actor(request), at=timezone.now()))
    return pdf(content, f"agreement-{stay.uuid}")


@requires("settle_bills")
def receipt(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = get_receipt(actor(request), uuid)
    record_export(request, purpose="receipt", count=1, fields=["name", "amount"])
    content = receipt_pdf(receipt_of(found, by=actor(request), at=timezone.now()))
    return pdf(content, f"receipt-{found.number}")

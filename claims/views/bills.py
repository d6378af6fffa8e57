"""Bills for whoever may read them: the list, one bill, its slip."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from claims.choices import AdmissionState
from claims.forms.window import BillFilterForm
from claims.papers.documents import slip_pdf, statement_pdf
from claims.presenters.bills import present_stay
from claims.presenters.papers import decided, slip_of, statement_of
from claims.presenters.window import stay_line
from claims.queries.bills import bills, get_settlement
from claims.queries.hospitals import hospitals
from claims.queries.window import get_stay
from claims.views.common import pdf
from core.accounts.permissions import actor, requires
from core.audit.services import record_export
from core.base.pages import page_links, today

PAGE = 30
FIELDS = ["name", "id_masked", "diagnosis", "amounts"]


@requires("see_bills")
def bill_list(request: HttpRequest) -> HttpResponse:
    user, on = actor(request), today()
    states = [(state.value, state.label) for state in AdmissionState]
    form = BillFilterForm(request.GET, hospitals=hospitals(user), states=states, auto_id="filter_%s")
    form.is_valid()
    given = form.cleaned_data
    hospital = given.get("hospital")
    found = bills(
        user,
        hospital=hospital.pk if hospital else None,
        month=given.get("month"),
        state=given.get("state") or "",
        low=bool(given.get("low")),
        policy=given.get("policy"),
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = page_links(request, page) | {
        "filter_form": form,
        "clear_url": request.path,
        "bills": [stay_line(stay, on, name="claims:bill") for stay in page],
        "count": page.paginator.count,
    }
    return render(request, "claims/bills.html", context)


@requires("see_bills")
def bill_page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    user = actor(request)
    stay = get_stay(user, uuid)
    context = {"stay": stay, "shown": present_stay(stay, user, today())}
    return render(request, "claims/bill.html", context)


@requires("see_bills")
def bill_slip(request: HttpRequest, uuid: UUID) -> HttpResponse:
    settlement = get_settlement(actor(request), uuid)
    if not decided(settlement).decision:
        raise Http404
    record_export(request, purpose="settlement slip", count=1, fields=FIELDS)
    content = slip_pdf(slip_of(settlement, by=actor(request), at=timezone.now()))
    return pdf(content, f"slip-{settlement.number}-{settlement.revision}")


@requires("see_bills")
def bill_statement(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What was paid by whom, in sentences for the patient."""
    settlement = get_settlement(actor(request), uuid)
    if not settlement.decision:
        raise Http404
    record_export(request, purpose="discharge statement", count=1, fields=FIELDS)
    content = statement_pdf(statement_of(settlement, by=actor(request), at=timezone.now()))
    return pdf(content, f"statement-{settlement.number}-{settlement.revision}")

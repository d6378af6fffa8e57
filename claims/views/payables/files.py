"""The sheet a claim goes out with; each one taken out is recorded."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.papers.claim_sheet import claim_pdf, claim_workbook
from claims.presenters.claim_sheet import FIELDS, claim_sheet_of
from claims.queries.payables.listed import claimed_bills, get_payable
from core.accounts.files import XLSX
from core.accounts.permissions import actor, requires
from core.audit.services import record_export

KINDS = {"xlsx": (claim_workbook, XLSX), "pdf": (claim_pdf, "application/pdf")}


@requires("see_funds")
def claim_sheet(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    user = actor(request)
    payable = get_payable(user, pk)
    if kind not in KINDS:
        raise Http404
    make, media_type = KINDS[kind]
    bills = claimed_bills(payable, sees_sensitive=user.sees_sensitive)
    sheet = claim_sheet_of(payable, bills, trace=_trace(request))
    record_export(request, purpose=f"{sheet.title} {payable.month:%Y-%m}", count=len(bills), fields=FIELDS)
    name = f"{payable.payer}-{payable.month:%Y%m}-{payable.institution.code}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(make(sheet), content_type=media_type, headers=headers)


def _trace(request: HttpRequest) -> str:
    return _("Taken out by %(name)s (%(account)s) on %(time)s. For work only; do not pass on.") % {
        "name": actor(request).get_full_name(),
        "account": actor(request).get_username(),
        "time": timezone.localtime().strftime("%Y-%m-%d %H:%M"),
    }

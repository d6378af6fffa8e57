"""Bills below ninety per cent: how much is short, why, who must act; as a page and as a file."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.forms.shortfalls import ShortfallFilter
from claims.presenters.shortfalls import (
    cause_words,
    present_bill,
    present_groups,
    present_standing,
    tabs,
)
from claims.queries.shortfalls import By, Narrowing, count_short, groups, short_bills, standing
from claims.warnings.shortfalls import shortfalls
from core.accounts.files import workbook
from core.accounts.permissions import actor, may, requires
from core.base.pages import page_links, today
from core.base.words import listed

PAGE = 20
MOST = 20_000
BILLS = "bills"
_NARROWS = {By.CAUSE: "cause", By.VILLAGE: "area", By.HOSPITAL: "hospital", By.MONTH: "month"}
FIELDS = ("name", "village", "hospital", "settled on", "cost", "paid", "short", "causes")
WIDTHS = (22, 14, 20, 26, 14, 12, 12, 12, 14, 14, 12, 40, 24, 40)


@requires("see_shortfalls")
def shortfall_list(request: HttpRequest) -> HttpResponse:
    user = actor(request)
    form = ShortfallFilter(request.GET, user=user, on=today())
    narrowing = form.narrowing()
    by = request.GET.get("by", By.CAUSE)
    by = by if by in (*By, BILLS) else By.CAUSE
    context = {
        "filter_form": form,
        "told": present_standing(standing(user, narrowing)),
        "target": shortfalls().target_percent,
        "by": by,
        "narrowing": narrowing,
        "cause": cause_words(narrowing.cause) if narrowing.cause else None,
        "tabs": tabs(by, _kept(request, "by")),
        "without": _kept(request, "by", "cause", "month") + f"&by={by}",
        "may_export": may(user, "export"),
        "query": _kept(request),
    }
    context |= _bills(request, narrowing) if by == BILLS else _sums(request, narrowing, By(by))
    return render(request, "claims/warnings/shortfalls.html", context)


def _sums(request: HttpRequest, narrowing: Narrowing, by: By) -> dict[str, Any]:
    rows = present_groups(groups(actor(request), narrowing, by=by), by)
    kept = _kept(request, "by", _NARROWS[by])
    return {"groups": rows, "drill": f"?{kept}&by={BILLS}&{_NARROWS[by]}="}


def _bills(request: HttpRequest, narrowing: Narrowing) -> dict[str, Any]:
    user = actor(request)
    page = Paginator(range(count_short(user, narrowing)), PAGE).get_page(request.GET.get("page"))
    found = short_bills(user, narrowing, limit=PAGE, offset=max(page.start_index() - 1, 0))
    return page_links(request, page) | {"bills": [present_bill(bill) for bill in found]}


def _kept(request: HttpRequest, *without: str) -> str:
    """The narrowing of the address, without its page."""
    query: QueryDict = request.GET.copy()
    for name in ("page", *without):
        query.pop(name, None)
    return query.urlencode()


@requires("export")
@require_POST
def shortfall_export(request: HttpRequest) -> HttpResponse:
    user, on = actor(request), today()
    narrowing = ShortfallFilter(request.GET, user=user, on=on).narrowing()
    found = [present_bill(bill) for bill in short_bills(user, narrowing, limit=MOST)]
    return workbook(
        request,
        title=_("Bills below %(target)s %%, settled from %(since)s to %(until)s")
        % {"target": shortfalls().target_percent, "since": narrowing.from_on, "until": narrowing.to_on},
        file_name=f"shortfalls-{on:%Y%m%d}",
        headings=[
            *(_("Settlement number"), _("Name"), _("Village"), _("Hospital"), _("Settled on")),
            *(_("Cost (yuan)"), _("Compliant cost (yuan)"), _("Paid by the patient (yuan)")),
            *(_("Actual ratio (÷ cost)"), _("In-policy ratio (÷ compliant cost)"), _("Short (yuan)")),
            *(_("Why"), _("Who must act"), _("What helps")),
        ],
        rows=[_cells(bill) for bill in found],
        fields=FIELDS,
        widths=WIDTHS,
    )


def _cells(bill: dict[str, Any]) -> tuple[Any, ...]:
    first = bill["causes"][0]
    return (
        *(bill["number"], bill["name"], bill["village"], bill["hospital"], bill["on"].isoformat()),
        *(bill["cost"], bill["compliant"], bill["patient"], bill["actual"], bill["in_policy"], bill["short"]),
        *(listed(cause["label"] for cause in bill["causes"]), first["who"], first["act"]),
    )

"""The reckoning of the books: what was looked at, what was found, and looking again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from claims.models import LedgerCheck
from claims.presenters.checks import check_view
from claims.queries.checks import checks_of, get_check
from claims.queries.counties import own_counties
from claims.services.checking import check_ledgers
from core.accounts.permissions import actor, may, requires
from core.accounts.permissions import check as check_act
from core.base.pages import page_links, today

PAGE = 30
FAULTS = 100


@requires("see_funds")
@require_http_methods(["GET", "POST"])
def checks(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _check_now(request)
    found = checks_of(actor(request))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "latest": _shown(request, page[0]) if page and page.number == 1 else None,
        "checks": page,
        "may_manage": may(request.user, "manage_funds"),
        **page_links(request, page),
    }
    return render(request, "claims/payables/checks.html", context)


@requires("see_funds")
def check(request: HttpRequest, pk: int) -> HttpResponse:
    context = {"latest": _shown(request, get_check(actor(request), pk))}
    return render(request, "claims/payables/check.html", context)


def _shown(request: HttpRequest, found: LedgerCheck) -> dict[str, object]:
    faults = found.faults.order_by("kind", "subject", "pk")[:FAULTS]
    return check_view(found, list(faults))


def _check_now(request: HttpRequest) -> HttpResponse:
    user = actor(request)
    check_act(user, "manage_funds")
    differences = sum(
        check_ledgers(county_id=county.pk, on=today(), by=user).differences for county in own_counties(user)
    )
    if differences:
        words = ngettext("%(count)s difference was found.", "%(count)s differences were found.", differences)
        messages.error(request, words % {"count": differences})
    else:
        messages.success(request, _("Every balance agrees with its papers."))
    return redirect("claims:checks")

"""What payers owe hospitals: the list of claims, and one claim with its bills and differences."""

from datetime import date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from claims.choices import PayableState
from claims.forms.payables import PayableFilter
from claims.presenters import payables as words
from claims.queries.counties import own_counties
from claims.queries.payables.listed import (
    claimed_bills,
    differences_of,
    get_payable,
    month_standings,
    months_of,
    payables_of,
    totals_of,
    unclear_counts,
    with_sums,
)
from claims.queries.payers import Words, payer_words
from claims.services.payables.claiming import is_over
from claims.views.payables.partial import MOST
from core.accounts.models import User
from core.accounts.permissions import actor, may, requires
from core.base.pages import page_links, today

PAGE = 50


@requires("see_funds")
def payable_list(request: HttpRequest) -> HttpResponse:
    user = actor(request)
    names, months = _names(user), months_of(user)
    asked = request.GET if "month" in request.GET else {"month": f"{months[0]:%Y-%m}" if months else ""}
    payers = {code: text for each in names.values() for code, text in each.items()}
    form = PayableFilter(asked, months=months, payers=payers)
    found, month = _filtered(payables_of(user), form)
    ordered = with_sums(found).order_by("-month", "payer", "institution__name", "pk")
    page = Paginator(ordered, PAGE).get_page(request.GET.get("page"))
    context = {
        "filter_form": form,
        "rows": words.payable_rows(page, names, unclear_counts(found)),
        "figures": words.total_figures(totals_of(found)),
        "months": _months(user, month),
        "is_one_month": month is not None,
        "may_manage": may(user, "manage_funds"),
        **page_links(request, page),
    }
    return render(request, "claims/payables/list.html", context)


@requires("see_funds")
def payable(request: HttpRequest, pk: int) -> HttpResponse:
    user, on = actor(request), today()
    found = get_payable(user, pk)
    page = Paginator(range(found.bills), PAGE).get_page(request.GET.get("page"))
    offset = max(page.start_index() - 1, 0)
    bills = claimed_bills(found, sees_sensitive=user.sees_sensitive, offset=offset, limit=PAGE)
    differences = list(differences_of(found))
    unclear = sum(1 for each in differences if each.resolved_on is None)
    row = words.payable_row(found, payer_words(found.county_id), unclear)
    context = {
        "payable": found,
        "row": row,
        "figures": words.claim_figures(found, row),
        "steps": words.steps(found),
        "bills": bills,
        "differences": words.difference_rows(differences),
        "may_claim": found.state in (PayableState.PENDING, PayableState.REFUSED) and is_over(found.month, on),
        "may_answer": found.state == PayableState.CLAIMED,
        "may_type": found.bills <= MOST,
        "may_manage": may(user, "manage_funds"),
        **page_links(request, page),
    }
    return render(request, "claims/payables/payable.html", context)


def _names(user: User) -> dict[int, Words]:
    return {county.pk: payer_words(county.pk) for county in own_counties(user)}


def _filtered(found: Any, form: PayableFilter) -> tuple[Any, date | None]:
    """The claims that were asked for, and the month where one was chosen."""
    told = form.cleaned_data if form.is_valid() else {}
    month = _month(told.get("month", ""))
    chosen = {"month": month, "payer": told.get("payer"), "state": told.get("state")}
    return found.filter(**{name: value for name, value in chosen.items() if value}), month


def _month(text: str) -> date | None:
    return datetime.strptime(text, "%Y-%m").date() if text else None  # noqa: DTZ007 - a month has no zone


def _months(user: User, month: date | None) -> list[dict[str, Any]]:
    """What can be done with the chosen month, county by county."""
    if month is None:
        return []
    over = is_over(month, today())
    return [
        {
            "county": each.county,
            "month": f"{month:%Y-%m}",
            "waiting": each.waiting,
            "is_closed": each.is_closed,
            "is_over": over,
        }
        for each in month_standings(user, month)
    ]

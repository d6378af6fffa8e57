"""The funds of a county, and the ledger of one."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from claims.choices import EntryKind
from claims.presenters import funds as words
from claims.queries.funds.forecast import forecast_of
from claims.queries.funds.ledger import count_movements, months, movements
from claims.queries.funds.standing import funds_of, get_fund, standings
from core.accounts.permissions import actor, may, requires
from core.base.pages import page_links, today

PAGE = 50


@requires("see_funds")
def fund_list(request: HttpRequest) -> HttpResponse:
    on = today()
    rows = [words.fund_row(standing, on) for standing in standings(funds_of(actor(request)))]
    context = {
        "rows": rows,
        "several": len({row.county for row in rows}) > 1,
        "may_manage": may(request.user, "manage_funds"),
    }
    return render(request, "claims/funds/list.html", context)


@requires("see_funds")
def fund(request: HttpRequest, pk: int) -> HttpResponse:
    user, on = actor(request), today()
    found = get_fund(user, pk)
    standing = standings(funds_of(user).filter(pk=found.pk))[0]
    ahead, by_month = forecast_of(found, on=on), months(found)
    kind = request.GET.get("kind", "")
    kind = kind if kind in EntryKind.values else ""
    context = {
        "fund": words.fund_row(standing, on),
        "figures": words.figures_of(standing),
        "when_empty": words.when_empty(found),
        "basis": words.basis(ahead) if ahead else "",
        "chart": words.balance_chart(standing, by_month, ahead, on),
        "months": words.spent_chart_rows(by_month),
        "warns_at": int(found.warns_at * 100),
        "may_manage": may(user, "manage_funds"),
        **_ledger(request, found, kind),
    }
    return render(request, "claims/funds/fund.html", context)


def _ledger(request: HttpRequest, found: Any, kind: str) -> dict[str, Any]:
    """One page of entries: the paginator counts, the query brings its page with the running balance."""
    page = Paginator(range(count_movements(found, kind=kind)), PAGE).get_page(request.GET.get("page"))
    entries = movements(found, kind=kind, offset=max(page.start_index() - 1, 0), limit=PAGE)
    labels = words.kind_words()
    offered = {"": words.everything(), **labels}
    tabs = [
        {"url": f"?kind={code}#ledger", "label": label, "active": code == kind}
        for code, label in offered.items()
    ]
    shown = [{"entry": entry, "kind": labels[entry.kind]} for entry in entries]
    return {"entries": shown, "tabs": tabs, **page_links(request, page)}

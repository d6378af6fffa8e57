"""The slogans of the programme, each with its items and what lies behind them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts.permissions import requires
from healthaid.reports.presenters import slogans as presenter
from healthaid.reports.presenters.links import Links
from healthaid.reports.presenters.periods import periods
from healthaid.reports.queries import summaries
from healthaid.reports.queries.pledges import targets_for
from healthaid.reports.slogans.library import Slogan, slogans
from healthaid.reports.views.asking import Asked, asked
from healthaid.reports.views.dashboard import crumbs


@requires("see_dashboard")
def index(request: HttpRequest) -> HttpResponse:
    question = asked(request)
    found = _told(question, slogans())
    listed = [
        presenter.summary(code, slogans()[code], items) | {"url": _address(code, question)}
        for code, items in found.items()
    ]
    return render(request, "reports/slogans/index.html", _around(request, question) | {"slogans": listed})


@requires("see_dashboard")
def slogan(request: HttpRequest, code: str) -> HttpResponse:
    chosen = slogans().get(code)
    if chosen is None:
        raise Http404
    question = asked(request)
    to = lambda day: _address(code, question, day)  # noqa: E731
    return render(
        request,
        "reports/slogans/slogan.html",
        _around(request, question)
        | {"slogan": chosen, "title": presenter.title_of(chosen)}
        | {"items": _told(question, {code: chosen})[code]}
        | {"crumbs": [*crumbs(request, question, through=True), _all(question)]}
        | {"periods": periods(to, on=question.on, today=timezone.localdate())},
    )


def _told(question: Asked, asked_for: dict[str, Slogan]) -> dict[str, list[presenter.Told]]:
    wanted = presenter.indicators(list(asked_for.values()), sees_sensitive=question.cut.sees_sensitive)
    found = summaries.board(question.area, question.below, question.cut, wanted)
    pledged = targets_for(question.area, question.on.year)
    return {code: presenter.told(each, found, pledged, wanted) for code, each in asked_for.items()}


def _around(request: HttpRequest, question: Asked) -> dict[str, Any]:
    return {
        "area": question.area,
        "on": question.on,
        "is_past": question.cut.past,
        "counted_at": timezone.localtime(),
        "filter_form": question.form,
        "crumbs": crumbs(request, question, through=True),
    }


def _address(code: str, question: Asked, day: Any = None) -> str:
    query = Links(question.area.pk, day or question.on).query
    return f"{reverse('reports:slogan', args=[code])}?{query}"


def _all(question: Asked) -> dict[str, str]:
    query = Links(question.area.pk, question.on).query
    return {"label": _("Slogans"), "url": f"{reverse('reports:slogans')}?{query}"}

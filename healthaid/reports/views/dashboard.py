"""The township's view: one board for each area, from the county down to a village's teams."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from core.accounts.models import Area
from core.accounts.permissions import requires
from healthaid.reports.presenters import board as presenter
from healthaid.reports.presenters.links import Links
from healthaid.reports.queries import summaries
from healthaid.reports.queries.areas import trail
from healthaid.reports.views.asking import Asked, asked


@requires("see_dashboard")
def dashboard(request: HttpRequest) -> HttpResponse:
    question = asked(request)
    found = summaries.board(question.area, question.below, question.cut, presenter.indicators())
    context = presenter.page(found) | {
        "area": question.area,
        "crumbs": crumbs(request, question),
        "filter_form": question.form,
        "counted_at": timezone.localtime(found.counted_at),
        "recounting": found.recounting,
    }
    return render(request, "reports/dashboard.html", context)


def crumbs(request: HttpRequest, question: Asked, *, through: bool = False) -> list[dict[str, Any]]:
    """From the user's area down; `through` takes in the area itself, for pages below its board."""
    areas: list[Area] = [*trail(request.user, question.area), *([question.area] if through else [])]
    return [{"label": area.name, "url": Links(area.pk, question.on).to_board()} for area in areas]

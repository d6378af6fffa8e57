"""The bills behind a sum of a report."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.accounts.permissions import actor, requires
from core.base.pages import page_links
from healthaid.reports.presenters.reported import reported
from healthaid.reports.queries.areas import area_of
from healthaid.reports.queries.report_bills import bills_of
from healthaid.reports.queries.reports import get_report
from healthaid.reports.views.asking import number

PAGE = 50


@requires("see_bills")
def bills(request: HttpRequest, pk: int) -> HttpResponse:
    """Every stay that was settled or taken back in the period, in one row of the report or in all."""
    user = actor(request)
    found = get_report(user, pk)
    area = area_of(user, number(request, "area") or found.area_id)
    page = Paginator(bills_of(user, found, area), PAGE).get_page(request.GET.get("page"))
    context = page_links(request, page) | {"report": reported(found), "area": area}
    return render(request, "reports/report_bills.html", context)

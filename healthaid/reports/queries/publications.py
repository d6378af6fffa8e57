"""Which reports may hang on a notice board, and what hangs there already."""

from typing import Any

from django.db.models import Q, QuerySet

from core.accounts.models import User
from core.accounts.permissions import may
from core.base.periods import add_months, month_end
from healthaid.reports.documents.kinds import KINDS
from healthaid.reports.documents.public import Cell
from healthaid.reports.documents.together import Paper
from healthaid.reports.models import Publication, Report
from healthaid.reports.queries.reports import is_filed_here


def is_for_the_board(report: Report) -> bool:
    """Approved, in the office's language, for a month or quarter that is over: any other stretch of days
    would overlap one that hangs there, and the difference of the two is a few days."""
    kind = KINDS[report.kind]
    whole = kind.months and report.since.day == 1 and (report.since.month - 1) % kind.months == 0
    return bool(
        kind.is_public
        and whole
        and report.until == month_end(add_months(report.since, kind.months - 1))
        and report.figures.get("is_whole_month")
        and report.filing == Report.Filing.APPROVED
        and is_filed_here(report)
        and not report.for_health
    )


def may_publish(user: User, report: Report) -> bool:
    return is_for_the_board(report) and may(user, "approve_report") and publication_of(report) is None


def publication_of(report: Report) -> Publication | None:
    found: Publication | None = Publication.objects.filter(report=report).select_related("by").first()
    return found


def beside(report: Report) -> list[Paper]:
    """What is published of the same table and days in the county: above, below, beside, earlier editions."""
    same: QuerySet[Any] = Publication.objects.filter(
        report__kind=report.kind, report__since=report.since, report__until=report.until
    )
    area = report.area
    county = Q(report__area=area.county_id) | Q(report__area__ancestors__contains=[area.county_id])
    found = same.filter(county).exclude(report=report).select_related("report__area")
    return [paper_of(each.report, cells_of(each)) for each in found.order_by("report__edition", "pk")]


def paper_of(report: Report, hidden: set[Cell] | None = None) -> Paper:
    return Paper(KINDS[report.kind], report.area_id, report.area.parent_id, report.figures, hidden or set())


def cells_of(publication: Publication) -> set[Cell]:
    return {(table, row, (code, place)) for table, row, code, place in publication.hidden}

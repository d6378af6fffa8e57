"""Figures of a report that would be different today, as a page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.accounts.models import User
from healthaid.reports.documents.table import row_name
from healthaid.reports.models import Report
from healthaid.reports.presenters.report_tables import Leads, told
from healthaid.reports.queries.tables.differences import Difference


@dataclass(frozen=True)
class Change:
    """`url` opens the list as it stands today, where there is one."""

    row: str
    heading: str
    column: str
    unit: str
    was: str
    now: str
    url: str


def shown_changes(report: Report, found: Iterable[Difference], user: User) -> list[Change]:
    leads = Leads(report, user)
    return [
        Change(
            row=row_name(each.part, each.row) if each.row["code"] or "name" in each.row else _("Together"),
            heading=str(each.column.group),
            column=str(each.column.name),
            unit=str(each.column.unit),
            was=told(each.was),
            now=told(each.now),
            url=leads.of(each.part, each.column, each.row),
        )
        for each in found
    ]

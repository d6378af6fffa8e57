"""Facts that come after a report was handed in: nothing changes silently, and nothing stays unseen."""

from datetime import date, datetime, timedelta

from django.db import transaction

from healthaid.reports.documents.kinds import KINDS
from healthaid.reports.documents.model import Counted
from healthaid.reports.models import Report
from healthaid.reports.queries.reports import filed_since
from healthaid.reports.queries.tables.differences import Difference, differences
from healthaid.reports.services.freezing import frozen

# Reports whose period ended longer ago are compared when somebody opens their page.
LOOKED_BACK = timedelta(days=100)


def differences_now(*, report: Report, on: date) -> list[Difference]:
    """What the report would tell otherwise if it were counted on the day `on`."""
    if not report.figures:
        return []
    return differences(KINDS[report.kind], report.figures, figures_of(report=report, on=on))


def figures_of(*, report: Report, on: date) -> Counted:
    """What the report would hold if it were counted on the day `on`."""
    return frozen(
        kind=report.kind,
        area=report.area,
        since=report.since,
        until=report.until,
        on=on,
        sees_sensitive=report.for_health,
    )


def look_for_late_facts(*, on: date, at: datetime) -> int:
    """This will note on each report handed in of late how many figures would be different today, and give
    the number of reports with any."""
    found = 0
    for report in filed_since(on - LOOKED_BACK):
        late = len(differences_now(report=report, on=on))
        note_late(report=report, late=late, at=at)
        found += late > 0
    return found


@transaction.atomic
def note_late(*, report: Report, late: int, at: datetime) -> None:
    """This will keep how many figures of a report would be different at a moment."""
    Report.objects.filter(pk=report.pk).update(late_figures=late, late_checked_at=at)

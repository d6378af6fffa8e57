"""A public version is made once, beside all that hang there already, and stays."""

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from healthaid.reports.documents.together import CannotBePublished, hide_beside
from healthaid.reports.models import Publication, Report
from healthaid.reports.queries.publications import beside, may_publish, paper_of
from healthaid.reports.services.filing import FilingRefused


@transaction.atomic
def publish(*, report: Report, by: User, at: datetime) -> Publication:
    """This will settle which numbers the report's public version hides, and note who published it.

    Raises FilingRefused where it is not for the board, hangs there already, or would tell, beside what
    hangs there, a number that is hidden."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('reports_publication'))")
    if not may_publish(by, report):
        raise FilingRefused(
            _("Only an approved report of a whole month or quarter has a public version, and each has one.")
        )
    try:
        hidden = hide_beside(paper_of(report), beside(report))
    except CannotBePublished as refused:
        raise FilingRefused(
            _("Beside what is published already this paper would tell a hidden number. It stays unpublished.")
        ) from refused
    cells = sorted(([table, row, code, place] for table, row, (code, place) in hidden), key=str)
    made: Publication = Publication.objects.create(report=report, hidden=cells, at=at, by=by)
    return made

"""What a screening round left suspected: somebody has it examined, the next result closes it (DOMAIN A60)."""

from datetime import date, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core.base.sql import rows
from followups.sql import statement

DUE_DAYS = 14


@transaction.atomic
def look_into_suspicions(*, on: date, since: date | None = None) -> dict[str, int]:
    """This will raise a need for each suspected result, and close those whose answer is known by now.

    `since` leaves out results of earlier days. Gives how many were "raised" and "closed". There is one need
    for each result, and none where one is open for the person: a second run, or another round, raises none.
    """
    values = {
        "on": on,
        "since": since,
        "due_on": on + timedelta(days=DUE_DAYS),
        "words": _("Suspected at the screening: {diseases}. Have it examined, then write down the result."),
        "found": _("Found: the case is on its way through the three levels."),
        "nothing": _("Looked into: not found."),
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('followups_suspicions'))")
    raised, closed = rows(statement("look_into"), values)[0]
    return {"raised": int(raised), "closed": int(closed)}

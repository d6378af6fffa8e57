"""Early intervention: whoever is sub-healthy gets a need of its own, followed to its end (DOMAIN A53)."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core.accounts.models import Area, Level
from core.base.sql import bigints, rows
from followups.sql import statement

DUE_DAYS = 30


@transaction.atomic
def raise_early_needs(*, on: date, county_ids: Collection[int] | None = None) -> int:
    """This will raise what is missing for everybody in the sub-healthy class; gives how many are new.

    The village's doctor owns it and has thirty days; a second run on the same day raises nothing.
    """
    counties = Area.objects.filter(level=Level.COUNTY, valid_to=None)
    chosen = counties.values_list("pk", flat=True) if county_ids is None else county_ids
    words = _(
        "Sub-healthy: look again at what the examination found, advise on diet, exercise, smoking, drinking"
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('followups_early_needs'))")
    values = {"on": on, "due_on": on + timedelta(days=DUE_DAYS), "counties": bigints(chosen), "words": words}
    return int(rows(statement("raise_early"), values)[0][0])

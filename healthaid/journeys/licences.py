"""Once a month township and county hear which licences run out soon (DOMAIN A29)."""

from collections import Counter
from datetime import date, timedelta

from core.accounts.models import User
from core.accounts.roles import OFFICERS, Sector
from core.clinics.models import Licence
from healthaid.outreach.services.queueing import Draft, queue_messages

AHEAD = timedelta(days=60)


def warn(*, on: date) -> int:
    """This will queue one message for each health officer in whose area a licence expires within 60 days."""
    soon = Licence.objects.filter(valid_to__range=(on, on + AHEAD))
    totals: Counter[int] = Counter()
    for ancestors in soon.values_list("practitioner__institution__area__ancestors", flat=True):
        totals.update(ancestors)
    officers = User.objects.filter(is_active=True, role__in=OFFICERS, sector=Sector.HEALTH, area__in=totals)
    drafts = [
        Draft(user_id=user.pk, language=user.language, context={"count": totals[user.area_id]})
        for user in officers.order_by("pk")
    ]
    return queue_messages(drafts, purpose="licence_expiry", period=f"{on:%Y-%m}", template="licence_expiry")

"""Every morning each doctor hears what is due and what is late: one message per doctor and day."""

from collections import Counter
from datetime import date

from django.db.models import Count, Q, QuerySet

from core.accounts.models import Area, User
from core.accounts.roles import DOCTORS
from followups.models import Duty
from followups.queries.duties import due, overdue
from healthaid.outreach.services.queueing import Draft, queue_messages


def _by_area(condition: Q) -> Counter[int]:
    """How many duties lie below each area, whatever its level: one grouped read, added up the tree."""
    by_village = Duty.objects.filter(condition).values_list("village_id").annotate(n=Count("pk"))
    counted = dict(by_village)
    totals: Counter[int] = Counter()
    for pk, ancestors in Area.objects.filter(pk__in=counted).values_list("pk", "ancestors"):
        for ancestor in ancestors:
            totals[ancestor] += counted[pk]
    return totals


def _doctors() -> QuerySet[User]:
    return User.objects.filter(is_active=True, role__in=DOCTORS).order_by("pk")


def remind_doctors(*, on: date) -> int:
    """This will queue one reminder for each doctor who has work today; gives how many were new."""
    waiting, late = _by_area(due(on)), _by_area(overdue(on))
    drafts = [
        Draft(
            user_id=doctor.pk,
            language=doctor.language,
            context={"due": waiting[doctor.area_id], "overdue": late[doctor.area_id]},
        )
        for doctor in _doctors()
        if waiting[doctor.area_id]
    ]
    return queue_messages(
        drafts, purpose="morning_reminder", period=on.isoformat(), template="morning_reminder"
    )

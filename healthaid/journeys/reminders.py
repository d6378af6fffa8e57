"""Every morning each doctor hears what is due and what is late: one message per doctor and day."""

from collections import Counter
from collections.abc import Callable
from datetime import date

from django.db.models import Count, Q, QuerySet

from core.accounts.models import Absence, Area, User
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


def _standing_in(on: date) -> tuple[set[int], Callable[[User], set[int]]]:
    """Who is away, and which areas a doctor sees to: no area is counted once more within another."""
    found = Absence.objects.filter(period__contains=on)
    areas: dict[int, list[tuple[int, list[int]]]] = {}
    away = set()
    for doctor, deputy, ancestors in found.values_list("doctor_id", "deputy_id", "doctor__area__ancestors"):
        away.add(doctor)
        areas.setdefault(deputy, []).append((ancestors[-1], ancestors[:-1]))

    def reached(doctor: User) -> set[int]:
        every = {doctor.area_id, *(area for area, _above in areas.get(doctor.pk, ()))}
        within = {area for area, above in areas.get(doctor.pk, ()) if every & set(above)}
        return every - within

    return away, reached


def _doctors() -> QuerySet[User]:
    return User.objects.filter(is_active=True, role__in=DOCTORS).order_by("pk")


def remind_doctors(*, on: date) -> int:
    """This will queue one reminder for each doctor who has work today; gives how many were new.

    Who is away is not reminded; their deputy hears of their work too.
    """
    waiting, late = _by_area(due(on)), _by_area(overdue(on))
    away, reached = _standing_in(on)
    drafts = [
        Draft(
            user_id=doctor.pk,
            language=doctor.language,
            context={
                "due": sum(waiting[area] for area in reached(doctor)),
                "overdue": sum(late[area] for area in reached(doctor)),
            },
        )
        for doctor in _doctors()
        if doctor.pk not in away and any(waiting[area] for area in reached(doctor))
    ]
    return queue_messages(
        drafts, purpose="morning_reminder", period=on.isoformat(), template="morning_reminder"
    )

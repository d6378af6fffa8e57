"""Phones of a doctor or of an area: what came from each, which numbers are missing, what was not accepted."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from core.accounts.models import Sector, User
from core.accounts.roles import DOCTORS
from core.base.sql import rows
from followups.choices import SubmissionState
from followups.models import Conflict, Device, Submission
from followups.queries.sync import still_refused

REFUSED_DAYS = 90
GAPS_SHOWN = 20

# Runs of numbers that never came from a phone although later ones did, and since when that is known.
_GAPS = """
    SELECT device_id, before + 1, device_seq - 1, received_at
      FROM (SELECT device_id, device_seq, received_at,
                   lag(device_seq, 1, 0) OVER (PARTITION BY device_id ORDER BY device_seq) AS before
              FROM followups_submission
             WHERE device_id = ANY(%(devices)s) AND device_seq IS NOT NULL) s
     WHERE device_seq - before > 1
     ORDER BY device_id, before"""


@dataclass(frozen=True)
class Gap:
    first: int
    last: int
    since: datetime


@dataclass
class PhoneLine:
    """One phone: counts of what came from it, and runs of missing numbers (the first twenty)."""

    device: Device
    highest: int = 0
    received: int = 0
    waiting: int = 0
    refused: int = 0
    conflicts: int = 0
    gaps: list[Gap] = field(default_factory=list)


def phones(user: User) -> QuerySet[Any]:
    """A doctor's own phones; for officers those of every doctor in their area. Silent ones come last."""
    found = Device.objects.select_related("user__area")
    own = Q(user=user) if user.role in DOCTORS else Q(user__area__ancestors__contains=[user.area_id])
    return found.filter(own).order_by("-last_seen_at", "pk")


def phone_lines(devices: list[Device]) -> list[PhoneLine]:
    """What came from each of the phones, in two statements."""
    lines = {device.device_id: PhoneLine(device) for device in devices}
    undecided = Exists(Conflict.objects.filter(offered=OuterRef("pk"), resolved_at=None))
    counted = Submission.objects.filter(device_id__in=lines).values("device_id")
    for row in counted.annotate(
        highest=Max("device_seq"),
        received=Count("pk", filter=Q(state=SubmissionState.ACCEPTED)),
        waiting=Count("pk", filter=Q(state=SubmissionState.RECEIVED)),
        refused=Count("pk", filter=still_refused()),
        undecided=Count("pk", filter=Q(undecided)),
    ):
        line = lines[row["device_id"]]
        line.highest, line.received, line.waiting = row["highest"] or 0, row["received"], row["waiting"]
        line.refused, line.conflicts = row["refused"], row["undecided"]
    for device, gaps in _gaps(list(lines)).items():
        lines[device].gaps = gaps[:GAPS_SHOWN]
    return list(lines.values())


def _gaps(devices: list[str]) -> dict[str, list[Gap]]:
    found: dict[str, list[Gap]] = defaultdict(list)
    for device, first, last, since in rows(_GAPS, {"devices": devices}):
        found[device].append(Gap(first, last, since))
    return found


def not_accepted(user: User, at: datetime) -> QuerySet[Any]:
    """Visits of the last 90 days that were refused and never mended: one's own, or those of one's doctors.

    What they tell is for health staff only."""
    if user.sector != Sector.HEALTH:
        return Submission.objects.none()
    own = Q(user=user) if user.role in DOCTORS else Q(user__area__ancestors__contains=[user.area_id])
    recent = Submission.objects.filter(own, received_at__gte=at - timedelta(days=REFUSED_DAYS))
    refused = recent.filter(still_refused(), kind=Submission.Kind.VISIT, api_client=None)
    return refused.select_related("user").order_by("-received_at", "-pk")

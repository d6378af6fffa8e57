"""What came from a phone and what did not: counts, missing numbers, and whether a record is known."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from core.accounts.models import User
from core.base.sql import rows
from followups.choices import SubmissionState
from followups.models import Conflict, Submission

GAPS = 100
_STATES = SubmissionState

# Runs of numbers that never came, below the highest that did; a run may be as long as a number can be.
_GAPS = """
    SELECT before + 1, device_seq - 1
      FROM (SELECT device_seq, lag(device_seq, 1, 0) OVER (ORDER BY device_seq) AS before
              FROM followups_submission
             WHERE device_id = %(device)s AND device_seq IS NOT NULL) s
     WHERE device_seq - before > 1
     ORDER BY 1 LIMIT %(limit)s"""


@dataclass(frozen=True)
class DeviceState:
    """`highest` number that came from the phone, the first missing ones below it; and of the user's records:
    how many are accepted, wait to be judged, stand refused, or in an undecided conflict."""

    highest: int = 0
    gaps: list[int] = field(default_factory=list)
    received: int = 0
    waiting: int = 0
    refused: int = 0
    conflicts: int = 0


def device_state(user: User, device: str) -> DeviceState:
    """What the server has from a phone; the counts are of the user's own records only."""
    if not device:
        return DeviceState()
    sent = Submission.objects.filter(device_id=device)
    newest = sent.exclude(device_seq=None).order_by("-device_seq").values_list("device_seq", flat=True)
    counts = sent.filter(user=user).aggregate(
        received=Count("pk", filter=Q(state=_STATES.ACCEPTED)),
        waiting=Count("pk", filter=Q(state=_STATES.RECEIVED)),
        refused=Count("pk", filter=still_refused()),
        conflicts=Count("pk", filter=Q(Exists(_undecided()))),
    )
    return DeviceState(highest=newest.first() or 0, gaps=missing_numbers(device), **counts)


def still_refused() -> Q:
    """A refused body counts no more once the same number was sent again and taken."""
    mended = Submission.objects.filter(client_id=OuterRef("client_id")).exclude(state=_STATES.REFUSED)
    return Q(state=_STATES.REFUSED) & ~Q(Exists(mended))


def _undecided() -> QuerySet[Conflict]:
    return Conflict.objects.filter(offered=OuterRef("pk"), resolved_at=None)


def _decided() -> QuerySet[Conflict]:
    decided = Conflict.objects.filter(offered=OuterRef("pk"), resolved_at__isnull=False)
    return decided.order_by("-resolved_at")


def missing_numbers(device: str) -> list[int]:
    """The first hundred numbers of a phone that never came although later ones did."""
    found: list[int] = []
    for first, last in rows(_GAPS, {"device": device, "limit": GAPS}):
        found += range(first, min(last, first + GAPS) + 1)
    return found[:GAPS]


@dataclass(frozen=True)
class Known:
    """`decision` on a conflict: keep (the other record holds), take, mix or both; empty before it is made."""

    status: str
    resolved: bool
    decision: str = ""


def known_records(user: User, asked: Sequence[tuple[UUID, bytes]]) -> dict[tuple[UUID, bytes], Known]:
    """Which of the user's own records are here, by number and fingerprint, and what became of them."""
    numbers = {number for number, _digest in asked}
    found: Any = Submission.objects.filter(user=user, client_id__in=numbers).annotate(
        undecided=Exists(_undecided()), decision=Subquery(_decided().values("resolution__choice")[:1])
    )
    listed = found.values_list("client_id", "sha256", "state", "undecided", "decision")
    return {
        (number, bytes(digest)): _known(state, undecided, decision)
        for number, digest, state, undecided, decision in listed
    }


def _known(state: str, undecided: bool, decision: str | None) -> Known:
    resolved = state == _STATES.CONFLICT and not undecided
    return Known(state, resolved, (decision or "") if resolved else "")

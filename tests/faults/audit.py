"""What the phones kept against what the server holds: what is lost, what is doubled, which conflict is not kept."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from followups.choices import DutyState, SubmissionState
from followups.models import Conflict, Duty, Submission, Visit
from followups.services.visits.entry import fingerprint
from tests.faults.phone import Record


@dataclass
class Findings:
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unkept: list[str] = field(default_factory=list)
    misjudged: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def audit(records: list[Record]) -> Findings:
    """Every body that was ever saved on a phone, each with the verdict its phone was given last."""
    found = Findings()
    kept = {
        (str(row.client_id), bytes(row.sha256)): row for row in Submission.objects.select_related("visit")
    }
    conflicts = Counter(Conflict.objects.values_list("offered_id", flat=True))
    once = {(record.number, fingerprint(record.body)): record for record in records}
    for key, record in once.items():
        row = kept.get(key)
        found.counts["different bodies"] += 1
        if row is None or row.body != record.body:
            found.lost.append(f"{record.number}: the body is not here")
        else:
            _judge(record, row, conflicts, found)
    _look_for_doubles(records, found)
    return found


def _judge(record: Record, row: Submission, conflicts: Counter[int], found: Findings) -> None:
    found.counts[row.state] += 1
    told = "accepted" if record.verdict == "repeated" else record.verdict
    if told != row.state:
        found.misjudged.append(f"{record.number}: the phone was told {told}, here it is {row.state}")
    if row.state == SubmissionState.ACCEPTED:
        visit = row.visit
        if visit is None or str(visit.pk) != record.number or not _same(visit, record.body["answers"]):
            found.lost.append(f"{record.number}: accepted, but no such visit")
        if record.poisoned:
            found.misjudged.append(f"{record.number}: an impossible reading was accepted")
    elif row.state == SubmissionState.CONFLICT:
        if conflicts[row.pk] != 1:
            found.unkept.append(f"{record.number}: {conflicts[row.pk]} conflicts are kept")
    elif not (row.state == SubmissionState.REFUSED and record.poisoned):
        found.lost.append(f"{record.number}: {row.state} without a reason: {row.problem}")


def _same(visit: Visit, answers: dict[str, Any]) -> bool:
    return (visit.sbp, visit.dbp) == (answers["sbp"], answers["dbp"])


def _look_for_doubles(records: list[Record], found: Findings) -> None:
    numbers = {record.number for record in records}
    accepted = Submission.objects.filter(state=SubmissionState.ACCEPTED)
    visits = {str(pk) for pk in Visit.objects.values_list("pk", flat=True)}
    found.counts["visits"] = len(visits)
    found.counts["current visits"] = Visit.objects.filter(is_current=True).count()
    found.counts["conflicts kept"] = Conflict.objects.count()
    found.doubled += [f"{number}: a visit nobody saved" for number in visits - numbers]
    for row in accepted.values("client_id").annotate(n=Count("pk")).filter(n__gt=1):
        found.doubled.append(f"{row['client_id']}: accepted {row['n']} times")
    if accepted.count() != len(visits):
        found.doubled.append(f"{accepted.count()} accepted bodies, {len(visits)} visits")
    day = ("person", "protocol", "visited_on", "mode")
    for row in Visit.objects.filter(is_current=True).values(*day).annotate(n=Count("pk")).filter(n__gt=1):
        found.doubled.append(f"{row['n']} current visits of one person on {row['visited_on']}")
    _look_at_chains(found)
    gone = Duty.objects.filter(state=DutyState.DONE).exclude(visit__is_current=True)
    found.doubled += [
        f"duty {pk}: done by a version that no longer counts" for pk in gone.values_list("pk", flat=True)
    ]


def _look_at_chains(found: Findings) -> None:
    followers: dict[Any, list[Any]] = defaultdict(list)
    for pk, before in Visit.objects.exclude(supersedes=None).values_list("pk", "supersedes_id"):
        followers[before].append(pk)
    for visit in Visit.objects.all():
        if len(followers[visit.pk]) != (0 if visit.is_current else 1):
            found.doubled.append(f"{visit.pk}: {len(followers[visit.pk])} versions after it")

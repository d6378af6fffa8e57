"""What is not accepted is kept: refusals with their reasons, conflicts with both bodies."""

from uuid import UUID

from followups.choices import SubmissionState
from followups.models import Conflict, Submission, Visit
from followups.services.visits.receipt import FieldProblem, VisitReceipt


def keep_refusal(submission: int, problems: list[FieldProblem]) -> VisitReceipt:
    Submission.objects.filter(pk=submission).update(
        state=SubmissionState.REFUSED,
        problem={"problems": [problem.as_json() for problem in problems]},
        waits_for=None,
    )
    return VisitReceipt("refused", problems=problems, submission_id=submission)


def keep_conflict(submission: int, kind: str, *, kept: UUID) -> VisitReceipt:
    visit = Visit.objects.get(pk=kept)
    conflict, _made = Conflict.objects.get_or_create(
        kept=visit, offered_id=submission, defaults={"kind": kind, "village_id": visit.village_id}
    )
    Submission.objects.filter(pk=submission).update(
        state=SubmissionState.CONFLICT, problem={"kind": kind, "kept": str(kept)}, waits_for=None
    )
    return _in_conflict(conflict, visit)


def first_conflict(submission: int) -> VisitReceipt:
    """The first answer again."""
    conflict = Conflict.objects.select_related("kept").get(offered_id=submission)
    return _in_conflict(conflict, conflict.kept)


def keep_waiting(submission: int, number: UUID) -> VisitReceipt:
    Submission.objects.filter(pk=submission).update(waits_for=number)
    return VisitReceipt("later", submission_id=submission)


def _in_conflict(conflict: Conflict, visit: Visit) -> VisitReceipt:
    return VisitReceipt(
        "conflict",
        visit,
        submission_id=conflict.offered_id,
        conflict_kind=conflict.kind,
        conflict_id=conflict.pk,
    )

"""What is not accepted is kept: refusals with their reasons, conflicts with both bodies."""

from uuid import UUID

from followups.choices import SubmissionState
from followups.models import Conflict, Submission, Visit
from followups.services.visits.receipt import FieldProblem, VisitReceipt


def keep_refusal(submission: int, problems: list[FieldProblem]) -> VisitReceipt:
    Submission.objects.filter(pk=submission).update(
        state=SubmissionState.REFUSED, problem={"problems": [problem.as_json() for problem in problems]}
    )
    return VisitReceipt("refused", problems=problems, submission_id=submission)


def keep_conflict(submission: int, kind: str, *, kept: UUID) -> VisitReceipt:
    visit = Visit.objects.get(pk=kept)
    Conflict.objects.get_or_create(
        kept=visit, offered_id=submission, defaults={"kind": kind, "village_id": visit.village_id}
    )
    Submission.objects.filter(pk=submission).update(
        state=SubmissionState.CONFLICT, problem={"kind": kind, "kept": str(kept)}
    )
    return VisitReceipt("conflict", visit, submission_id=submission, conflict_kind=kind)


def first_conflict(submission: int) -> VisitReceipt:
    """The first answer again."""
    conflict = Conflict.objects.select_related("kept").get(offered_id=submission)
    return VisitReceipt("conflict", conflict.kept, submission_id=submission, conflict_kind=conflict.kind)

"""What is not accepted is kept: refusals with their reasons, conflicts with both bodies."""

from typing import Any
from uuid import UUID

from django.db import transaction

from followups.choices import SubmissionState
from followups.models import Conflict, Submission, Visit
from followups.services.visits.receipt import FieldProblem, VisitReceipt


@transaction.atomic
def keep_refusal(submission: int, problems: list[FieldProblem]) -> VisitReceipt:
    """Of two deliveries of one body judged at the same moment the first verdict is what both are told."""
    row = _locked(submission)
    if row.state in (SubmissionState.ACCEPTED, SubmissionState.CONFLICT):
        return _stands(row)
    _settle(row, SubmissionState.REFUSED, {"problems": [problem.as_json() for problem in problems]})
    return VisitReceipt("refused", problems=problems, submission_id=submission)


@transaction.atomic
def keep_conflict(submission: int, kind: str, *, kept: UUID) -> VisitReceipt:
    """A body that was refused and has been mended under its number stays refused, however often it comes."""
    row = _locked(submission)
    if row.state == SubmissionState.REFUSED and kind == Conflict.Kind.SAME_NUMBER:
        return _first_refusal(row)
    visit = Visit.objects.get(pk=kept)
    conflict, _made = Conflict.objects.get_or_create(
        kept=visit, offered_id=submission, defaults={"kind": kind, "village_id": visit.village_id}
    )
    _settle(row, SubmissionState.CONFLICT, {"kind": kind, "kept": str(kept)})
    return _in_conflict(conflict, visit)


def _locked(submission: int) -> Submission:
    return Submission.objects.select_for_update(no_key=True).get(pk=submission)


def _settle(row: Submission, state: str, problem: dict[str, Any]) -> None:
    Submission.objects.filter(pk=row.pk).update(state=state, problem=problem, waits_for=None)


def _stands(row: Submission) -> VisitReceipt:
    if row.state == SubmissionState.CONFLICT:
        return first_conflict(row.pk)
    return VisitReceipt("repeated", row.visit, submission_id=row.pk)


def _first_refusal(row: Submission) -> VisitReceipt:
    problems = [FieldProblem.from_json(kept) for kept in row.problem["problems"]]
    return VisitReceipt("refused", problems=problems, submission_id=row.pk)


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

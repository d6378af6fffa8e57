"""销号管理: asked for with reason and evidence, decided by somebody else of the health office."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import Sector, User
from core.accounts.permissions import check
from followups.case_choices import GONE, ClosingState, Stage
from followups.models import CaseClosing, MajorCase
from followups.services.cases.assigning import release
from followups.services.cases.steps import locked, take_step
from followups.services.papers import keep_evidence
from followups.states import STATES


def ask_to_close(
    *, case: MajorCase, reason: str, evidence: str, by: User, on: date, file: Any = None
) -> CaseClosing:
    """This will ask for the closing of a case. Before the treatment step only death and leaving are reasons;
    those come from the register by themselves, too."""
    check(by, "work_case")
    if not evidence.strip():
        raise ValidationError({"evidence": _("Write down what shows it: discharge note, re-examination …")})
    with transaction.atomic():
        held = locked(case)
        if reason not in GONE:
            STATES.check_move("case", held.stage, Stage.CLOSED)
        if held.stage == Stage.CLOSED or held.closings.filter(state=ClosingState.PENDING).exists():
            raise ValidationError(_("The closing has been asked for already."))
        closing: CaseClosing = CaseClosing.objects.create(
            case=held, reason=reason, evidence=evidence.strip(), requested_on=on, requested_by=by
        )
        if file:
            keep_evidence(case=held, stage=Stage.CLOSED, file=file, by=by, on=on)
    return closing


def approve_closing(*, closing: CaseClosing, by: User, on: date) -> CaseClosing:
    """This will close the case, and release its doctors where the person has no other one open."""
    with transaction.atomic():
        held = _pending(closing, by, on)
        _decide(held, state=ClosingState.APPROVED, by=by, on=on)
        case = locked(held.case)
        evidence = f"{held.get_reason_display()} · {held.evidence}"
        take_step(case=case, stage=Stage.CLOSED, evidence=evidence, by=by, on=on)
        release(person_id=case.person_id, on=on)
    return held


def return_closing(*, closing: CaseClosing, note: str, by: User, on: date) -> CaseClosing:
    """This will give the case back with the reason why it is not closed."""
    if not note.strip():
        raise ValidationError({"note": _("Write down why the closing is returned.")})
    with transaction.atomic():
        held = _pending(closing, by, on)
        _decide(held, state=ClosingState.RETURNED, by=by, on=on, note=note.strip())
    return held


def may_decide(closing: CaseClosing, user: User) -> bool:
    """Township or county health staff, and not whoever asked."""
    return user.sector == Sector.HEALTH and closing.requested_by_id != user.pk


def _pending(closing: CaseClosing, by: User, on: date) -> CaseClosing:
    check(by, "approve_closing")
    locked(closing.case)
    held: CaseClosing = CaseClosing.objects.select_for_update(of=("self",)).get(pk=closing.pk)
    if not may_decide(held, by):
        raise PermissionDenied("approve_closing")
    if held.state != ClosingState.PENDING:
        raise ValidationError(_("This closing has been decided already."))
    if on < held.requested_on:
        raise ValidationError(_("The register dates the departure later. Decide from that day on."))
    return held


def _decide(closing: CaseClosing, *, state: str, by: User, on: date, note: str = "") -> None:
    closing.state, closing.decided_by, closing.decided_on, closing.note = state, by, on, note
    closing.save(update_fields=["state", "decided_by", "decided_on", "note"])

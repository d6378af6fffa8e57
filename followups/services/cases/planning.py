"""制定方案: the joint plan, its versions, and the three who sign each for himself."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.accounts.permissions import check
from core.clinics.models import Institution
from followups.case_choices import CareLevel, Stage
from followups.models import CarePlan, CaseAssignment, MajorCase, PlanSignature
from followups.services.cases.steps import locked, take_step
from followups.services.papers import keep_evidence


def write_plan(
    *,
    case: MajorCase,
    goals: str,
    treatment: str,
    hospital: Institution,
    visits: str,
    by: User,
    on: date,
    medicines: str = "",
    cost: Decimal | None = None,
    payers: str = "",
    change_reason: str = "",
    file: Any = None,
) -> CarePlan:
    """This will write the plan's next version; all three sign it anew, and until then the one in force stays.

    :raises ValidationError: before the doctors are named, after closing, or for a change without a reason.
    """
    check(by, "work_case")
    with transaction.atomic():
        held = locked(case)
        _check_stage(held)
        version = (held.plans.aggregate(n=Max("version"))["n"] or 0) + 1
        if version > 1 and not change_reason.strip():
            raise ValidationError({"change_reason": _("Write down what is changed and why.")})
        plan: CarePlan = CarePlan.objects.create(
            case=held,
            version=version,
            goals=goals,
            treatment=treatment,
            hospital=hospital,
            visits=visits,
            medicines=medicines,
            cost=cost,
            payers=payers,
            change_reason=change_reason.strip() if version > 1 else "",
            made_by=by,
            made_on=on,
        )
        if file:
            keep_evidence(case=held, stage=Stage.PLANNED, file=file, by=by, on=on)
    return plan


def sign_plan(*, plan: CarePlan, by: User, on: date) -> CarePlan:
    """This will sign the newest version for the doctor who acts, at his level, once. The third signature
    brings it into force and moves the case to "planned"."""
    check(by, "sign_plan")
    with transaction.atomic():
        case = locked(plan.case)
        held: CarePlan = CarePlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
        if case.stage == Stage.CLOSED or held.version != case.plans.aggregate(n=Max("version"))["n"]:
            raise ValidationError(_("Only the newest version of the plan can be signed. Read it first."))
        seat = seat_of(case, by, on)
        if seat is None:
            raise PermissionDenied("sign_plan")
        if not held.signatures.filter(signer=by).exists():
            _sign(held, case, seat, by=by, on=on)
        held.refresh_from_db()
    return held


def seat_of(case: MajorCase, user: User, on: date) -> CaseAssignment | None:
    """The place among the person's three doctors that the user holds on a day."""
    found: CaseAssignment | None = (
        CaseAssignment.objects.filter(person_id=case.person_id, practitioner__user=user, period__contains=on)
        .order_by("level")
        .first()
    )
    return found


def _sign(plan: CarePlan, case: MajorCase, seat: CaseAssignment, *, by: User, on: date) -> None:
    if plan.signatures.filter(level=seat.level).exists():
        raise ValidationError(_("The doctor who was named before you has signed this version already."))
    PlanSignature.objects.create(
        plan=plan, level=seat.level, practitioner_id=seat.practitioner_id, signer=by, signed_on=on
    )
    if plan.signatures.count() == len(CareLevel) and case.stage == Stage.ASSIGNED:
        signers = "、".join(plan.signatures.order_by("id").values_list("practitioner__name", flat=True))
        words = _("Plan, version %(version)s, signed by %(signers)s")
        take_step(
            case=case,
            stage=Stage.PLANNED,
            evidence=words % {"version": plan.version, "signers": signers},
            by=by,
            on=on,
        )


def _check_stage(case: MajorCase) -> None:
    if case.stage == Stage.CLOSED:
        raise ValidationError(_("This case is closed."))
    if case.stage == Stage.REGISTERED:
        raise ValidationError(_("First name the three doctors: they make the plan together."))

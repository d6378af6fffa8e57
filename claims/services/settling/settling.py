"""Settling, correcting and taking back a bill: each one transaction under the lock of the year."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from claims.choices import AdmissionState, SettlementKind
from claims.models import Admission, Settlement
from claims.queries.facts.situation import Situation, read_situation
from claims.services.admissions.billing import (
    ItemWanted,
    Reported,
    keep_lines,
    keep_reported,
    sound_lines,
    sound_reported,
)
from claims.services.problems import ClaimRefused, refuse
from claims.services.settling.holding import holding_year
from claims.services.settling.planning import Plan, plan_of
from claims.services.settling.previewing import check_ready, check_seen, day_problems, preview_of
from claims.services.settling.writing import write_plan
from claims.services.warnings.raising import raise_warnings
from core.accounts.models import User
from core.accounts.permissions import check

_SETTLED = (AdmissionState.SETTLED, AdmissionState.CLOSED)


def settle(*, admission: Admission, by: User, on: date, expected: str | None = None) -> Settlement:
    """This will settle a stay's bill once: a line for each payer, what funds pay, the patient's share.

    Later bills of the year that rest on it are settled again in the same transaction. A settled stay gives
    the settlement that stands. `expected` is that of the preview which somebody saw, None where nobody did.

    :raises ClaimRefused: where it cannot be settled yet, with what to do first.
    :raises YearMoved: where the amounts are no longer those of the preview; nothing is written.
    """
    check(by, "settle_bills")

    def act(situation: Situation) -> Settlement:
        if situation.standing and situation.stay["state"] in _SETTLED:
            return _settlement(situation.standing.settlement)
        check_ready(situation, on=on)
        plan = plan_of(situation, SettlementKind.SETTLED)
        if expected is not None:
            check_seen(expected, preview_of(situation, plan))
        return _written(situation, plan, "", by, on)

    return holding_year(admission, on=on, act=act)


def reverse(*, settlement: Settlement, reason: str, by: User, on: date) -> Settlement:
    """This will take a settlement back whole; the stay is open again and can be settled anew.

    Gives the reversal. Funds get back what they paid; later bills are settled again where they rest on it.

    :raises ClaimRefused: without a reason, where it stands no more, or in a closed month.
    """
    check(by, "settle_bills")
    _check_reason(reason)

    def act(situation: Situation) -> Settlement:
        _check_standing(situation, settlement, on)
        return _written(situation, plan_of(situation, SettlementKind.REVERSED), reason.strip(), by, on)

    return holding_year(settlement.admission, on=on, act=act)


def correct(
    *,
    settlement: Settlement,
    lines: Sequence[ItemWanted] | None,
    reason: str,
    by: User,
    on: date,
    typed_total: Decimal | None = None,
    reported: Reported | None = None,
) -> Settlement:
    """This will take a settlement back and settle the stay again with other lines, in one step.

    Everything is looked at afresh: the policy, identities, enrolments. `lines` None keeps the bill as it is,
    `reported` None what outside payers said.
    Gives the corrected settlement.

    :raises ClaimRefused: without a reason, with the problems of `write_bill`, where it stands no more.
    """
    check(by, "settle_bills")
    _check_reason(reason)
    amounts = sound_lines(lines, typed_total) if lines is not None else None
    told = sound_reported(reported or {})

    def act(situation: Situation) -> Settlement:
        _check_standing(situation, settlement, on)
        if lines is not None or reported is not None:
            Admission.objects.filter(pk=situation.admission).update(state=AdmissionState.DISCHARGED)
            if lines is not None and amounts is not None:
                keep_lines(situation.admission, lines, amounts)
            if reported is not None:
                keep_reported(situation.admission, told)
            situation = read_situation(situation.admission, on=on, locking=True)
        if situation.in_force is None:
            raise refuse("", "no_policy", day=situation.facts.discharged_on)
        if situation.in_force.policy.is_divided(situation.facts):
            days = {"from_day": situation.facts.admitted_on, "to_day": situation.facts.discharged_on}
            raise refuse("", "divide_first", **days)
        return _written(situation, plan_of(situation, SettlementKind.CORRECTED), reason.strip(), by, on)

    return holding_year(settlement.admission, on=on, act=act)


def _written(situation: Situation, plan: Plan, reason: str, by: User, on: date) -> Settlement:
    settlement = _settlement(write_plan(situation=situation, plan=plan, reason=reason[:200], by=by, on=on))
    raise_warnings(settlement=settlement, on=on, by=by)
    return settlement


def _settlement(pk: int) -> Settlement:
    found: Settlement = Settlement.objects.get(pk=pk)
    return found


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise refuse("reason", "reason_needed")


def _check_standing(situation: Situation, settlement: Settlement, on: date) -> None:
    standing = situation.standing
    if standing is None or standing.settlement != settlement.pk:
        raise refuse("", "not_standing")
    problems = list(day_problems(situation, on))
    if problems:
        raise ClaimRefused(problems)

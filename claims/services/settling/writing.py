"""Writes a plan: settlements, lines, fund entries, states, all in two statements."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from psycopg.types.json import Jsonb

from claims.choices import AdmissionState, SettlementKind
from claims.queries.facts.situation import Situation
from claims.services.numbers import number_prefix
from claims.services.settling.planning import Plan, Revision
from claims.sql import statement
from core.accounts.models import User
from core.base.ids import uuid7
from core.base.sql import bigints, prepared, rows

BECAUSE = "同年度另一笔账单有变动，累计额随之变化，重新结算"


def write_plan(*, situation: Situation, plan: Plan, reason: str, by: User, on: date) -> int:
    """This will write every revision of a plan and give the id of the stay's own new one, or of its reversal.

    The caller holds the year's lock.
    """
    ours = [revision for revision in plan.revisions if not revision.is_adjustment]
    values = {
        "rows": Jsonb(list(_rows(plan.revisions, cause=len(ours) - 1, reason=reason))),
        "county": situation.stay["county"],
        "prefix": number_prefix(situation.county_code, on),
        "on": on,
        "by": by.pk,
        "admission": situation.admission,
        "state": AdmissionState.SETTLED if plan.decision else AdmissionState.DISCHARGED,
        "main": len(ours) - 1,
    }
    written = int(rows(statement("write_settlements"), values)[0][0])
    moved = sorted(_opened_or_closed(plan))
    if moved:
        prepared(statement("follow_money"), {"admissions": bigints(moved)})
    return written


def _opened_or_closed(plan: Plan) -> set[int]:
    """The stays that are paid in full with their new share, or no longer are; ours was just settled."""
    found = set()
    for revision in plan.revisions:
        bill = revision.bill
        was_closed = revision.is_adjustment and bill.row["state"] == AdmissionState.CLOSED
        is_paid = Decimal(bill.row["received"]) == bill.outcome.patient
        if revision.decision and is_paid != was_closed:
            found.add(bill.admission)
    return found


def _rows(revisions: Sequence[Revision], *, cause: int, reason: str) -> Iterator[dict[str, Any]]:
    for place, revision in enumerate(revisions):
        moved = revision.is_adjustment
        said = (BECAUSE if moved else reason) if revision.kind != SettlementKind.SETTLED else ""
        yield {
            "place": place,
            "because_of": cause if moved else None,
            "reason": said,
            **_record(revision),
            **_amounts(revision),
            "lines": list(_lines(revision)),
        }


def _record(revision: Revision) -> dict[str, Any]:
    bill, decision, facts = revision.bill, revision.decision, revision.facts
    return {
        "uuid": str(uuid7()),
        "kind": revision.kind,
        "admission": bill.admission,
        "person": bill.person,
        "household": bill.household,
        "institution": bill.row["institution"],
        "is_sensitive": bill.row["is_sensitive"],
        "number": revision.number,
        "revision": revision.revision,
        "year": bill.year,
        "level": bill.level,
        "policy": revision.in_force.version,
        "sha256": revision.in_force.sha256,
        "facts": facts.as_json() if facts else {},
        "decision": decision.as_json() if decision else {},
        "reverses": revision.takes_back,
    }


def _amounts(revision: Revision) -> dict[str, str]:
    outcome, sign = revision.bill.outcome, _sign(revision)
    return {
        "total": str(outcome.total * sign),
        "compliant": str(outcome.compliant * sign),
        "discount": str(outcome.discount * sign),
        "paid": str(outcome.paid * sign),
        "patient": str(outcome.patient * sign),
        "compliant_patient": str(outcome.compliant_patient * sign),
    }


def _lines(revision: Revision) -> Iterator[dict[str, Any]]:
    sign = _sign(revision)
    clauses = {line.layer: line.clause for line in revision.decision.lines} if revision.decision else {}
    for position, share in enumerate(revision.bill.outcome.shares, 1):
        yield {
            "position": position,
            "layer": share.layer,
            "payer": share.payer,
            "amount": str(share.amount * sign),
            "base": str(share.base * sign),
            "deductible": str(share.deductible * sign),
            "clause": clauses.get(share.layer, "")[:200],
        }


def _sign(revision: Revision) -> Decimal:
    return Decimal(-1 if revision.takes_back else 1)

"""Money for tests: documents and rules, stays with their bills, settlements with lines, funds, payables."""

import hashlib
import uuid
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from claims.models import (
    Admission,
    BillItem,
    Fund,
    FundEntry,
    PolicyDocument,
    PolicyVersion,
    Receipt,
    Settlement,
    SettlementLine,
)
from claims.policy.decision import Decision
from claims.policy.engine import assess
from claims.policy.facts import BillLine, Facts
from claims.policy.reading import read_policy
from core.accounts.models import Area, User
from core.clinics.models import Institution
from households.models import Person
from tests.factories.ground import an_institution
from tests.factories.policies import county_head

_numbers = count(1)
SETTLED_ON = date(2026, 3, 10)
POLICY_TEXT = (
    county_head("small", "小政策", "A small policy", {"basic": "basic", "fund": "backstop"})
    + """
[[layers]]
code = "basic"
payer = "basic"
kind = "rate"
label = { zh = "基本医保", en = "basic insurance" }
clause = "第一条"
base = "compliant"
rate = 0.70

[[layers]]
code = "backstop"
payer = "fund"
kind = "topup"
label = { zh = "政府兜底", en = "government backstop" }
clause = "第二条"
target = 0.90
of = "total"
"""
)


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def a_hospital_at(area: Area, kind: str = Institution.Kind.COUNTY_HOSPITAL, **more: Any) -> Institution:
    return an_institution(area, kind, name=more.pop("name", f"县医院{next(_numbers)}"), **more)


def a_policy_document(county: Area, **more: Any) -> PolicyDocument:
    fields = {
        "number": f"岳卫发〔2019〕{next(_numbers)}号",
        "title": "健康扶贫住院综合保障办法",
        "issuer": "岳塘区卫生健康局",
        "issued_on": date(2018, 12, 1),
        "valid_from": date(2019, 1, 1),
    }
    return PolicyDocument.objects.create(county=county, **{**fields, **more})


def a_draft_policy(county: Area, drafted_by: User, *, text: str = POLICY_TEXT, **more: Any) -> PolicyVersion:
    fields = {"code": "small", "number": next(_numbers), "period": DateRange(date(2019, 1, 1), None)}
    fields |= {"text": text, "sha256": sha256_of(text), "drafted_by": drafted_by}
    return PolicyVersion.objects.create(county=county, **{**fields, **more})


def an_approved_policy(county: Area, drafted_by: User, approver: User, **more: Any) -> PolicyVersion:
    """In force in the county from 2019 on, unless told otherwise."""
    approved: dict[str, Any] = {"state": "approved", "approved_on": date(2018, 12, 20)}
    return a_draft_policy(county, drafted_by, **{**approved, "approved_by": approver, **more})


def an_admission(person: Person, institution: Institution, by: User, **more: Any) -> Admission:
    """A stay from 1 to 9 March 2026, discharged, not settled."""
    fields = {
        "household": person.household,
        "hospital_no": f"ZY{next(_numbers):06d}",
        "level": "county",
        "admitted_on": date(2026, 3, 1),
        "discharged_on": date(2026, 3, 9),
        "diagnosis": "肺炎",
        "state": "discharged",
    }
    return Admission.objects.create(
        person=person, institution=institution, admitted_by=by, **{**fields, **more}
    )


def a_bill_item(admission: Admission, amount: Any = "1000.00", **more: Any) -> BillItem:
    fields = {"position": next(_numbers) % 30_000, "category": "western_drug", "item_class": "A"}
    return BillItem.objects.create(admission=admission, amount=Decimal(amount), **{**fields, **more})


@transaction.atomic
def a_settlement(
    admission: Admission,
    policy: PolicyVersion,
    by: User,
    *,
    total: Any = "1000.00",
    lines: Mapping[str, Any] | None = None,
    **more: Any,
) -> Settlement:
    """`lines` is yuan by payer (by default basic 700.00 and fund 200.00); the rest is the patient's."""
    shares = {payer: Decimal(amount) for payer, amount in (lines or {"basic": 700, "fund": 200}).items()}
    whole, paid = Decimal(total), sum(shares.values(), Decimal(0))
    fields = {
        "number": f"4303042026{next(_numbers):05d}",
        "revision": 1,
        "kind": "settled",
        "household": admission.household,
        "institution": admission.institution,
        "year": 2026,
        "level": admission.level,
        "policy_sha256": policy.sha256,
        "facts": {},
        "decision": {},
        "compliant": whole,
        "patient": whole - paid - Decimal(more.get("discount", 0)),
        "compliant_patient": whole - paid,
        "settled_on": SETTLED_ON,
    }
    settlement = Settlement.objects.create(
        **{
            **{"admission": admission, "person": admission.person, "policy": policy, "settled_by": by},
            **{"total": whole, "paid": paid},
            **fields,
            **more,
        }
    )
    for position, (payer, amount) in enumerate(shares.items(), 1):
        a_line(settlement, payer, amount, position=position)
    return settlement


def a_decision(person: Person, amount: Any = "1000.00") -> Decision:
    """What POLICY_TEXT gives for a stay of one class A line."""
    facts = Facts(
        care="inpatient",
        level="county",
        admitted_on=date(2026, 3, 1),
        discharged_on=date(2026, 3, 9),
        birth_date=person.birth_date,
        lines=(BillLine("western_drug", "A", Decimal(amount)),),
    )
    return assess(read_policy(POLICY_TEXT), facts)


def a_line(settlement: Settlement, payer: str, amount: Any, **more: Any) -> SettlementLine:
    fields = {"position": 1, "layer": payer, "clause": "第一条"}
    return SettlementLine.objects.create(
        settlement=settlement, payer=payer, amount=Decimal(amount), **{**fields, **more}
    )


def a_reversal(settlement: Settlement, by: User, **more: Any) -> Settlement:
    """The mirror of a settlement: every amount with its sign turned."""
    lines = {line.payer: -line.amount for line in settlement.lines.order_by("position")}
    fields = {
        "number": settlement.number,
        "revision": settlement.revision + 1,
        "kind": "reversed",
        "total": -settlement.total,
        "compliant": -settlement.compliant,
        "compliant_patient": -settlement.compliant_patient,
        "reverses": settlement,
        "reason": "录错金额",
        "lines": lines or {"basic": 0},
    }
    return a_settlement(settlement.admission, settlement.policy, by, **{**fields, **more})


def a_receipt(admission: Admission, by: User, amount: Any = "100.00", **more: Any) -> Receipt:
    fields = {"uuid": uuid.uuid4(), "number": f"SJ{next(_numbers):06d}", "received_on": SETTLED_ON}
    return Receipt.objects.create(
        admission=admission, received_by=by, amount=Decimal(amount), **{**fields, **more}
    )


def a_fund(county: Area, by: User, *, holds: Any = "10000000.00", **more: Any) -> Fund:
    """The backstop fund of 2026 with ten million in it (DOMAIN A85); `holds=0` leaves it empty."""
    fields = {
        "code": f"fund{next(_numbers)}",
        "name_zh": "健康扶贫医疗救助基金",
        "name_en": "Health poverty medical aid fund",
        "payer": "fund",
        "year": 2026,
    }
    fund = Fund.objects.create(county=county, **{**fields, **more})
    if Decimal(holds):
        an_entry(fund, by, holds)
    fund.refresh_from_db()
    return fund


def an_entry(fund: Fund, by: User, amount: Any, **more: Any) -> FundEntry:
    fields = {"kind": "opening", "entered_on": date(2026, 1, 1)}
    return FundEntry.objects.create(fund=fund, amount=Decimal(amount), entered_by=by, **{**fields, **more})


def a_settled_stay(
    person: Person, institution: Institution, policy: PolicyVersion, by: User, **more: Any
) -> Settlement:
    """A stay with one item of the settlement's total, settled; `more` goes to the settlement."""
    stay = an_admission(person, institution, by, care=more.pop("care", "outpatient"))
    a_bill_item(stay, more.get("total", "1000.00"))
    settlement = a_settlement(stay, policy, by, **more)
    Admission.objects.filter(pk=stay.pk).update(state="settled")
    return settlement

"""Repayments at the year's end: a rule as text, and a batch with one person in it."""

from datetime import date
from typing import Any

from claims.models import PolicyVersion, YearEndBatch, YearEndTopUp
from core.accounts.models import User
from households.models import Person

REPAID = """
[[year_end]]
code = "repaid"
payer = "fund"
label = { zh = "年终返还", en = "repayment" }
clause = "自付超过一成的部分年终返还"
share = 0.10
when = { identity = ["subsistence"] }
"""
ON = date(2025, 1, 10)


def a_year_end(policy: PolicyVersion, person: Person, by: User, **more: Any) -> YearEndBatch:
    """Of 2024: 2,000 yuan in the range, 250 borne, 50 paid back."""
    fields = {"year": 2024, "rule": "repaid", "payer": "fund", "persons": 1, "amount": 50, "made_on": ON}
    batch = YearEndBatch.objects.create(county=policy.county, policy=policy, made_by=by, **{**fields, **more})
    YearEndTopUp.objects.create(
        batch=batch,
        person=person,
        household=person.household,
        bills=2,
        whole=2000,
        own=250,
        kept=200,
        amount=50,
    )
    return batch

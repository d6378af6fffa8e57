"""A window for tests: a county with a policy in force, an insured family, and bills of one line."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from claims.models import Admission, PolicyVersion, Settlement
from claims.services.admissions import AdmissionWanted, ItemWanted, admit, write_bill
from claims.services.settling import settle
from core.accounts.models import User
from core.clinics.models import Institution
from households.models import Household, Identity, Person
from tests.factories.claims import a_hospital_at, an_approved_policy
from tests.factories.facts import an_enrolment_of
from tests.factories.ground import Cast, County
from tests.factories.policies import county_head
from tests.factories.registry import a_household, a_person

ON = date(2026, 11, 20)
HEAD = county_head(
    "window",
    "窗口政策",
    "A policy for the window",
    {payer: payer for payer in ("basic", "critical", "commercial", "fund")},
)
BASIC = """
[[layers]]
code = "basic"
payer = "basic"
kind = "rate"
label = { zh = "基本医保", en = "basic insurance" }
clause = "第一条"
base = "compliant"
deductible = 700
deductible_period = "year"
rate = 0.70
ceiling_year = 15000
"""
CRITICAL = """
[[layers]]
code = "critical"
payer = "critical"
kind = "rate"
label = { zh = "大病保险", en = "critical-illness insurance" }
clause = "第二条"
base = "cumulated_compliant_self_pay"
deductible = 5000
rate = 0.60
"""
COMMERCIAL = """
[[layers]]
code = "commercial"
payer = "commercial"
kind = "rate"
per = "household"
label = { zh = "商业补充保险", en = "supplementary insurance" }
clause = "第三条"
base = "remaining_compliant"
rate = 0.50
ceiling_year = 2000
"""
FUND = """
[[layers]]
code = "fund"
payer = "fund"
kind = "rate"
label = { zh = "救助基金", en = "medical aid fund" }
clause = "第四条"
base = "remaining_compliant"
rate = 0.80
[layers.when]
cause = ["illness"]
"""
DEDUCTIBLE_CROSSES_VISITS = HEAD + BASIC
EVERYTHING = HEAD + BASIC + CRITICAL + COMMERCIAL + FUND


@dataclass
class Window:
    """A family of two, both insured, poor through illness; the hospital, the clerk, the policy."""

    clerk: User
    hospital: Institution
    home: Household
    person: Person
    spouse: Person
    policy: PolicyVersion
    county: County

    def stay(self, last_day: date, *amounts: Any, person: Person | None = None, **more: Any) -> Admission:
        """An outpatient visit with one line for each amount, or for each ItemWanted."""
        admission = self.come(last_day, person=person, **more)
        write_bill(
            admission=admission, lines=[line(one) for one in amounts], typed_total=None, by=self.clerk, on=ON
        )
        return admission

    def come(self, last_day: date, *, person: Person | None = None, **more: Any) -> Admission:
        fields: dict[str, Any] = {"care": "chronic_outpatient", "diagnosis": "高血压"}
        wanted = AdmissionWanted(institution=self.hospital, admitted_on=last_day, **{**fields, **more})
        return admit(person=person or self.person, wanted=wanted, by=self.clerk, on=ON)

    def settled(self, last_day: date, *amounts: Any, on: date = ON, **more: Any) -> Settlement:
        return settle(admission=self.stay(last_day, *amounts, **more), by=self.clerk, on=on)


def line(one: Any) -> ItemWanted:
    if isinstance(one, ItemWanted):
        return one
    return ItemWanted(category="western_drug", item_class="A", amount=Decimal(one))


def a_window(county: County, cast: Cast, text: str = EVERYTHING) -> Window:
    home = a_household(county.lianhe, main_cause="illness", registered_on=date(2014, 1, 1))
    person, spouse = a_person(home), a_person(home, name="李秀英", relation="10")
    for one in (person, spouse):
        for year in (2025, 2026):
            an_enrolment_of(one, year)
    policy = an_approved_policy(county.county, cast.county, cast.administrator, text=text)
    hospital = a_hospital_at(county.county, is_designated=True)
    return Window(cast.clerk, hospital, home, person, spouse, policy, county)


def an_identity(person: Person, kind: str, first: date, past: date | None = None) -> Identity:
    return Identity.objects.create(person=person, kind=kind, period=DateRange(first, past))

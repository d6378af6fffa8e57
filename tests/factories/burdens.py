"""Households and what they bear of their bills, for tests of early warning."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from claims.models import BurdenWarning, ConsumptionSurvey, ReferenceValue, RuleSetInForce, Settlement
from core.accounts.models import Area, User
from households.models import Household, Person
from tests.factories.claims import a_hospital_at, a_settled_stay, an_approved_policy
from tests.factories.ground import Cast, County

ON = date(2026, 9, 15)


class Bills:
    """A county whose rules are in force, and a hospital that settles: `bears` writes one bill."""

    def __init__(
        self, county: County, cast: Cast, *, rules: str = "xian_2025", target: str | None = None
    ) -> None:
        self.county, self.cast = county, cast
        self.hospital = a_hospital_at(county.county)
        self.policy = an_approved_policy(county.county, cast.clerk, cast.county, target=target)
        if rules:
            put_in_force(county.county, rules, cast.county)

    def bears(self, person: Person, patient: Any, *, settled_on: date = ON, **more: Any) -> Settlement:
        """A settled bill of which the patient bears `patient` yuan, all of it compliant unless told otherwise."""
        whole = Decimal(more.pop("total", Decimal(patient) * 10))
        fields: dict[str, Any] = {
            "total": whole,
            "lines": {"basic": whole - Decimal(patient)},
            "compliant_patient": patient,
            "settled_on": settled_on,
            "year": settled_on.year,
        }
        bill = a_settled_stay(person, self.hospital, self.policy, self.cast.clerk, **{**fields, **more})
        bill.refresh_from_db()
        return bill


def put_in_force(county: Area, code: str, by: User) -> RuleSetInForce:
    return RuleSetInForce.objects.create(
        county=county, code=code, period=DateRange(date(2020, 1, 1), None), chosen_by=by
    )


def a_reference(area: Area, code: str, year: int, amount: Any) -> ReferenceValue:
    return ReferenceValue.objects.create(
        area=area, code=code, year=year, amount=Decimal(amount), source="统计公报"
    )


def a_survey(household: Household, by: User, **more: Any) -> ConsumptionSurvey:
    """20,000 yuan spent in 2026, 8,000 of it on food, four at the table."""
    fields = {"year": 2026, "spent": 20_000, "food": 8_000, "size": 4, "surveyed_on": ON}
    return ConsumptionSurvey.objects.create(household=household, surveyed_by=by, **{**fields, **more})


def a_warning(household: Household, **more: Any) -> BurdenWarning:
    """12,000 yuan against a line of 10,000, to be verified at home within a fortnight."""
    fields = {
        "rule": "qixian_household",
        "edition": "2023",
        "year": 2026,
        "burden": 12_000,
        "threshold": 10_000,
        "raised_on": ON,
        "due_on": ON + timedelta(days=14),
        "grounds": {"base": "total", "window": "calendar_year", "is_expected": False, "bills": 2},
    }
    warning = BurdenWarning.objects.create(household=household, **{**fields, **more})
    warning.refresh_from_db()
    return warning

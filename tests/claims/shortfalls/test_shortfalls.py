"""Which bills stay under ninety per cent, how many yuan are short, and why."""

from datetime import date
from decimal import Decimal

import pytest

from claims.policy.engine import assess
from claims.policy.facts import Span
from claims.queries.bills import bills as listed_bills
from claims.queries.shortfalls import By, Narrowing, groups, short_bills, standing
from claims.services.policies import start_draft
from claims.warnings.shortfalls import shortfalls
from core.accounts.models import Sector
from tests.factories.burdens import Bills
from tests.factories.claims import POLICY_TEXT
from tests.factories.ground import a_user
from tests.factories.policies import facts, layer, line, policy_of
from tests.factories.registry import a_household, a_person

YEAR = Narrowing(date(2026, 1, 1), date(2026, 12, 31))
BASIC = layer("basic", "rate", 'base = "compliant"\nrate = 0.5\n[layers.when]\nenrolled = ["basic"]', "basic")
COUNTY = layer(
    "backstop",
    "topup",
    'target = 0.90\nof = "total"\n[layers.when]\nin_county = true\nidentity = ["registered"]',
)
ENROLLED = (Span("basic", date(2015, 1, 1)),)


@pytest.fixture
def bills(county, cast) -> Bills:
    return Bills(county, cast, rules="")


@pytest.fixture
def person(county):
    return a_person(a_household(county.lianhe))


def decided(*lines, layers=(BASIC, COUNTY), **given):
    """The decision of a real policy, as fields of a settlement."""
    decision = assess(policy_of(*layers), facts(*lines, **given))
    return {
        "decision": decision.as_json(),
        "total": decision.total,
        "compliant": decision.compliant,
        "compliant_patient": decision.patient_compliant,
        "patient": decision.patient,
    }


def causes_of(cast, narrowing=YEAR):
    return [(str(bill.short), bill.causes) for bill in short_bills(cast.county, narrowing, limit=50)]


def test_exactly_ninety_per_cent_is_no_shortfall(bills, person, cast):
    bills.bears(person, "454.92", total="4549.20")
    assert causes_of(cast) == []
    assert standing(cast.county, YEAR).reached == 1


def test_one_fen_less_is_one_fen_short(bills, person, cast):
    bills.bears(person, "454.93", total="4549.20")
    assert causes_of(cast) == [("0.01", ["rates"])]


def test_the_ratio_is_of_what_was_to_be_paid_after_a_price_reduction(bills, person, cast):
    bills.bears(person, "100", total="1200", discount="200", lines={"basic": "900"})
    assert causes_of(cast) == []


def test_both_figures_stand_side_by_side(bills, person, cast):
    bills.bears(person, "100", total="1000")
    bills.bears(person, "5000", total="9000", compliant_patient="1000")
    told = standing(cast.county, YEAR)
    assert (told.bills, told.reached, told.short_bills) == (2, 1, 1)
    assert (told.cost, told.paid, told.short) == (Decimal(10000), Decimal(4900), Decimal("4100.00"))
    assert (told.compliant, told.compliant_paid) == (Decimal(10000), Decimal(8900))


def test_a_bill_of_somebody_not_enrolled_says_so(bills, person, cast):
    bills.bears(person, **decided(line("1000"), in_county=False))
    assert causes_of(cast) == [("900.00", ["not_enrolled", "out_of_county"])]


def test_what_lies_outside_of_the_catalogue_is_a_cause(bills, person, cast):
    given = decided(line("600"), line("400", cls="C"), layers=(BASIC,), enrolments=ENROLLED)
    bills.bears(person, **given)
    assert causes_of(cast) == [("600.00", ["out_of_catalogue"])]


def test_a_ceiling_that_cut_is_a_cause_even_where_the_layer_paid(bills, person, cast):
    capped = layer("basic", "rate", 'base = "compliant"\nrate = 0.95\nceiling_visit = 100', "basic")
    bills.bears(person, **decided(line("1000"), layers=(capped,)))
    assert causes_of(cast) == [("800.00", ["ceiling"])]


def test_a_condition_that_failed_in_a_layer_that_applied_is_none(bills, person, cast):
    either = layer(
        "basic",
        "rate",
        'base = "compliant"\nrate = 0.5\n[layers.when]\nany = [{ in_county = false }, { identity = ["registered"] }]',
        "basic",
    )
    bills.bears(person, **decided(line("1000"), layers=(either,)))
    assert causes_of(cast) == [("400.00", ["rates"])]


def test_a_layer_for_another_kind_of_care_is_no_cause(bills, person, cast):
    outpatient = layer(
        "outpatient",
        "rate",
        'base = "compliant"\nrate = 1\n[layers.when]\ncare = ["outpatient"]\nenrolled = ["basic"]',
        "civil",
    )
    given = decided(line("1000"), layers=(BASIC, outpatient), enrolments=ENROLLED)
    bills.bears(person, **given)
    assert causes_of(cast) == [("400.00", ["rates"])]


def test_a_bill_that_nobody_pays_of_is_not_covered(bills, person, cast):
    bills.bears(person, "100", total="100")
    assert causes_of(cast) == [("90.00", ["not_covered"])]


def test_sums_by_cause_village_hospital_and_month_agree(bills, person, county, cast):
    other = a_person(a_household(county.qingshui))
    bills.bears(person, **decided(line("1000"), in_county=False))
    bills.bears(other, "300", total="1000", settled_on=date(2026, 8, 1))
    by = {
        by: [(group.key, group.bills, group.short) for group in groups(cast.county, YEAR, by=by)] for by in By
    }
    assert by[By.CAUSE] == [("not_enrolled", 1, Decimal("900.00")), ("rates", 1, Decimal("200.00"))]
    assert by[By.VILLAGE] == [
        (str(person.village_id), 1, Decimal("900.00")),
        (str(other.village_id), 1, Decimal("200.00")),
    ]
    assert by[By.HOSPITAL] == [(str(bills.hospital.pk), 2, Decimal("1100.00"))]
    assert by[By.MONTH] == [("2026-09", 1, Decimal("900.00")), ("2026-08", 1, Decimal("200.00"))]


@pytest.mark.parametrize(
    ("more", "count"),
    [({"cause": "rates"}, 1), ({"who": "township"}, 1), ({"who": "clerk"}, 0), ({"month": "2026-08"}, 1)],
)
def test_a_list_is_narrowed(bills, person, cast, more, count):
    bills.bears(person, **decided(line("1000"), in_county=False))
    bills.bears(person, "300", total="1000", settled_on=date(2026, 8, 1))
    assert len(causes_of(cast, Narrowing(YEAR.from_on, YEAR.to_on, **more))) == count


def test_bills_of_other_areas_and_confidential_ones_stay_hidden(bills, person, county, cast):
    bills.bears(person, "300", total="1000")
    bills.bears(person, "400", total="1000", is_sensitive=True)
    outsider = a_user("county_staff", county.other_county)
    administration = a_user("county_staff", county.county, sector=Sector.ADMINISTRATION)
    assert standing(cast.county, YEAR).short_bills == 2
    assert standing(administration, YEAR).short_bills == 1
    assert len(short_bills(administration, YEAR, limit=9)) == 1
    assert standing(outsider, YEAR).bills == 0


def test_a_list_within_one_village(bills, person, county, cast):
    bills.bears(person, "300", total="1000")
    bills.bears(a_person(a_household(county.qingshui)), "300", total="1000")
    for area, count in ((county.lianhe, 1), (county.dongping, 1), (county.county, 2)):
        assert len(causes_of(cast, Narrowing(YEAR.from_on, YEAR.to_on, area=area))) == count


def test_every_cause_has_its_words_and_somebody_who_acts():
    for cause in shortfalls().causes.values():
        assert cause.label.zh and cause.label.en and cause.act.zh and cause.act.en and cause.who


class TestTargetOfTheRules:
    @pytest.fixture
    def bills(self, county, cast) -> Bills:
        return Bills(county, cast, rules="", target="0.8")

    def test_a_bill_is_measured_by_the_target_of_its_own_rules(self, bills, person, cast):
        bills.bears(person, "200", total="1000")
        bills.bears(person, "250", total="1000")
        assert causes_of(cast) == [("50.00", ["rates"])]
        assert standing(cast.county, YEAR).reached == 1

    def test_the_list_of_bills_goes_by_the_same_target(self, bills, person, cast):
        bills.bears(person, "200", total="1000")
        low = bills.bears(person, "250", total="1000").admission
        assert [stay.pk for stay in listed_bills(cast.county, low=True)] == [low.pk]

    def test_a_text_s_target_is_kept_with_its_version(self, cast):
        text = POLICY_TEXT.replace('date_rule = "discharge"', 'date_rule = "discharge"\ntarget = 0.85')
        assert start_draft(text=text, by=cast.county, on=date(2026, 1, 1)).target == Decimal("0.85")

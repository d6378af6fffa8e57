"""Two years of bills: the published figures, that each could be true, and that every yuan has its payer."""

from datetime import date
from decimal import Decimal

import pytest

from claims.models import Admission, Fund, FundNotice, Settlement
from claims.policy.decision import decision_from_json
from claims.policy.engine import assess
from claims.queries.facts.bills import Outcome
from claims.queries.facts.situation import read_situation, with_year
from claims.services.checking import check_ledgers
from core.clinics.models import Practitioner
from households.models import Disease
from tests.healthaid.demo.conftest import ON, one, rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
STANDING = "s.is_standing AND s.kind <> 'reversed'"


def test_the_published_number_of_stays_lies_in_the_first_22_months():
    stays = Admission.objects.filter(care="inpatient", is_in_county=True, is_designated=True)
    assert stays.exclude(state="cancelled").filter(admitted_on__lt=date(2026, 11, 1)).count() == 1756


def test_the_published_bill_is_among_them():
    told = Settlement.objects.get(total=Decimal("4549.20"))
    assert told.patient == Decimal("454.92")
    assert told.admission.icd10.startswith("K80")
    assert told.person.sex == "1"


def test_every_level_and_every_kind_of_care_occurs_in_both_years():
    found = set(rows("SELECT level, extract(year FROM admitted_on)::int FROM claims_admission"))
    assert found == {
        (level, year)
        for level in ("village", "township", "county", "city", "province")
        for year in (2025, 2026)
    }
    cares = set(rows("SELECT DISTINCT care FROM claims_admission"))
    assert cares == {("inpatient",), ("outpatient",), ("chronic_outpatient",)}


def test_stays_of_designated_hospitals_of_the_county_reach_nine_tenths_together():
    paid, total, short, all_of_them = rows(
        f"""SELECT sum(s.paid), sum(s.total), count(*) FILTER (WHERE s.paid < 0.9 * s.total), count(*)
              FROM claims_settlement s JOIN claims_admission a ON a.id = s.admission_id
             WHERE {STANDING} AND a.care = 'inpatient' AND a.is_in_county AND a.is_designated"""
    )[0]
    assert paid / total >= Decimal("0.9")
    assert short < all_of_them * 0.05


def test_bills_under_nine_tenths_have_more_than_one_cause():
    short = rows(
        f"""SELECT a.is_in_county, a.is_designated, a.referral, a.no_credit, count(*)
              FROM claims_settlement s JOIN claims_admission a ON a.id = s.admission_id
             WHERE {STANDING} AND a.care = 'inpatient' AND s.paid < 0.9 * s.total GROUP BY 1, 2, 3, 4"""
    )
    assert {
        *((False, True, "followed"), (False, True, "not_followed"), (True, True, "not_followed")),
        (True, False, "not_needed"),
    } <= {each[:3] for each in short}
    assert sum(each[4] for each in short) > 100


def test_all_but_few_were_treated_before_paying_and_the_others_say_why():
    first, without = rows(
        """SELECT count(*) FILTER (WHERE treats_first), count(*) FILTER (WHERE NOT treats_first)
             FROM claims_admission WHERE care = 'inpatient'"""
    )[0]
    assert 0 < without < 0.05 * first


def test_some_are_in_hospital_and_some_have_left_and_are_not_settled():
    states = dict(rows("SELECT state, count(*) FROM claims_admission GROUP BY 1"))
    assert states["admitted"] > 5
    assert states["discharged"] > 0
    assert states["cancelled"] > 0
    assert states["settled"] > 0


def test_the_window_would_settle_every_bill_as_it_is():
    """Whatever another correction does not move comes out the same on the bills that stand before it now."""
    standing = Settlement.objects.filter(is_standing=True).exclude(kind="reversed").order_by("pk")
    for bill in [*standing[::97], *standing.filter(kind__in=("corrected", "adjusted"))[:30]]:
        found = read_situation(bill.admission_id, on=bill.settled_on)
        assert found.in_force
        person, home = bill.person_id, bill.household_id
        facts = with_year(
            *(found.facts, found.in_force, found.others), key=found.key, person=person, household=home
        )
        kept = decision_from_json(bill.decision)
        assert Outcome.of(assess(found.in_force.policy, facts)) == Outcome.of(kept)
        assert (bill.total, bill.patient) == (kept.total, kept.patient)


def test_the_ledgers_hold_no_difference():
    county = Settlement.objects.values_list("county", flat=True).first()
    check = check_ledgers(county_id=county, on=ON)
    assert (check.differences, check.examined["settlements"] > 3000) == (0, True)


def test_corrections_are_whole_and_move_later_bills():
    kinds = dict(rows("SELECT kind, count(*) FROM claims_settlement GROUP BY 1"))
    assert kinds["corrected"] > 10
    assert kinds["adjusted"] > 0
    assert kinds["reversed"] == kinds["corrected"] + kinds["adjusted"]
    assert (
        one("SELECT count(*) FROM claims_settlement WHERE kind = 'adjusted' AND because_of_id IS NULL") == 0
    )
    assert one("SELECT count(*) FROM claims_settlement WHERE reverses_id IS NULL AND kind = 'reversed'") == 0


def test_items_make_the_total_of_the_bill_that_stands():
    assert (
        one(
            f"""SELECT count(*) FROM claims_settlement s WHERE {STANDING} AND s.total <>
                  (SELECT sum(i.amount) FROM claims_billitem i WHERE i.admission_id = s.admission_id)"""
        )
        == 0
    )


def test_a_closed_stay_is_paid_exactly_and_a_settled_one_is_not():
    owed = f"""SELECT count(*) FROM claims_settlement s JOIN claims_admission a ON a.id = s.admission_id
                WHERE {STANDING} AND a.state = %s AND s.patient {{}}
                  (SELECT coalesce(sum(r.amount), 0) FROM claims_receipt r WHERE r.admission_id = a.id)"""
    assert one(owed.format("<>"), "closed") == 0
    assert one(owed.format("="), "settled") == 0
    assert one("SELECT count(*) FROM claims_instalmentplan") > 10


def test_each_fund_is_what_was_put_in_less_what_its_bills_took():
    for fund in Fund.objects.all():
        taken = one(
            """SELECT sum(l.amount) FROM claims_settlementline l JOIN claims_settlement s ON s.id = l.settlement_id
                WHERE l.payer = %s AND s.year = %s""",
            *(fund.payer, fund.year),
        )
        put_in = one(
            "SELECT sum(amount) FROM claims_fundentry WHERE fund_id = %s AND kind = 'opening'", fund.pk
        )
        assert fund.balance == put_in - taken
        assert taken > 0


def test_one_fund_is_low_and_one_nearly_empty_and_both_are_warned_of():
    low, nearly = (Fund.objects.get(payer=payer, year=ON.year) for payer in ("commercial", "civil"))
    assert set(FundNotice.objects.filter(over_on=None).values_list("fund", flat=True)) >= {low.pk, nearly.pk}
    assert one(
        "SELECT balance / (SELECT sum(amount) FROM claims_fundentry WHERE fund_id = f.id AND amount > 0)"
        " FROM claims_fund f WHERE id = %s",
        nearly.pk,
    ) < Decimal("0.1")


def test_bills_wait_for_settlement_at_the_window_that_the_clerk_opens():
    waiting = Admission.objects.filter(
        institution=Practitioner.objects.get(user__role="hospital_clerk").institution
    )
    assert 2 <= waiting.filter(state="discharged").count() <= 6


def test_numbers_of_slips_run_without_gaps():
    months = rows(
        """SELECT substr(number, 1, 13), count(DISTINCT number), max(right(number, 5)::int)
             FROM claims_settlement GROUP BY 1"""
    )
    assert all(count == last for _month, count, last in months)


def test_what_only_health_staff_may_know_is_marked():
    prefixes = [
        each
        for listed in Disease.objects.filter(is_sensitive=True).values_list("icd10_prefixes")
        for each in listed[0]
    ]
    marked = rows("SELECT DISTINCT icd10, is_sensitive FROM claims_admission")
    assert {marked_so for _code, marked_so in marked} == {True, False}
    assert all(is_marked == any(code.startswith(each) for each in prefixes) for code, is_marked in marked)
    astray = "SELECT count(*) FROM claims_settlement s JOIN claims_admission a ON a.id = s.admission_id"
    assert one(f"{astray} WHERE s.is_sensitive <> a.is_sensitive") == 0


def test_nobody_is_admitted_before_birth_or_after_today():
    assert (
        one(
            """SELECT count(*) FROM claims_admission a JOIN households_person p ON p.id = a.person_id
                WHERE a.admitted_on < p.birth_date OR a.admitted_on > %s OR a.discharged_on > %s""",
            *(ON, ON),
        )
        == 0
    )
    assert one("SELECT count(*) FROM claims_settlement WHERE settled_on > %s", ON) == 0


def test_what_payers_owe_stands_in_every_state_with_differences_open_and_cleared():
    states = dict(rows("SELECT state, count(*) FROM claims_payable GROUP BY 1"))
    assert set(states) == {"pending", "claimed", "paid", "refused"}
    cleared = dict(rows("SELECT resolution <> '', count(*) FROM claims_payabledifference GROUP BY 1"))
    assert cleared[True] and cleared[False]
    assert one("SELECT max(month) FROM claims_closedmonth") == date(2026, 9, 1)

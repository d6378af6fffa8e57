"""What is paid back when a year is over: reckoned for everybody, decided once, claimed and paid."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.urls import reverse

from claims.models import YearEndBatch, YearEndTopUp
from claims.policy.reading import PolicyProblems, read_policy
from claims.queries.year_end import get_waiting, reckoned, total_of, waiting
from claims.services.year_end import batch_paid, batch_refused, claim_batch, repay
from tests.factories.claims import POLICY_TEXT, a_hospital_at, a_reversal, a_settled_stay, an_approved_policy
from tests.factories.registry import a_household, a_person
from tests.factories.settling import an_identity
from tests.factories.year_end import REPAID

IN_2027 = date(2027, 1, 5)


@pytest.fixture
def policy(county, cast):
    return an_approved_policy(county.county, cast.county, cast.administrator, text=POLICY_TEXT + REPAID)


@pytest.fixture
def person(county):
    found = a_person(a_household(county.lianhe))
    an_identity(found, "subsistence", date(2020, 1, 1))
    return found


@pytest.fixture
def bears(policy, county, cast):
    """One bill of 1000 yuan, all of it in the range, of which the person bears so much."""
    hospital = a_hospital_at(county.county)

    def bill(person, own: str, **more):
        lines = {"basic": Decimal(1000) - Decimal(own)}
        fields = {"lines": lines, "compliant_patient": Decimal(own), **more}
        return a_settled_stay(person, hospital, policy, cast.clerk, **fields)

    return bill


def _waiting(cast):
    return get_waiting(cast.county, cast.county.area_id, 2026, "repaid", IN_2027)


def _repaid(cast, expected="50.00"):
    return repay(waiting=_waiting(cast), expected=Decimal(expected), by=cast.county, on=IN_2027)


def test_what_lies_above_the_part_that_stays_is_paid_back(bears, person, cast):
    bears(person, "150.00")
    bears(person, "100.00")
    (due,) = reckoned(cast.county.area_id, 2026, _waiting(cast).rule)
    assert (due.bills, due.found.whole, due.found.own) == (2, 2000, 250)
    assert (due.found.kept, due.found.amount) == (200, 50)


def test_a_tenth_itself_stays_and_a_fen_more_is_paid_back(bears, person, cast):
    bears(person, "100.00")
    assert reckoned(cast.county.area_id, 2026, _waiting(cast).rule) == []
    bears(person, "100.01")
    assert total_of(reckoned(cast.county.area_id, 2026, _waiting(cast).rule)) == Decimal("0.01")


def test_whoever_does_not_meet_the_condition_on_the_last_day_gets_nothing(bears, county, cast):
    other = a_person(a_household(county.lianhe))
    an_identity(other, "subsistence", date(2020, 1, 1), date(2026, 12, 31))
    bears(other, "900.00")
    assert reckoned(cast.county.area_id, 2026, _waiting(cast).rule) == []


def test_a_reversed_bill_does_not_count(bears, person, cast):
    a_reversal(bears(person, "900.00"), cast.clerk)
    assert reckoned(cast.county.area_id, 2026, _waiting(cast).rule) == []


def test_a_year_that_goes_on_is_not_offered(bears, person, cast):
    assert waiting(cast.county, date(2026, 12, 31)) == []


def test_it_is_decided_once_with_a_row_for_each_person(bears, person, cast):
    bears(person, "150.00")
    again = _waiting(cast)
    batch = _repaid(cast)
    assert (batch.persons, batch.amount, batch.payer, batch.state) == (1, 50, "fund", "pending")
    top_up = YearEndTopUp.objects.get()
    assert (top_up.person, top_up.village, top_up.amount) == (person, person.village, 50)
    with pytest.raises(ValidationError):
        repay(waiting=again, expected=Decimal(50), by=cast.county, on=IN_2027)
    with pytest.raises(Http404):
        _waiting(cast)


def test_a_sum_that_is_another_one_by_now_is_not_decided(bears, person, cast):
    bears(person, "150.00")
    seen = _waiting(cast)
    bears(person, "150.00")
    with pytest.raises(ValidationError, match=r"100\.00"):
        repay(waiting=seen, expected=Decimal(50), by=cast.county, on=IN_2027)
    assert not YearEndBatch.objects.exists()


def test_it_is_claimed_refused_claimed_again_and_paid(bears, person, cast):
    bears(person, "150.00")
    batch = claim_batch(batch=_repaid(cast), by=cast.county, on=IN_2027)
    batch = batch_refused(batch=batch, reason="缺名单", by=cast.county, on=IN_2027)
    assert (batch.state, batch.refuse_reason) == ("refused", "缺名单")
    batch = claim_batch(batch=batch, by=cast.county, on=IN_2027)
    batch = batch_paid(batch=batch, by=cast.county, on=date(2027, 2, 1))
    assert (batch.state, batch.answered_on) == ("paid", date(2027, 2, 1))
    with pytest.raises(ValidationError):
        claim_batch(batch=batch, by=cast.county, on=IN_2027)


def test_only_who_manages_the_funds_decides(bears, person, cast):
    bears(person, "150.00")
    with pytest.raises(PermissionDenied):
        repay(waiting=_waiting(cast), expected=Decimal(50), by=cast.clerk, on=IN_2027)


def test_a_rule_that_asks_for_a_hospital_is_refused_with_its_remedy():
    wrong = REPAID.replace('identity = ["subsistence"]', 'level = ["county"]')
    with pytest.raises(PolicyProblems) as found:
        read_policy(POLICY_TEXT + wrong)
    assert "identity" in found.value.problems[0].remedy.en


class TestPages:
    @pytest.fixture
    def batch(self, bears, person, cast):
        bears(person, "150.00")
        return _repaid(cast)

    def test_the_list_names_rule_payer_and_sum(self, batch, cast, signed_in):
        page = signed_in(cast.county).get(reverse("claims:year_ends")).content.decode()
        assert "年终返还" in page and "50.00" in page

    def test_the_sum_is_claimed_on_its_page(self, batch, cast, signed_in):
        signed_in(cast.county).post(reverse("claims:year_end", args=[batch.pk]), {"claim": "1"})
        batch.refresh_from_db()
        assert batch.state == "claimed"

    def test_the_slip_is_printed(self, batch, cast, signed_in):
        answer = signed_in(cast.county).get(reverse("claims:year_end_slip", args=[batch.top_ups.get().pk]))
        assert answer.content.startswith(b"%PDF")

    def test_the_preview_stands_before_anything_is_written(self, bears, person, cast, signed_in):
        bears(person, "150.00", year=2025, settled_on=date(2025, 6, 1))
        where = reverse("claims:year_end_preview", args=[cast.county.area_id, 2025, "repaid"])
        client = signed_in(cast.county)
        page = client.get(where)
        assert (page.context["count"], page.context["total"]) == (1, 50)
        assert client.post(where, {"expected": "50.00"}).status_code == 302
        assert YearEndBatch.objects.get().amount == 50

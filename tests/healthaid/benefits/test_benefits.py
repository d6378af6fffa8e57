"""Benefits: who is entitled, what counts as a use, and the page of a person."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from django.utils import timezone

from claims.services.settling import settle
from healthaid.reports.benefits.catalogue import benefits
from healthaid.reports.benefits.evaluating import entitled_page, standings, tallies, total
from households.models import BenefitUse, Enrolment, Exam, Household, Identity
from tests.factories.claims import (
    SETTLED_ON,
    a_bill_item,
    a_hospital_at,
    an_admission,
    an_approved_policy,
)
from tests.factories.records import a_benefit_use
from tests.factories.registry import a_household, a_person

YEAR = SETTLED_ON.year
ON = date(YEAR, 12, 31)


@pytest.fixture
def person(county, cast):
    return a_person(a_household(county.lianhe))


def _standing(person, cast, code):
    found = standings(cast.county, person, year=YEAR, on=ON)
    return next((each for each in found if each.code == code), None)


def _insured(person, scheme="basic", paid_by="government", **more):
    return Enrolment.objects.create(person=person, year=YEAR, scheme=scheme, paid_by=paid_by, **more)


def test_the_catalogue_is_five_and_five_and_none():
    groups = [each.group for each in benefits().values()]
    assert (groups.count("free"), groups.count("protection"), groups.count("no_burden")) == (5, 5, 1)


def test_only_the_destitute_are_entitled_to_a_waived_premium(person, cast):
    assert _standing(person, cast, "premium_waived") is None
    Identity.objects.create(person=person, kind="destitute", period=DateRange(date(YEAR, 1, 1), None))
    assert _standing(person, cast, "premium_waived").state == "missed"
    _insured(person, amount=400)
    assert _standing(person, cast, "premium_waived").amount == 400


def test_a_premium_the_family_paid_is_no_use(person, cast):
    Identity.objects.create(person=person, kind="destitute", period=DateRange(date(YEAR, 1, 1), None))
    _insured(person, paid_by="self")
    assert _standing(person, cast, "premium_waived").state == "missed"


def test_a_policy_of_the_household_counts_once_and_by_any_member(person, cast, county):
    child = a_person(person.household, name="张小小", relation="20")
    _insured(child, "supplementary", amount=100)
    villages = {county.lianhe.pk: county.lianhe.pk}
    found = total(tallies(cast.county, villages, year=YEAR, on=ON)["supplementary_policy"])
    assert (found.entitled, found.count("used"), found.amount) == (1, 1, 100)
    assert _standing(child, cast, "supplementary_policy").state == "used"


def test_the_examination_of_the_year_is_a_use(person, cast):
    assert _standing(person, cast, "free_exam").state == "missed"
    Exam.objects.create(person=person, year=YEAR, examined_on=date(YEAR, 3, 1))
    assert _standing(person, cast, "free_exam").times == 1


def test_the_fund_is_for_households_poor_through_illness(person, cast):
    assert _standing(person, cast, "relief_fund") is None
    Household.objects.filter(pk=person.household_id).update(main_cause="illness")
    assert _standing(person, cast, "relief_fund").state == "no_occasion"


def test_a_settled_bill_that_the_scheme_paid_of_is_a_use(person, cast, county):
    _insured(person)
    an_approved_policy(county.county, cast.county, cast.auditor)
    stay = an_admission(person, a_hospital_at(county.county), cast.clerk)
    a_bill_item(stay)
    settled = settle(admission=stay, by=cast.clerk, on=SETTLED_ON)
    found = _standing(person, cast, "basic_insurance")
    paid = sum(line.amount for line in settled.lines.filter(payer__in=["basic", "ncms"]))
    assert (found.state, found.amount or 0) == (("used", paid) if paid else ("missed", 0))


def test_without_a_bill_there_was_no_occasion(person, cast):
    _insured(person)
    assert _standing(person, cast, "basic_insurance").state == "no_occasion"


def test_what_is_written_by_hand_counts(person, cast):
    a_benefit_use(person, cast.doctor, used_on=date(YEAR, 2, 1), amount=10)
    found = _standing(person, cast, "free_consultation")
    assert (found.state, found.amount) == ("used", 10)


def test_each_number_is_the_length_of_its_list(person, cast, county):
    Exam.objects.create(person=person, year=YEAR, examined_on=date(YEAR, 3, 1))
    a_person(a_household(county.lianhe))
    villages = {county.lianhe.pk: county.lianhe.pk}
    for code, parts in tallies(cast.county, villages, year=YEAR, on=ON).items():
        for state in ("", "used", "missed", "not_due", "no_occasion"):
            listed = entitled_page(
                cast.county, [*villages], code=code, state=state, year=YEAR, on=ON, limit=50, offset=0
            )
            assert (code, state, len(listed)) == (code, state, total(parts).count(state))


def test_a_use_is_written_down_and_taken_back_on_the_page(person, cast, signed_in):
    url = reverse("reports:benefit_person", args=[person.uuid])
    client = signed_in(cast.doctor)
    today = timezone.localdate()
    told = {"benefit": "free_consultation", "used_on": today, "giver": "村卫生室", "amount": "10"}
    assert client.post(url, told).status_code == 302
    use = BenefitUse.objects.get()
    assert "村卫生室" in client.get(url).content.decode()
    assert client.post(url, told).status_code == 422
    assert client.post(url, {"take_back": use.pk}).status_code == 302
    assert not BenefitUse.objects.exists()


def test_an_examination_is_not_written_down_by_hand(person, cast, signed_in):
    url = reverse("reports:benefit_person", args=[person.uuid])
    told = {"benefit": "free_exam", "used_on": timezone.localdate(), "giver": "卫生院"}
    answer = signed_in(cast.doctor).post(url, told)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["benefit"])


def test_an_auditor_writes_nothing_down(person, cast, signed_in):
    url = reverse("reports:benefit_person", args=[person.uuid])
    assert signed_in(cast.auditor).get(url).status_code == 200
    assert signed_in(cast.auditor).post(url, {}).status_code == 403


def test_a_benefit_that_is_none_is_not_found(cast, signed_in):
    assert signed_in(cast.county).get(reverse("reports:benefit", args=["gold"])).status_code == 404

"""The agreement on paper: who the parties are, what is promised, who signs, page by page."""

import io
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PdfReader

from core.audit.models import AccessLog
from followups.models import Contract
from followups.queries.contracts import standing_with, to_sign
from followups.services.contracts import sign_contract
from healthaid.reports.documents.agreement import pdf
from healthaid.reports.presenters.agreements import agreements_of
from healthaid.reports.queries.agreements import members_of
from tests.factories.followups import TODAY, a_contract, a_team
from tests.factories.registry import a_condition, a_household, a_person


def pages(content: bytes) -> list[str]:
    reader = PdfReader(io.BytesIO(content))
    return ["".join(page.extract_text().split()) for page in reader.pages]


@pytest.fixture
def team(county):
    return a_team(county.lianhe, county.shunjiang)


@pytest.fixture
def person(county):
    return a_person(a_household(county.lianhe))


@pytest.fixture
def printed(cast):
    def words(contracts, language="zh-hans"):
        members = members_of({each.team_id for each in contracts}, TODAY)
        with translation.override(language):
            return pages(pdf(agreements_of(contracts, members, by=cast.doctor, at=timezone.now())))

    return words


def test_it_names_parties_package_counts_term_members_and_clauses(person, team, cast, printed):
    contract = a_contract(
        person, team, cast.county, since=date(2026, 3, 1), promised={"home_visit": 24, "exam": 1}
    )
    (text,) = printed([contract])
    for words in (
        *(
            "家庭医生签约服务协议书",
            "甲方：签约居民",
            person.name,
            person.household.register_no,
            "乙方",
            team.name,
        ),
        *(
            "入户随访24次",
            "年度体检1次",
            "2026年3月1日",
            "团队长",
            "您可以得到",
            "机构盖章处",
            "第1页，共1页",
        ),
    ):
        assert "".join(words.split()) in text, words


def test_the_last_day_is_the_one_before_the_open_end(person, team, cast, printed):
    contract = a_contract(person, team, cast.county, since=date(2026, 3, 1))
    assert "2027年2月28日止" in printed([contract])[0]


def test_it_is_printed_in_english_too(person, team, cast, printed):
    (text,) = printed([a_contract(person, team, cast.county, promised={"home_visit": 24})], "en")
    assert "Family-doctorserviceagreement" in text and "Homevisits24times" in text and "Page1of1" in text


def test_the_identity_number_is_masked(person, team, cast, printed):
    (text,) = printed([a_contract(person, team, cast.county)])
    assert person.id_masked in text and (not person.id_number or person.id_number not in text)


def test_a_guardian_who_signed_stands_by_name(person, team, cast, printed):
    child = a_person(person.household, name="张小宝", relation="40", birth_date=date(2015, 1, 1))
    guardian = {"signed_by": "guardian", "signer_name": "李母", "signer_relation": "parent"}
    contract = sign_contract(
        person=child, team=team, package="basic", since=TODAY, by=cast.doctor, on=TODAY, **guardian
    )
    assert "李母" in printed([contract])[0]


def test_pages_are_counted_within_each_agreement(person, team, cast, printed):
    contract = a_contract(person, team, cast.county)
    texts = printed([contract, contract, contract])
    assert len(texts) == 3 and all("第1页，共1页" in text for text in texts)


def test_markup_in_a_name_stays_text(county, team, cast, printed):
    person = a_person(a_household(county.lianhe), name="#panic() *张* $x$")
    assert "#panic()*张*$x$" in printed([a_contract(person, team, cast.county)])[0]


class TestSigningDay:
    def test_everybody_without_a_contract_has_a_sheet_and_nothing_is_kept(self, county, team, person, cast):
        a_contract(a_person(person.household, name="已签", relation="40"), team, cast.county, since=TODAY)
        offered = to_sign(cast.doctor, county.lianhe, team, TODAY)
        assert [each.person for each in offered] == [person] and offered[0].promised["home_visit"] == 24
        assert Contract.objects.count() == 1

    def test_no_guardian_is_named_for_a_grown_person(self, county, team, person, cast, printed):
        a_person(person.household, name="配偶乙", relation="10")
        a_condition(person, "severe_mental_disorder")
        offered = to_sign(cast.township_administration, county.lianhe, team, TODAY)
        assert all("配偶乙" not in text for text in printed(offered) if f"姓名{person.name}" in text)

    def test_what_ended_is_not_printed_again(self, county, team, person, cast):
        contract = a_contract(person, team, cast.county)
        Contract.objects.filter(pk=contract.pk).update(state="ended", end_reason="换")
        assert not standing_with(cast.doctor, county.lianhe, team, TODAY).exists()

    def test_the_file_is_recorded_as_an_export(self, county, team, person, cast, signed_in):
        url = f"{reverse('reports:village_agreements')}?village={county.lianhe.pk}&team={team.pk}&new=1"
        answer = signed_in(cast.doctor).get(url)
        assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "no-store")
        assert AccessLog.objects.get(purpose="service agreement").count == 1

    def test_a_team_that_does_not_serve_the_village_is_not_found(self, county, team, cast, signed_in):
        url = reverse("reports:village_agreements")
        client = signed_in(cast.county)
        for query in (f"?village={county.far.pk}&team={team.pk}", f"?village=x&team={team.pk}", ""):
            assert client.get(url + query).status_code == 404

"""Who signs, drafts, the photographed paper, renewal in bulk, statistics, and the pages they stand on."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from django.utils import timezone

from core.audit.models import AccessLog
from core.base.papers import cleaned
from core.base.states import MoveRefused
from followups.choices import ContractStanding, ContractState, RenewalObstacle
from followups.models import Contract, ContractPaper
from followups.queries.contracts import standing, village_preview
from followups.queries.signed import signed_by_village
from followups.services.contracts import (
    discard_draft,
    draft_contract,
    end_contract,
    sign_contract,
    sign_draft,
    sign_village,
)
from followups.services.papers import add_paper
from followups.services.renewals import renew_contracts
from followups.services.teams import close_team
from tests.factories.contracts import JPEG
from tests.factories.followups import TODAY, a_contract, a_team
from tests.factories.registry import a_condition, a_household, a_person

GUARDIAN = {"signed_by": "guardian", "signer_name": "李母", "signer_relation": "parent"}


@pytest.fixture
def team(county):
    return a_team(county.lianhe, county.shunjiang)


@pytest.fixture
def person(county):
    return a_person(a_household(county.lianhe))


@pytest.fixture
def sign(team, cast):
    def signed(person, *, by=None, **more):
        return sign_contract(
            person=person, team=team, package="basic", since=TODAY, by=by or cast.doctor, on=TODAY, **more
        )

    return signed


class TestWhoSigns:
    def test_up_to_the_eighteenth_birthday_a_guardian_signs(self, person, sign):
        child = a_person(person.household, name="张小宝", relation="40", birth_date=date(2008, 11, 19))
        with pytest.raises(ValidationError) as refused:
            sign(child)
        assert "signed_by" in refused.value.message_dict
        assert sign(child, **GUARDIAN).signer_relation == "parent"

    def test_on_the_eighteenth_birthday_the_person_signs(self, person, sign):
        grown = a_person(person.household, name="张小宝", relation="40", birth_date=date(2008, 11, 18))
        assert sign(grown).signed_by == "self"

    def test_with_a_mental_disorder_on_record_the_guardian_signs(self, person, sign):
        a_condition(person, "severe_mental_disorder")
        with pytest.raises(ValidationError, match=r"guardian|监护人"):
            sign(person)
        assert sign(person, **GUARDIAN).signed_by == "guardian"

    def test_a_refusal_never_tells_who_may_not_know(self, person, sign, cast):
        a_condition(person, "severe_mental_disorder")
        assert sign(person, by=cast.township_administration).signed_by == "self"

    def test_who_cannot_read_sets_a_thumbprint(self, person, sign):
        type(person).objects.filter(pk=person.pk).update(education="文盲或半文盲")
        person.refresh_from_db()
        with pytest.raises(ValidationError, match=r"thumbprint|手印"):
            sign(person)
        assert sign(person, signed_by="thumbprint").signed_by == "thumbprint"

    @pytest.mark.parametrize("missing", ["signer_name", "signer_relation"])
    def test_a_guardian_is_named_with_what_he_is(self, person, sign, missing):
        with pytest.raises(ValidationError) as refused:
            sign(person, **{**GUARDIAN, missing: ""})
        assert missing in refused.value.message_dict

    def test_nobody_is_his_own_guardian(self, person, sign):
        with pytest.raises(ValidationError):
            sign(person, **{**GUARDIAN, "signer_name": person.name})

    def test_a_whole_village_leaves_out_whose_guardian_nobody_knows(self, county, team, cast, person):
        alone = a_person(a_household(county.lianhe), name="孤儿", birth_date=date(2015, 6, 1))
        preview = village_preview(county.lianhe, TODAY)
        assert (preview.new, preview.other) == (1, 1)
        assert sign_village(village=county.lianhe, team=team, by=cast.township, on=TODAY) == 1
        assert not alone.contracts.exists()


class TestDrafts:
    def test_a_draft_binds_nobody_until_it_is_signed(self, person, team, cast):
        draft = draft_contract(
            person=person, team=team, package="basic", since=TODAY, by=cast.doctor, on=TODAY
        )
        assert standing(draft, TODAY) == ContractStanding.DRAFT
        signed = sign_draft(contract=draft, by=cast.doctor, on=TODAY, signed_by="self")
        assert standing(signed, TODAY) == ContractStanding.IN_FORCE
        with pytest.raises(MoveRefused):
            sign_draft(contract=draft, by=cast.doctor, on=TODAY, signed_by="self")

    def test_a_draft_stands_in_nobodys_way_but_cannot_be_signed_over_a_contract(self, person, team, cast):
        draft = draft_contract(
            person=person, team=team, package="basic", since=TODAY, by=cast.doctor, on=TODAY
        )
        a_contract(person, team, cast.county)
        with pytest.raises(ValidationError):
            sign_draft(contract=draft, by=cast.doctor, on=TODAY, signed_by="self")

    def test_a_draft_is_thrown_away_a_contract_is_not(self, person, team, cast):
        draft = draft_contract(
            person=person, team=team, package="basic", since=TODAY, by=cast.doctor, on=TODAY
        )
        discard_draft(contract=draft, by=cast.doctor)
        assert not person.contracts.exists()
        with pytest.raises(ValidationError):
            discard_draft(contract=a_contract(person, team, cast.county), by=cast.doctor)


class TestStanding:
    @pytest.mark.parametrize(
        ("on", "expected"),
        [
            (date(2025, 12, 31), ContractStanding.AHEAD),
            (date(2026, 1, 1), ContractStanding.IN_FORCE),
            (date(2026, 12, 31), ContractStanding.IN_FORCE),
            (date(2027, 1, 1), ContractStanding.EXPIRED),
        ],
    )
    def test_the_period_says_where_a_signed_contract_stands(self, person, team, cast, on, expected):
        contract = a_contract(person, team, cast.county)
        contract.refresh_from_db()
        assert standing(contract, on) == expected

    def test_an_expired_one_that_was_followed_is_renewed(self, person, team, cast):
        contract = a_contract(person, team, cast.county)
        renew_contracts(contracts=[contract.pk], by=cast.doctor, on=date(2026, 12, 20))
        contract = Contract.objects.select_related("followed_by").get(pk=contract.pk)
        assert standing(contract, date(2027, 1, 2)) == ContractStanding.RENEWED


class TestRenewal:
    ON = date(2026, 12, 20)

    def test_a_list_is_renewed_at_once_and_to_repeat_it_adds_nothing(self, county, team, cast, person):
        other = a_person(a_household(county.lianhe), name="李四")
        pks = [a_contract(each, team, cast.county).pk for each in (person, other)]
        done = renew_contracts(contracts=pks, by=cast.doctor, on=self.ON)
        assert (done.renewed, done.refused) == (2, {})
        new = person.contracts.get(follows__isnull=False)
        assert (new.period.lower, new.period.upper) == (date(2027, 1, 1), date(2028, 1, 1))
        again = renew_contracts(contracts=pks, by=cast.doctor, on=self.ON)
        assert (again.renewed, set(again.refused.values())) == (0, {RenewalObstacle.LATER})

    def test_what_cannot_be_renewed_says_why_and_holds_up_nobody(self, county, team, cast, person):
        closed = a_team(county.lianhe, name="第二团队")
        cut = a_person(a_household(county.lianhe), name="李四")
        grown = a_person(a_household(county.lianhe), name="张小", birth_date=date(2009, 1, 1))
        contracts = {
            "good": a_contract(person, team, cast.county),
            "closed": a_contract(a_person(a_household(county.lianhe), name="王五"), closed, cast.county),
            "ended": a_contract(cut, team, cast.county),
            "grown": a_contract(grown, team, cast.county, **GUARDIAN),
            "unserved": a_contract(a_person(a_household(county.qingshui), name="赵六"), team, cast.county),
        }
        contracts["ended"].refresh_from_db()
        end_contract(contract=contracts["ended"], reason="搬走", by=cast.doctor, on=TODAY)
        close_team(team=closed, by=cast.township, on=TODAY)
        done = renew_contracts(contracts=[each.pk for each in contracts.values()], by=cast.county, on=self.ON)
        assert done.renewed == 1
        names = {contract.pk: name for name, contract in contracts.items()}
        assert {names[pk]: why for pk, why in done.refused.items()} == {
            "closed": RenewalObstacle.TEAM_CLOSED,
            "ended": RenewalObstacle.ENDED,
            "grown": RenewalObstacle.OF_AGE,
            "unserved": RenewalObstacle.NOT_SERVED,
        }

    def test_contracts_of_another_area_are_passed_over(self, team, cast, person):
        contract = a_contract(person, team, cast.county)
        done = renew_contracts(contracts=[contract.pk], by=cast.stranger, on=self.ON)
        assert (done.renewed, done.refused) == (0, {})

    def test_the_page_renews_the_chosen(self, team, cast, person, signed_in):
        today = timezone.localdate()
        contract = a_contract(person, team, cast.county)
        ending = DateRange(today - timedelta(days=350), today + timedelta(days=10))
        person.contracts.update(period=ending)
        client = signed_in(cast.doctor)
        url = reverse("followups:contracts_ending")
        assert person.name in client.get(url).content.decode()
        answer = client.post(url, {"contract": [contract.pk]})
        assert answer.status_code == 200 and person.contracts.count() == 2


class TestPaper:
    def test_a_photograph_loses_place_and_comment_and_keeps_how_it_was_held(self):
        media_type, content = cleaned(JPEG)
        assert media_type == "image/jpeg"
        assert b"GPS" not in content and b"script" not in content and b"\x88\x25" not in content
        assert content.startswith(b"\xff\xd8\xff\xe1") and content.endswith(b"\xff\xd9")
        assert b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06" in content
        assert cleaned(content) == (media_type, content)

    @pytest.mark.parametrize(
        "content",
        [b"", b"MZ\x90", b"<svg onload=alert(1)>", b"\xff\xd8\xff\xe1\x00", b"%PDF-1.4 cut", JPEG[:60]],
    )
    def test_anything_else_is_refused(self, content):
        with pytest.raises(ValidationError):
            cleaned(content)

    def test_the_same_page_is_kept_once_and_the_seventh_is_refused(self, person, team, cast):
        contract = a_contract(person, team, cast.county)
        for number in (0, 0, 1, 2, 3, 4, 5):
            file = SimpleUploadedFile("a.pdf", b"%%PDF-1.4 %d %%%%EOF" % number)
            add_paper(contract=contract, file=file, by=cast.doctor, on=TODAY)
        assert contract.papers.count() == ContractPaper.MOST
        with pytest.raises(ValidationError):
            add_paper(
                contract=contract,
                file=SimpleUploadedFile("a.pdf", b"%PDF-1.4 seventh %%EOF"),
                by=cast.doctor,
                on=TODAY,
            )

    def test_each_look_is_on_record_and_nothing_is_cached(self, person, team, cast, signed_in):
        contract = a_contract(person, team, cast.county)
        client = signed_in(cast.doctor)
        client.post(
            reverse("followups:paper_add", args=[contract.pk]), {"file": SimpleUploadedFile("a.jpg", JPEG)}
        )
        answer = client.get(reverse("followups:paper", args=[contract.papers.get().pk]))
        assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/jpeg", "no-store")
        assert answer["X-Content-Type-Options"] == "nosniff"
        look = AccessLog.objects.get(subject_uuid=person.uuid)
        assert (look.user, look.fields) == (cast.doctor, ["contract paper"])


class TestStatistics:
    def test_one_person_stands_in_every_column_that_fits(self, county, team, cast, person):
        a_condition(person)
        a_condition(person, "severe_mental_disorder")
        type(person).objects.filter(pk=person.pk).update(birth_date=date(1950, 1, 1))
        a_contract(person, team, cast.county)
        (place,) = signed_by_village(cast.county, TODAY)
        counts = place.counts
        assert (counts.signed, counts.elderly, counts.hypertension, counts.mental_disorder) == (1, 1, 1, 1)

    def test_what_only_health_staff_may_know_is_not_counted_for_others(self, county, team, cast, person):
        a_condition(person, "severe_mental_disorder")
        a_contract(person, team, cast.county)
        (place,) = signed_by_village(cast.township_administration, TODAY)
        assert (place.counts.signed, place.counts.mental_disorder) == (1, 0)

    def test_an_export_is_logged(self, team, cast, person, signed_in):
        a_contract(person, team, cast.county, since=date(2026, 1, 1))
        answer = signed_in(cast.county).post(reverse("followups:signed_export"))
        assert answer["Content-Type"].endswith("sheet")
        assert AccessLog.objects.filter(kind="export", user=cast.county).exists()


class TestPages:
    def test_the_contract_page_shows_parties_promises_and_rights(self, person, team, cast, signed_in):
        contract = a_contract(person, team, cast.county, promised={"home_visit": 24})
        assert contract.state == ContractState.SIGNED
        page = signed_in(cast.doctor).get(reverse("followups:contract", args=[contract.pk])).content.decode()
        assert person.name in page and team.name in page and "入户随访" in page and "您可以得到" in page

    def test_the_reason_for_a_guardian_is_not_shown_to_other_staff(self, person, team, cast, signed_in):
        a_condition(person, "severe_mental_disorder")
        contract = a_contract(person, team, cast.county)
        url = reverse("followups:contract", args=[contract.pk])
        assert "精神障碍" in signed_in(cast.township).get(url).content.decode()
        assert "精神障碍" not in signed_in(cast.township_administration).get(url).content.decode()

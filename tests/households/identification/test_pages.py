"""The pages of identification: worklist, case, rounds door by door, letters, lists."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from households.models import Catalogue, IdentificationCase, IdentificationLetter, Opinion, Screening
from households.services.identification.letters import write_letter
from tests.factories.identification import FIRST, a_list, a_round, an_identification, carry
from tests.factories.registry import a_disease, a_household, a_person

pytestmark = pytest.mark.django_db
SECRET = "肺结核"
AGREE = {"agrees": "yes", "grounds": "情况属实"}


@pytest.fixture
def case(county, cast):
    return an_identification(county, cast)


@pytest.fixture
def secret(county, cast):
    return an_identification(county, cast, disease="tuberculosis", person=None)


@pytest.fixture
def held(county, cast):
    return a_round(county.county, cast.county, catalogue=a_list("stroke", "copd", "tuberculosis"))


@pytest.fixture
def family(county):
    home = a_household(county.lianhe)
    return [a_person(home, name="张三"), a_person(home, name="李四", relation="10")]


def _text(answer):
    return answer.content.decode()


class TestWorklist:
    url = "/identification/"

    def test_what_waits_for_me_comes_first(self, signed_in, cast, case):
        assert case.person.name in _text(signed_in(cast.committee).get(self.url))
        assert case.person.name not in _text(signed_in(cast.township).get(self.url))

    def test_a_bulk_is_recorded_one_by_one(self, signed_in, cast, county):
        cases = [an_identification(county, cast) for _n in range(3)]
        marks = [f"{each.pk}-{each.turn}" for each in cases]
        answer = signed_in(cast.doctor).post(self.url, {**AGREE, "case": marks})
        assert answer.status_code == 302
        assert set(Opinion.objects.values_list("by", flat=True)) == {cast.doctor.pk}
        assert Opinion.objects.count() == 3

    def test_nothing_ticked_is_said_and_nothing_typed_is_lost(self, signed_in, cast, case):
        answer = signed_in(cast.doctor).post(self.url, {**AGREE, "grounds": "看过病历"})
        assert answer.status_code == 422
        assert "看过病历" in _text(answer)

    def test_what_was_ticked_stays_ticked_where_the_reason_is_missing(self, signed_in, cast, case):
        typed = {"agrees": "no", "grounds": "", "case": f"{case.pk}-{case.turn}"}
        answer = signed_in(cast.doctor).post(self.url, typed)
        assert answer.status_code == 422
        assert f'value="{case.pk}-{case.turn}" checked' in _text(answer)

    def test_who_only_reads_cannot_speak(self, signed_in, cast, case):
        assert signed_in(cast.auditor).post(self.url, AGREE).status_code == 403

    def test_statements_do_not_grow_with_the_list(
        self, signed_in, cast, county, django_assert_max_num_queries
    ):
        for _n in range(12):
            an_identification(county, cast)
        client = signed_in(cast.doctor)
        client.get(self.url)
        with django_assert_max_num_queries(22):
            client.get(self.url)


class TestSecrecy:
    def test_an_administration_speaks_on_a_disease_that_it_is_not_told(self, signed_in, cast, secret):
        client = signed_in(cast.committee)
        url = reverse("identification:case", args=[secret.uuid])
        for page in ("/identification/", url):
            assert SECRET not in _text(client.get(page))
            assert secret.grounds not in _text(client.get(page))
        answer = client.post(url, {**AGREE, "turn": 1, "opinion": 1})
        assert answer.status_code == 302
        assert Opinion.objects.get(case=secret).by == cast.committee

    def test_health_staff_are_told(self, signed_in, cast, secret):
        assert SECRET in _text(signed_in(cast.doctor).get("/identification/"))

    def test_grounds_of_the_doctor_are_kept_from_the_committee(self, signed_in, cast, secret):
        url = reverse("identification:case", args=[secret.uuid])
        signed_in(cast.doctor).post(url, {"agrees": "yes", "grounds": "痰检阳性", "turn": 1, "opinion": 1})
        assert "痰检阳性" not in _text(signed_in(cast.committee).get(url))

    def test_results_and_their_file_name_no_secret(self, signed_in, cast, held, family):
        Screening.objects.create(round=held, person=family[0], result="found", on=FIRST, by=cast.doctor)
        Screening.objects.get().findings.create(disease=a_disease("tuberculosis"))
        url = reverse("identification:round_people", args=[held.uuid])
        assert SECRET in _text(signed_in(cast.township).get(url))
        assert SECRET not in _text(signed_in(cast.township_administration).get(url))
        home = reverse("identification:round_home", args=[held.uuid, family[0].household.uuid])
        assert SECRET not in _text(signed_in(cast.township_administration).get(home))
        person = reverse("identification:round_person", args=[held.uuid, family[0].uuid])
        assert signed_in(cast.township_administration).get(person).status_code == 403


class TestCase:
    def test_a_no_needs_own_words(self, signed_in, cast, case):
        url = reverse("identification:case", args=[case.uuid])
        client = signed_in(cast.doctor)
        usual = "经核实，情况属实，同意。"
        assert usual in _text(client.get(url))
        answer = client.post(url, {"agrees": "no", "grounds": usual, "turn": 1, "opinion": 1})
        assert answer.status_code == 422

    def test_a_page_that_is_out_of_date_says_so_and_records_nothing(self, signed_in, cast, case):
        carry(case, cast, 2)
        url = reverse("identification:case", args=[case.uuid])
        answer = signed_in(cast.doctor).post(url, {**AGREE, "turn": 1, "opinion": 1}, follow=True)
        assert Opinion.objects.count() == 2
        assert answer.status_code == 200

    def test_the_county_ticks_the_cause_with_its_reason(self, signed_in, cast, case):
        carry(case, cast, 5)
        url = reverse("identification:case", args=[case.uuid])
        client = signed_in(cast.county_administration)
        told = {**AGREE, "turn": 1, "opinion": 1, "sets_cause": "on", "cause_from": "2026-03-02"}
        assert client.post(url, told).status_code == 422
        assert client.post(url, {**told, "cause_reason": "长期透析"}).status_code == 302
        case.person.household.refresh_from_db()
        assert case.person.household.main_cause == "illness"

    def test_one_is_opened_on_papers_beside_the_rounds(self, signed_in, cast, family):
        entry = a_list("stroke").entries.get()
        url = reverse("identification:case_new", args=[family[0].uuid])
        answer = signed_in(cast.doctor).post(url, {"entry": entry.pk, "grounds": "出院小结"})
        assert answer.status_code == 302
        assert IdentificationCase.objects.get().disease == entry.disease
        assert signed_in(cast.doctor).post(url, {"entry": entry.pk, "grounds": "x"}).status_code == 422


class TestRounds:
    def test_a_county_opens_one(self, signed_in, cast, county):
        told = {
            **{"name": "春季", "kind": "sweep", "area": county.county.pk, "catalogue": a_list().pk},
            **{"opens_on": "2026-03-02", "due_on": "2026-04-01", "grounds": "某号文件"},
        }
        assert signed_in(cast.county).post(reverse("identification:round_new"), told).status_code == 302

    def test_progress_counts_every_person_of_the_village(self, signed_in, cast, held, family):
        Screening.objects.create(round=held, person=family[0], result="none", on=FIRST, by=cast.doctor)
        answer = signed_in(cast.doctor).get(reverse("identification:round", args=[held.uuid]))
        total = answer.context["total"]
        assert (total["persons"], total["known"], total["missing"]) == (2, 1, 1)

    def test_none_found_for_a_household_goes_on_to_the_next_door(self, signed_in, cast, held, family, county):
        neighbour = a_person(a_household(county.lianhe), name="王五")
        url = reverse("identification:round_home", args=[held.uuid, family[0].household.uuid])
        answer = signed_in(cast.doctor).post(url, {"how": "home"})
        assert answer["Location"] == reverse(
            "identification:round_home", args=[held.uuid, neighbour.household.uuid]
        )
        assert Screening.objects.filter(result="none").count() == 2

    def test_ticked_households_are_done_in_one_go(self, signed_in, cast, held, family):
        url = reverse("identification:round_homes", args=[held.uuid])
        assert "张三" in _text(signed_in(cast.doctor).get(url))
        signed_in(cast.doctor).post(url, {"home": [family[0].household_id]})
        assert Screening.objects.count() == 2
        assert "张三" not in _text(signed_in(cast.doctor).get(url))

    def test_a_finding_opens_its_case(self, signed_in, cast, held, family):
        url = reverse("identification:round_person", args=[held.uuid, family[0].uuid])
        told = {"result": "found", "diseases": [a_disease("stroke").pk], "note": "出院小结", "how": "records"}
        assert signed_in(cast.doctor).post(url, told).status_code == 302
        assert IdentificationCase.objects.get().person == family[0]
        assert signed_in(cast.doctor).get(url).context["form"].initial["result"] == "found"

    def test_a_result_without_a_disease_is_refused_beside_the_field(self, signed_in, cast, held, family):
        url = reverse("identification:round_person", args=[held.uuid, family[0].uuid])
        answer = signed_in(cast.doctor).post(url, {"result": "found", "note": "小结", "how": "home"})
        assert answer.status_code == 422
        assert answer.context["form"].errors["diseases"]


class TestLetters:
    def test_the_committee_is_written_to_and_the_receipt_noted(self, signed_in, cast, case, secret, county):
        client = signed_in(cast.doctor)
        client.post(reverse("identification:letters"), {"office": f"committee-{county.lianhe.pk}"})
        letter = IdentificationLetter.objects.get()
        assert [line.case for line in letter.lines.all()] == [case]
        url = reverse("identification:letter", args=[letter.uuid])
        paper = client.get(reverse("identification:letter_pdf", args=[letter.uuid]))
        assert paper.content.startswith(b"%PDF")
        told = {"received_by": "李主任", "received_on": letter.dated.isoformat()}
        assert signed_in(cast.committee).post(url, told).status_code == 302
        letter.refresh_from_db()
        assert letter.received_by == "李主任"

    def test_nothing_is_told_twice_but_what_was_confirmed_is(self, cast, case, county):
        write_letter(addressee="committee", area=county.lianhe, by=cast.doctor, on=FIRST)
        carry(case, cast, 6)
        again = write_letter(addressee="committee", area=county.lianhe, by=cast.doctor, on=FIRST)
        assert (again.number, again.lines.get().state) == (2, "confirmed")

    def test_the_town_hears_of_what_its_villages_agreed_on(self, signed_in, cast, case, county):
        client = signed_in(cast.township)
        told = {"office": f"town-{county.dongping.pk}"}
        assert client.post(reverse("identification:letters"), told).status_code == 422
        carry(case, cast, 2)
        assert client.post(reverse("identification:letters"), told).status_code == 302

    def test_an_administration_writes_none(self, signed_in, cast, case, county):
        carry(case, cast, 2)
        told = {"office": f"town-{county.dongping.pk}"}
        client = signed_in(cast.township_administration)
        assert client.post(reverse("identification:letters"), told).status_code == 422
        assert not IdentificationLetter.objects.exists()


class TestLists:
    url = "/identification/lists/new/"

    def _post(self, client, text, **more):
        file = SimpleUploadedFile("48.csv", text.encode(), "text/csv")
        told = {"code": "48+45", "title": "48+45种", "valid_from": "2026-01-01", "file": file, **more}
        return client.post(self.url, told)

    def test_a_table_is_shown_first_and_then_put_in_force(self, signed_in, cast, county):
        a_disease("stroke")
        client = signed_in(cast.county)
        answer = self._post(
            client, "序号,病种名称,分组,ICD-10,病种代码\n1,中风,重点,I60、I61,stroke\n2,新病,次重点,,\n"
        )
        assert not Catalogue.objects.exists()
        assert client.post(self.url, {"table": answer.context["table"]}).status_code == 302
        entries = Catalogue.objects.get().entries.order_by("position")
        assert [(e.name, e.group, e.disease.code == "stroke") for e in entries] == [
            ("中风", "key", True),
            ("新病", "secondary", False),
        ]

    @pytest.mark.parametrize(
        ("text", "row", "column"),
        [
            ("病种名称,分组\n中风,很重\n", 2, "分组"),
            ("病种名称\n中风\n中风\n", 3, "病种名称"),
            ("病种名称,ICD-10\n中风,6X\n", 2, "ICD-10"),
            ("病种名称,病种代码\n中风,nothing\n", 2, "病种代码"),
            ("序号,病种名称\n一,中风\n", 2, "序号"),
            ("病种,其他\n", 0, ""),
            ("甲,乙\n1,2\n", 0, ""),
        ],
        ids=["group", "twice", "code", "unknown disease", "number", "empty", "no names"],
    )
    def test_what_is_wrong_is_said_by_row_and_column(self, signed_in, cast, text, row, column):
        answer = self._post(signed_in(cast.county), text)
        assert answer.status_code == 422
        assert (answer.context["problems"][0].row, answer.context["problems"][0].column) == (row, column)

    def test_a_preview_that_was_changed_is_refused(self, signed_in, cast):
        answer = signed_in(cast.county).post(self.url, {"table": "x:y"}, follow=True)
        assert answer.status_code == 200
        assert not Catalogue.objects.exists()

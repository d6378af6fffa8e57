"""The sheets of the record: their numbers, their lists, what is noted on them."""

from datetime import date
from urllib.parse import parse_qs, urlparse

import pytest
from django.urls import reverse
from django.utils import timezone

from core.accounts.roles import Sector
from households.models import Enrolment, Exam, ExamCampaign, HealthClassPeriod, HealthRecord, Person
from tests.factories.ground import an_institution
from tests.factories.records import a_class_by_hand, a_health_record
from tests.factories.registry import a_household, a_person

TODAY = timezone.localdate()
SHEETS = ["records:records", "records:classes", "records:exams", "records:enrolments"]


@pytest.fixture
def people(county):
    """Three in one village of the township, one in another, one outside the area."""
    home = a_household(county.lianhe)
    members = [a_person(home, name="张大山"), a_person(home, name="张小山", relation="20")]
    old = a_person(a_household(county.lianhe), name="王奶奶", birth_date=date(1940, 1, 5))
    far = a_person(a_household(county.far), name="外乡人")
    return [*members, old, far]


def _tab_counts(page):
    return {parse_qs(urlparse(tab["url"]).query).get("state", [""])[0]: tab for tab in page.context["tabs"]}


@pytest.mark.parametrize("name", SHEETS)
def test_the_number_over_each_tab_is_the_length_of_its_list(name, people, cast, signed_in):
    a_health_record(people[0], missing=["blood"])
    client = signed_in(cast.county)
    page = client.get(reverse(name))
    for state, tab in _tab_counts(page).items():
        listed = client.get(f"{reverse(name)}{tab['url']}")
        assert (state, len(listed.context["lines"])) == (state, tab["count"])


@pytest.mark.parametrize("name", SHEETS)
def test_nobody_outside_the_area_stands_on_a_sheet(name, people, cast, signed_in):
    page = signed_in(cast.doctor).get(reverse(name))
    assert {line["person"].name for line in page.context["lines"]} == {"张大山", "张小山", "王奶奶"}


@pytest.mark.parametrize("name", SHEETS)
def test_an_area_that_is_none_is_not_found(name, people, cast, signed_in):
    client = signed_in(cast.doctor)
    assert client.get(reverse(name), {"area": "x"}).status_code == 404


def test_a_record_is_good_incomplete_or_out_of_date(people, cast, signed_in):
    Person.objects.filter(pk__in=[person.pk for person in people]).update(phone_masked="138****0000")
    a_health_record(people[0], updated_on=TODAY)
    a_health_record(people[1], updated_on=TODAY, missing=["blood"])
    a_health_record(people[2], updated_on=date(2020, 1, 1), made_on=date(2019, 1, 1))
    page = signed_in(cast.doctor).get(reverse("records:records"))
    assert [(code, count) for code, _label, count in page.context["states"]] == [
        ("good", 1),
        ("incomplete", 1),
        ("stale", 1),
        ("none", 0),
        ("elsewhere", 0),
    ]


def test_a_record_on_paper_is_noted_with_its_days(people, cast, signed_in, county):
    centre = an_institution(county.lianhe.parent, "township_hospital")
    told = {"archive_number": "43030400110100001", "owner": centre.pk, "made_on": "2019-04-01"}
    url = reverse("records:paper", args=[people[0].uuid])
    answer = signed_in(cast.doctor).post(url, {**told, "updated_on": "2020-04-01", "is_complete": "on"})
    assert answer.status_code == 302
    record = HealthRecord.objects.get(person=people[0])
    assert (record.owner, record.missing) == (centre, [])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"archive_number": "123"}, "archive_number"),
        ({"updated_on": "2018-01-01"}, "updated_on"),
        ({"updated_on": "2099-01-01"}, "updated_on"),
    ],
)
def test_a_record_on_paper_with_a_fault_says_so_beside_the_field(
    wrong, field, people, cast, signed_in, county
):
    centre = an_institution(county.lianhe.parent, "township_hospital")
    told = {"archive_number": "43030400110100001", "owner": centre.pk, "made_on": "2019-04-01"}
    url = reverse("records:paper", args=[people[0].uuid])
    answer = signed_in(cast.doctor).post(url, {**told, "updated_on": "2020-04-01", **wrong})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_many_are_noted_as_examined_and_none_twice(people, cast, signed_in):
    Exam.objects.create(person=people[1], year=TODAY.year, examined_on=TODAY)
    told = {"person": [person.pk for person in people], "examined_on": TODAY, "borne_by": "township"}
    answer = signed_in(cast.doctor).post(reverse("records:exams"), told)
    assert answer.status_code == 302
    examined = Exam.objects.filter(year=TODAY.year).values_list("person__name", flat=True)
    assert sorted(examined) == ["张大山", "张小山", "王奶奶"]


def test_nobody_ticked_is_told_and_what_was_typed_stays(people, cast, signed_in):
    told = {"examined_on": TODAY, "borne_by": "county"}
    answer = signed_in(cast.doctor).post(reverse("records:exams"), told)
    assert answer.status_code == 422
    assert answer.context["form"]["borne_by"].value() == "county"


def test_findings_put_the_person_among_the_sub_healthy_at_once(people, cast, signed_in):
    told = {"examined_on": TODAY, "borne_by": "township", "is_normal": "no", "words": "血脂偏高"}
    told |= {"height": "160", "weight": "62"}
    url = reverse("records:exam", args=[people[0].uuid])
    assert signed_in(cast.doctor).post(url, told).status_code == 302
    exam = Exam.objects.get(person=people[0])
    assert (exam.findings["bmi"], exam.findings["words"]) == (24.2, "血脂偏高")
    assert Person.objects.get(pk=people[0].pk).health_class == "sub_healthy"


def test_an_examination_with_its_whole_form_is_not_overwritten(people, cast, signed_in):
    Exam.objects.create(person=people[0], year=TODAY.year, examined_on=TODAY, findings={"visit": "x"})
    told = {"examined_on": TODAY, "borne_by": "township", "is_normal": "yes"}
    answer = signed_in(cast.doctor).post(reverse("records:exam", args=[people[0].uuid]), told)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["examined_on"])


def test_the_county_sets_the_days_and_the_cost_of_the_year(people, cast, signed_in):
    year = TODAY.year
    told = {
        "opens_on": f"{year}-03-01",
        "due_on": f"{year}-10-31",
        "borne_by": "township",
        "cost_per_head": "80",
    }
    url = f"{reverse('records:campaign')}?year={year}"
    assert signed_in(cast.county).post(url, told).status_code == 302
    assert ExamCampaign.objects.get().cost_per_head == 80
    bad = {**told, "due_on": f"{year + 1}-01-31"}
    assert signed_in(cast.county).post(url, bad).status_code == 422


def test_insurance_is_noted_for_many_and_again_replaces(people, cast, signed_in):
    url = f"{reverse('records:enrolments')}?year={TODAY.year}&scheme=basic"
    client = signed_in(cast.doctor)
    told = {
        "person": [people[0].pk, people[1].pk],
        "is_enrolled": "yes",
        "paid_by": "government",
        "amount": "400",
    }
    assert client.post(url, told).status_code == 302
    assert Enrolment.objects.filter(is_enrolled=True, paid_by="government", amount=400).count() == 2
    told = {"person": [people[0].pk], "is_enrolled": "no", "why_not": "在外地参保"}
    assert client.post(url, told).status_code == 302
    found = Enrolment.objects.get(person=people[0])
    assert (found.is_enrolled, found.paid_by, found.why_not) == (False, "", "在外地参保")


@pytest.mark.parametrize(
    ("told", "field"),
    [({"is_enrolled": "no"}, "why_not"), ({"is_enrolled": "yes"}, "paid_by")],
)
def test_insurance_wants_a_payer_or_a_reason(told, field, people, cast, signed_in):
    answer = signed_in(cast.doctor).post(reverse("records:enrolments"), {"person": [people[0].pk], **told})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_an_auditor_reads_and_notes_nothing(people, cast, signed_in):
    client = signed_in(cast.auditor)
    assert client.get(reverse("records:exams")).status_code == 200
    assert client.post(reverse("records:exams"), {"person": [people[0].pk]}).status_code == 403


def test_whoever_is_not_of_the_health_side_reads_no_reason_and_sets_no_class(people, cast, signed_in):
    a_class_by_hand(people[0], cast.doctor)
    cast.township.sector = Sector.ADMINISTRATION
    cast.township.save()
    client = signed_in(cast.township)
    page = client.get(reverse("records:class", args=[people[0].uuid]))
    assert "术后恢复期" not in page.content.decode()
    assert page.context["form"] is None
    told = {"health_class": "healthy", "reason": "x", "holds_until": TODAY}
    client.post(reverse("records:class", args=[people[0].uuid]), told)
    assert HealthClassPeriod.objects.get().health_class == "major"


def test_a_record_kept_elsewhere_is_taken_over(people, cast, signed_in, county):
    other = an_institution(county.far.parent, "township_hospital")
    centre = an_institution(county.lianhe.parent, "township_hospital")
    a_health_record(people[0], owner=other)
    client = signed_in(cast.doctor)
    assert (
        dict(
            (code, count) for code, _label, count in client.get(reverse("records:records")).context["states"]
        )["elsewhere"]
        == 1
    )
    client.post(reverse("records:take_over", args=[people[0].uuid]))
    assert HealthRecord.objects.get().owner == centre


def test_what_an_examination_found_is_told_to_health_staff_only(people, cast, signed_in):
    findings = {"words": "疑似肺结核"}
    Exam.objects.create(
        person=people[0], year=TODAY.year, examined_on=TODAY, is_normal=False, findings=findings
    )
    assert "疑似肺结核" in signed_in(cast.township).get(reverse("records:exams")).content.decode()
    cast.township.sector = Sector.ADMINISTRATION
    cast.township.save()
    client = signed_in(cast.township)
    assert "疑似肺结核" not in client.get(reverse("records:exams")).content.decode()
    assert client.get(reverse("records:exam", args=[people[0].uuid])).status_code == 403

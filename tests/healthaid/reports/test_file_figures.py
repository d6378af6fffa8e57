"""What is on file and what was handed out: both sides of each line."""

from datetime import date, timedelta

import pytest

from healthaid.outreach.models import Distribution
from healthaid.reports.indicators import INDICATORS, NOTHING, Figure, Slice
from healthaid.reports.queries.figures import figures
from healthaid.reports.slogans.library import read, slogans
from households.models import HealthRecord, Screening
from tests.factories.facts import ON
from tests.factories.identification import a_round
from tests.factories.registry import a_household, a_person


@pytest.fixture
def home(county):
    return a_household(county.lianhe, main_cause="illness")


@pytest.fixture
def person(home):
    return a_person(home)


@pytest.fixture
def seen(county):
    def figure(code: str, *, on: date = ON) -> Figure:
        cut = Slice((county.lianhe.pk,), on, date(2026, 7, 1), sees_sensitive=True)
        return figures(cut, [INDICATORS[code]]).get(county.lianhe.pk, {}).get(code, NOTHING)

    return figure


def test_without_a_round_nobody_is_owed_a_result(person, seen):
    assert seen("screened") == NOTHING


def test_a_result_of_the_latest_round_counts_from_its_day(county, person, cast, seen):
    old = a_round(county.county, cast.county, opens_on=ON - timedelta(400), name="去年")
    Screening.objects.create(round=old, person=person, result="none", on=ON - timedelta(390), by=cast.doctor)
    assert seen("screened") == Figure(1, 1)
    new = a_round(county.dongping, cast.county, opens_on=ON - timedelta(30), due_on=ON, name="今年")
    assert seen("screened") == Figure(0, 1)
    Screening.objects.create(round=new, person=person, result="none", on=ON, by=cast.doctor)
    assert seen("screened") == Figure(1, 1)
    assert seen("screened", on=ON - timedelta(1)) == Figure(0, 1)


def a_record(person, **more) -> HealthRecord:
    fields = {"archive_number": "43030400100100001", "made_on": date(2020, 1, 1), "updated_on": ON}
    return HealthRecord.objects.create(person=person, **{**fields, **more})


@pytest.mark.parametrize(
    ("more", "good"),
    [
        ({"updated_on": date(2025, 8, 15)}, 1),
        ({"updated_on": date(2025, 8, 14)}, 0),
        ({"missing": ["blood_type"]}, 0),
    ],
)
def test_a_record_is_good_when_complete_and_looked_at_within_a_year(person, seen, more, good):
    a_record(person, **more)
    type(person).objects.filter(pk=person.pk).update(phone_masked="138****0000")
    assert seen("records_kept") == Figure(1, 1)
    assert seen("records_good") == Figure(good, 1)


def test_a_record_without_a_telephone_is_not_complete(home, person, seen):
    a_record(person)
    type(person).objects.filter(pk=person.pk).update(phone_masked="")
    type(home).objects.filter(pk=home.pk).update(phone_masked="")
    assert seen("records_good") == Figure(0, 1)


def _with_phone(person):
    type(person).objects.filter(pk=person.pk).update(phone_masked="138****0000")


def test_an_earlier_day_shows_the_record_as_it_was_kept_then(person, seen):
    _with_phone(person)
    record = a_record(person, updated_on=ON - timedelta(60), missing=["blood"])
    record.updated_on, record.missing = ON - timedelta(30), []
    record.save()
    assert seen("records_good") == Figure(1, 1)
    assert seen("records_good", on=ON - timedelta(30)) == Figure(1, 1)
    assert seen("records_good", on=ON - timedelta(31)) == Figure(0, 1)


def test_a_record_found_wanting_later_was_complete_before(person, seen):
    _with_phone(person)
    record = a_record(person, updated_on=ON - timedelta(60))
    record.updated_on, record.missing = ON, ["blood"]
    record.save()
    assert seen("records_good") == Figure(0, 1)
    assert seen("records_good", on=ON - timedelta(1)) == Figure(1, 1)


def test_two_versions_of_one_day_leave_the_later_one(person, seen):
    _with_phone(person)
    record = a_record(person, updated_on=ON - timedelta(60), missing=["blood"])
    record.missing = []
    record.save()
    record.updated_on, record.missing = ON, ["blood"]
    record.save()
    assert seen("records_good", on=ON - timedelta(1)) == Figure(1, 1)


@pytest.mark.parametrize(("made_ago", "good"), [(100, 1), (600, 0)])
def test_before_its_oldest_version_a_record_was_looked_at_when_it_was_made(person, seen, made_ago, good):
    _with_phone(person)
    a_record(person, made_on=ON - timedelta(made_ago), updated_on=ON)
    assert seen("records_good", on=ON - timedelta(50)) == Figure(good, 1)


def given(home, by, item: str, **more) -> Distribution:
    fields = {"given_on": ON, "receiver": "陈铁光", "given_by": by}
    return Distribution.objects.create(household=home, item=item, **{**fields, **more})


def test_a_card_counts_until_it_is_replaced(home, cast, seen):
    given(home, cast.doctor, "contact_card")
    assert seen("cards_given") == Figure(1, 1)
    assert seen("cards_given", on=ON - timedelta(1)) == Figure(0, 1)
    assert seen("policy_cards_given") == Figure(0, 1)


def test_a_kit_is_owed_to_the_ill_poor_and_runs_out(county, home, cast, seen):
    a_household(county.lianhe)
    given(home, cast.doctor, "medicine_kit", expires_on=ON + timedelta(1))
    assert seen("kits_given") == Figure(1, 1)
    assert seen("kits_given", on=ON + timedelta(1)) == Figure(0, 1)


def test_slogans_are_data_and_name_only_what_is_counted():
    assert [len(one.items) for code, one in slogans().items() if code in ("three_coverages", "six_ones")] == [
        3,
        6,
    ]
    words = 'title = { zh = "十个一", en = "Ten ones" }\nsource = "A35"\n'
    item = '[[ten.items]]\ntitle = { zh = "一", en = "One" }\nindicator = "%s"\n'
    assert read(f"[ten]\n{words}{item % 'insured'}")["ten"].items[0].indicator == "insured"
    with pytest.raises(ValueError, match="no indicator is called nothing"):
        read(f"[ten]\n{words}{item % 'nothing'}")

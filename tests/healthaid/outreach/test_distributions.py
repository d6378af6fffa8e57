"""What is handed out: one per household, counted against who is to have it."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from core.audit.models import AccessLog
from healthaid.outreach.kinds import items
from healthaid.outreach.models import Distribution
from healthaid.outreach.queries.cards import card_of, cards_of_village
from healthaid.outreach.queries.distributions import households_of, ledger
from healthaid.outreach.services.distributions import Handout, hand_out, replace_handout
from tests.factories.outreach import HELD, a_handout
from tests.factories.registry import a_household, a_person

ON = date(2026, 11, 20)
KIT, CARD = "medicine_kit", "contact_card"


@pytest.fixture
def homes(county):
    """Two households made poor by illness and one that was not, in the doctor's village."""
    made = [a_household(county.lianhe, main_cause=cause) for cause in ("illness", "illness", "schooling")]
    for number, home in enumerate(made):
        a_person(home, name=f"户主{number}")
    return made


def _wanted(cast, item=CARD, **more):
    return Handout(item=item, given_on=HELD, given_by=cast.doctor, **more)


def _given(cast, homes, item=CARD, **more):
    return hand_out(
        wanted=_wanted(cast, item, **more), households=[home.pk for home in homes], by=cast.doctor
    )


def test_many_households_are_given_a_card_at_once_received_by_their_heads(cast, homes):
    assert _given(cast, homes) == 3
    assert set(Distribution.objects.values_list("receiver", flat=True)) == {"户主0", "户主1", "户主2"}


def test_giving_it_twice_makes_no_second_one(cast, homes):
    _given(cast, homes[:2])
    assert _given(cast, homes) == 1
    assert Distribution.objects.count() == 3


def test_a_kit_goes_only_to_households_made_poor_by_illness(cast, homes):
    assert _given(cast, homes, KIT) == 2


def test_a_kit_runs_out_as_long_after_as_the_catalogue_says(cast, homes):
    _given(cast, homes[:1], KIT)
    expires = Distribution.objects.get().expires_on
    assert (items()[KIT].holds_months, (expires - HELD).days) == (24, 730)


def test_a_day_of_running_out_before_the_giving_is_refused(cast, homes):
    with pytest.raises(ValidationError):
        _given(cast, homes, KIT, expires_on=HELD)


def test_households_of_another_village_are_left_alone(county, cast, homes):
    foreign = a_household(county.qingshui)
    assert _given(cast, [foreign]) == 0


def test_the_ledger_counts_what_is_owed_given_missing_and_run_out(county, cast, homes):
    _given(cast, homes[:1])
    a_handout(homes[0], cast.doctor, KIT, expires_on=date(2026, 11, 19))
    (line,) = ledger(cast.county, county.lianhe, ON)
    card, kit = line.held[CARD], line.held[KIT]
    assert (line.households, card.owed, card.given, card.missing) == (3, 3, 1, 2)
    assert (kit.owed, kit.given, kit.expired) == (2, 1, 1)


def test_the_county_sees_its_streets_each_with_its_villages_together(county, cast, homes):
    a_household(county.shunjiang)
    a_household(county.qingshui)
    lines = ledger(cast.county, county.county, ON)
    assert [(line.area, line.households) for line in lines] == [(county.dongping, 4), (county.hetang, 1)]


def test_who_has_left_the_register_is_owed_nothing(county, cast, homes):
    homes[2].left_on, homes[2].left_reason = date(2026, 5, 1), "moved"
    homes[2].save()
    (line,) = ledger(cast.county, county.lianhe, ON)
    assert line.held[CARD].owed == 2


@pytest.mark.parametrize(("show", "count"), [("missing", 2), ("given", 1), ("expired", 0)])
def test_every_number_is_the_length_of_its_list(county, cast, homes, show, count):
    _given(cast, homes[:1])
    listed = households_of(cast.county, county.lianhe, items()[CARD], show=show, on=ON)
    assert listed.count() == count


def test_another_card_replaces_the_first_and_both_stay(cast, homes):
    first = a_handout(homes[0], cast.doctor)
    made = replace_handout(handout=first, why="doctor", receiver="户主0", by=cast.doctor, on=ON)
    first.refresh_from_db()
    assert (first.replaced_on, made.given_on, made.replaced_on) == (ON, ON, None)
    with pytest.raises(ValidationError):
        replace_handout(handout=first, why="lost", receiver="户主0", by=cast.doctor, on=ON)


def test_the_number_of_statements_does_not_grow_with_households(
    county, cast, homes, django_assert_max_num_queries
):
    _given(cast, homes)
    with django_assert_max_num_queries(4):
        ledger(cast.county, county.county, ON)


def test_checked_households_are_given_a_card_on_the_page(county, cast, homes, signed_in):
    page = reverse("outreach:handouts", args=[CARD]) + f"?area={county.lianhe.pk}"
    client = signed_in(cast.doctor)
    assert client.get(page).content.decode().count('name="household"') == 3
    typed = {"given_on": "2026-03-02", "given_by": cast.doctor.pk, "household": [homes[0].pk, homes[1].pk]}
    assert client.post(page, typed).status_code == 302
    assert Distribution.objects.count() == 2


def test_without_a_checked_household_the_page_says_so_and_keeps_the_day(county, cast, homes, signed_in):
    page = reverse("outreach:handouts", args=[CARD]) + f"?area={county.lianhe.pk}"
    typed = {"given_on": "2026-03-02", "given_by": cast.doctor.pk, "household": ["x"]}
    answer = signed_in(cast.doctor).post(page, typed)
    assert answer.status_code == 422
    assert "2026-03-02" in answer.content.decode()


class TestTakenOut:
    def test_the_households_of_a_list_leave_as_a_file_and_the_log_knows(self, county, cast, homes, signed_in):
        _given(cast, homes[:2])
        url = reverse("outreach:handouts_export", args=[CARD])
        answer = signed_in(cast.township).post(f"{url}?area={county.lianhe.pk}&show=given")
        cells = [[cell.value for cell in row] for row in load_workbook(BytesIO(answer.content)).active.rows]
        assert [row[3] for row in cells if row[0] == county.lianhe.name] == ["户主0", "户主1"]
        assert AccessLog.objects.get(kind=AccessLog.Kind.EXPORT).count == 2

    def test_the_ledger_of_an_area_leaves_with_numbers_alone(self, county, cast, homes, signed_in):
        _given(cast, homes[:2])
        answer = signed_in(cast.county).post(reverse("outreach:ledger_export"))
        cells = [[cell.value for cell in row] for row in load_workbook(BytesIO(answer.content)).active.rows]
        (row,) = [row for row in cells if row[0] == county.dongping.name]
        assert row[1:5] == [3, 3, 2, 0]

    def test_a_doctor_takes_no_list_out(self, cast, homes, signed_in):
        assert signed_in(cast.doctor).post(reverse("outreach:ledger_export")).status_code == 403


class TestContactCards:
    def _text(self, answer):
        return [page.extract_text().replace(" ", "") for page in PdfReader(BytesIO(answer.content)).pages]

    def test_a_card_names_the_household_its_doctor_and_whom_to_call(self, county, cast, homes, signed_in):
        cast.doctor.phone = "13900000001"
        cast.doctor.save()
        answer = signed_in(cast.doctor).get(reverse("outreach:contact_card", args=[homes[0].uuid]))
        (text,) = self._text(answer)
        assert answer["Content-Type"] == "application/pdf"
        for words in ("户主0", homes[0].register_no, cast.doctor.full_name, "13900000001", "12345"):
            assert words in text

    def test_a_village_is_printed_a_card_to_a_page_and_the_log_knows(self, county, cast, homes, signed_in):
        answer = signed_in(cast.township).get(reverse("outreach:contact_cards", args=[county.lianhe.pk]))
        assert len(self._text(answer)) == 3
        logged = AccessLog.objects.get(kind=AccessLog.Kind.EXPORT)
        assert (logged.purpose, logged.count) == ("contact card", 3)

    def test_a_town_is_no_village(self, county, cast, homes, signed_in):
        url = reverse("outreach:contact_cards", args=[county.dongping.pk])
        assert signed_in(cast.township).get(url).status_code == 404

    def test_who_left_the_register_gets_none(self, cast, homes, signed_in):
        homes[0].left_on, homes[0].left_reason = ON, "moved"
        homes[0].save()
        url = reverse("outreach:contact_card", args=[homes[0].uuid])
        assert signed_in(cast.doctor).get(url).status_code == 404

    def test_a_village_costs_as_many_statements_as_a_household(
        self, county, cast, homes, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(2):
            assert len(card_of(cast.doctor, homes[0].pk, ON)) == 1
        with django_assert_max_num_queries(2):
            assert len(cards_of_village(cast.doctor, county.lianhe.pk, ON)[1]) == 3


def test_a_household_page_says_what_is_there_and_what_is_missing(cast, homes, signed_in):
    _given(cast, homes[:1])
    text = signed_in(cast.doctor).get(reverse("households:household", args=[homes[0].uuid])).content.decode()
    assert "爱心联系卡 · 已发" in text and "爱心药具箱 · 未发" in text
    text = (
        signed_in(cast.committee).get(reverse("households:household", args=[homes[0].uuid])).content.decode()
    )
    assert "爱心联系卡" not in text

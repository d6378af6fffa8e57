"""The pages a phone may keep: only the doctor's own, told again only when something on them changed."""

from datetime import timedelta

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.audit.models import AccessLog
from followups.models import Contract, Need, TeamMember
from followups.queries.own_list import _shown_models
from followups.services.visits import record_visit
from households.models import Household, Person
from tests.factories.followups import TODAY, a_body, a_contract, a_duty, a_team
from tests.factories.ground import a_practitioner
from tests.factories.registry import a_condition, a_household, a_person


@pytest.fixture
def home(county):
    return a_household(county.lianhe)


@pytest.fixture
def person(home):
    person = a_person(home)
    a_condition(person)
    a_duty(person)
    return person


@pytest.fixture
def team(county, cast):
    team = a_team(county.lianhe, county.shunjiang, leader=cast.team_doctor)
    seat = a_practitioner(team.institution, user=cast.doctor)
    TeamMember.objects.create(team=team, practitioner=seat, slot="village_doctor", from_on=TODAY)
    return team


@pytest.fixture
def phone(cast, signed_in, monkeypatch, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    monkeypatch.setattr("followups.views.sync.today", lambda: TODAY)
    monkeypatch.setattr("followups.views.homes.today", lambda: TODAY)
    return Listing(signed_in(cast.doctor))


class Listing:
    def __init__(self, client):
        self.client, self.cursor = client, ""

    def ask(self):
        told = self.client.get("/sync/list", {"since": self.cursor}).json()
        self.cursor = told["cursor"]
        return told

    def urls(self):
        return {page["url"] for page in self.ask()["pages"]}


def test_a_doctors_list_has_today_the_household_and_the_blank_sheets(phone, person):
    assert phone.urls() == {
        "/today/",
        f"/households/{person.household.uuid}/",
        f"/sync/homes?of={person.household.uuid}",
        "/blank/visit/home_visit/",
        "/blank/visit/hypertension/",
        "/blank/need/",
        "/blank/not-found/",
        "/call/own/",
    }


def test_no_sheet_is_listed_for_each_person(phone, person, county):
    for _n in range(5):
        a_duty(a_person(a_household(county.lianhe)))
    sheets = {url for url in phone.urls() if url.startswith(("/visits/", "/blank/visit/"))}
    assert sheets == {"/blank/visit/home_visit/", "/blank/visit/hypertension/"}


def test_every_page_of_the_list_opens(phone, person, team, cast):
    a_contract(person, team, cast.doctor)
    numbers, others = "/call/own/", phone.urls() - {"/call/own/"}
    assert {phone.client.get(url).status_code for url in others} == {200}
    assert phone.client.post(numbers).status_code == 200


def test_the_second_asking_tells_nothing_and_has_the_same_cursor(phone, person):
    first, second = phone.ask(), phone.ask()
    assert (first["full"], second["full"]) == (True, False)
    assert second["pages"] == second["gone"] == [] and first["cursor"] == second["cursor"]
    assert first["assets"] == second["assets"]


def test_a_visit_changes_the_pages_of_its_household_only(phone, person, cast, county):
    other = a_person(a_household(county.lianhe))
    a_duty(other)
    phone.ask()
    record_visit(body=a_body(person), by=cast.doctor, received_on=TODAY)
    told = phone.ask()
    urls = {page["url"] for page in told["pages"]}
    assert f"/households/{person.household.uuid}/" in urls and "/today/" in urls
    assert told["gone"] == []
    assert not [url for url in urls if str(other.uuid) in url or str(other.household.uuid) in url]


def test_a_new_need_changes_the_household_page(phone, person, cast):
    phone.ask()
    Need.objects.create(
        household=person.household, person=person, village=person.village, kind="medicine", description="药",
        raised_on=TODAY, due_on=TODAY, raised_by=cast.doctor, owner=cast.doctor,
    )  # fmt: skip
    assert f"/households/{person.household.uuid}/" in phone.urls()


def test_what_is_removed_changes_the_page_too(phone, person):
    phone.ask()
    person.conditions.all().delete()
    told = phone.ask()
    assert f"/households/{person.household.uuid}/" in {page["url"] for page in told["pages"]}
    assert f"/sync/homes?of={person.household.uuid}" in {page["url"] for page in told["pages"]}


def test_a_household_that_leaves_the_list_is_gone(phone, person, county):
    phone.ask()
    Household.objects.filter(pk=person.household_id).update(village=county.qingshui)
    told = phone.ask()
    assert {page["url"] for page in told["pages"]} == {"/today/", "/call/own/"}
    assert set(told["gone"]) >= {
        f"/households/{person.household.uuid}/",
        f"/sync/homes?of={person.household.uuid}",
    }


def test_a_team_doctor_keeps_only_persons_of_the_own_team(cast, signed_in, person, team, county, monkeypatch):
    monkeypatch.setattr("followups.views.sync.today", lambda: TODAY)
    theirs, others = a_person(a_household(county.shunjiang)), a_person(a_household(county.shunjiang))
    a_duty(theirs)
    a_contract(theirs, team, cast.doctor)
    a_contract(others, a_team(county.shunjiang, name="别队"), cast.doctor)
    urls = Listing(signed_in(cast.team_doctor)).urls()
    assert f"/households/{theirs.household.uuid}/" in urls
    away = (others.household.uuid, person.household.uuid)
    assert not [url for url in urls if any(str(uuid) in url for uuid in away)]


@pytest.mark.parametrize("disease", ["severe_mental_disorder", "tuberculosis"])
def test_another_doctors_sensitive_case_is_not_on_the_phone(phone, person, team, county, cast, disease):
    ill = a_person(person.household, name="李四", relation="10")
    a_condition(ill, disease)
    a_duty(ill, protocol=disease, rule=disease)
    contract = a_contract(ill, a_team(county.lianhe, name="别队"), cast.doctor)
    urls = phone.urls()
    assert f"/persons/{person.uuid}/" in urls
    assert not [url for url in urls if str(ill.uuid) in url]
    assert f"/households/{person.household.uuid}/" not in urls
    Contract.objects.filter(pk=contract.pk).update(team=team)
    assert f"/households/{ill.household.uuid}/" in phone.urls()


def test_the_copy_of_a_household_brings_every_member_along(phone, person):
    child = a_person(person.household, name="左小双", relation="20")
    address = f"/households/{person.household.uuid}/"
    copy, page = (
        phone.client.get(address, headers=more).content.decode() for more in ({"X-Phone-Copy": "1"}, {})
    )
    for member in (person, child):
        assert f'<template data-member="{member.uuid}" data-title="{member.name}"><main' in copy
    assert copy.count("<main") == 3 and "<template data-member" not in page


def test_officers_have_no_list(cast, signed_in):
    assert signed_in(cast.township).get("/sync/list").status_code == 403


def test_the_list_speaks_of_the_language(phone, person):
    phone.ask()
    phone.client.cookies["django_language"] = "en"
    assert len(phone.urls()) == 8


def test_a_cursor_that_is_not_ours_asks_for_everything(phone, person):
    for cursor in ("x", "0" * 32, "中" * 32, "a" * 5000):
        phone.cursor = cursor
        assert phone.ask()["full"]


def test_the_same_number_of_statements_for_one_household_and_for_forty(phone, person, county):
    phone.ask()

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            phone.ask()
        return len(seen)

    one = cost()
    for _n in range(39):
        a_duty(a_person(a_household(county.lianhe)))
    assert cost() == one and len(phone.urls()) == 0


def test_words_that_change_by_the_day_alone_change_the_page(phone, person, monkeypatch):
    phone.ask()
    late = person.duties.get().ends_on + timedelta(days=1)
    monkeypatch.setattr("followups.views.sync.today", lambda: late)
    assert f"/households/{person.household.uuid}/" in phone.urls()


def test_every_table_of_a_household_counts():
    """Whatever a page may show of a household is among the digests: tables with an owner, and what hangs on them."""
    shown = {model.__name__ for model in _shown_models()}
    owned = {
        model.__name__
        for label in ("households", "followups")
        for model in apps.get_app_config(label).get_models()
        if {"household_id", "person_id"} & {field.column for field in model._meta.local_fields}
        and not hasattr(model, "pgh_tracked_model")
    }
    assert owned - shown == {"ImportRow"}
    assert {"Household", "Person", "Attempt", "NeedStep"} <= shown


@pytest.mark.django_db(transaction=True)
def test_a_row_committed_late_is_told_at_the_next_asking(phone, person):
    phone.ask()
    chosen = settings.DATABASES["default"]
    with psycopg.connect(
        host=chosen["HOST"], port=chosen["PORT"], user=chosen["USER"], password=chosen["PASSWORD"],
        dbname=connection.settings_dict["NAME"],
    ) as slow:  # fmt: skip
        slow.execute("UPDATE households_person SET health_status = '残疾' WHERE id = %s", (person.pk,))
        Household.objects.filter(pk=person.household_id).update(group_name="二组")
        assert f"/households/{person.household.uuid}/" in phone.urls() and phone.urls() == set()
        slow.commit()
    assert Person.objects.get().health_status == "残疾"
    assert f"/households/{person.household.uuid}/" in phone.urls()


class TestHomes:
    """What the sheets of a household are filled with."""

    def home(self, phone, household):
        told = phone.client.get("/sync/homes", {"of": str(household.uuid)}).json()
        return told["homes"][0] if told["homes"] else None

    def test_a_sheet_starts_with_what_its_own_page_would_show(self, phone, person, cast):
        record_visit(body=a_body(person, visited_on="2026-11-10"), by=cast.doctor, received_on=TODAY)
        home = self.home(phone, person.household)
        sheet = next(each for each in home["sheets"] if each["entry"]["protocol"] == "hypertension")
        assert (sheet["entry"]["person"], sheet["data"]["sex"]) == (str(person.uuid), person.sex)
        assert sheet["data"]["history"][0]["on"] == "2026-11-10"
        assert ["visit_date", str(TODAY)] in sheet["values"]
        words = phone.client.get(f"/visits/new/?person={person.uuid}&protocol=hypertension").content.decode()
        assert sheet["notes"] and all(note in words for note in sheet["notes"].values())
        assert sheet["data"]["draft"] in words

    def test_the_last_visit_can_be_corrected_from_it(self, phone, person, cast):
        body = a_body(person, visited_on="2026-11-10")
        record_visit(body=body, by=cast.doctor, received_on=TODAY)
        home = self.home(phone, person.household)
        last = next(each["last"] for each in home["sheets"] if each["last"])
        assert last["visit"] == body["client_id"] and body["client_id"] in home["about"]
        assert ["sbp", str(body["answers"]["sbp"])] in last["values"]

    def test_another_doctors_case_is_left_out(self, phone, person, county, cast):
        ill = a_person(person.household, name="李四", relation="10")
        a_condition(ill, "tuberculosis")
        a_duty(ill, protocol="tuberculosis", rule="tuberculosis", is_sensitive=True)
        a_contract(ill, a_team(county.lianhe, name="别队"), cast.doctor)
        home = self.home(phone, person.household)
        assert str(ill.uuid) not in home["about"]
        assert "tuberculosis" not in str(home["sheets"]) + str(home["owed"])

    def test_a_household_that_is_not_on_the_list_is_not_told(self, phone, person, county):
        assert self.home(phone, a_household(county.far)) is None

    def test_what_is_no_number_or_too_many_is_malformed(self, phone):
        for given in ("x", ",".join(["0193a7aa-0000-7000-8000-00000000000a"] * 51), ""):
            assert phone.client.get("/sync/homes", {"of": given}).status_code == 400

    def test_the_same_number_of_statements_for_one_household_and_for_ten(self, phone, person, county):
        def cost(homes):
            with CaptureQueriesContext(connection) as seen:
                phone.client.get("/sync/homes", {"of": ",".join(str(home.uuid) for home in homes)})
            return len(seen)

        cost([person.household])
        one = cost([person.household])
        more = [a_duty(a_person(a_household(county.lianhe))).household for _n in range(9)]
        assert cost([person.household, *more]) == one


def test_the_numbers_are_copied_once_and_each_look_is_recorded(phone, person, cast):
    Household.objects.filter(pk=person.household_id).update(phone="13800138000")
    page = phone.client.post("/call/own/")
    assert "13800138000" in page.content.decode()
    look = AccessLog.objects.get()
    assert (look.subject_uuid, look.user, look.fields) == (person.uuid, cast.doctor, ["phone"])


def test_the_copy_of_today_names_another_doctors_case_to_nobody(
    cast, signed_in, person, team, county, monkeypatch
):
    monkeypatch.setattr("followups.views.today.today", lambda: TODAY)
    ill = a_person(a_household(county.shunjiang), name="秦不语")
    a_duty(ill, protocol="tuberculosis", rule="tuberculosis", is_sensitive=True)
    contract = a_contract(ill, a_team(county.shunjiang, name="别队"), cast.doctor)
    client = signed_in(cast.team_doctor)
    seen, copied = (
        client.get("/today/", headers=more).content.decode() for more in ({}, {"X-Phone-Copy": "1"})
    )
    assert "秦不语" in seen and "秦不语" not in copied
    Contract.objects.filter(pk=contract.pk).update(team=team)
    assert "秦不语" in client.get("/today/", headers={"X-Phone-Copy": "1"}).content.decode()

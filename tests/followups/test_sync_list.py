"""The pages a phone may keep: only the doctor's own, told again only when something on them changed."""

from datetime import timedelta

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

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


def test_a_doctors_list_has_today_the_household_its_members_and_their_forms(phone, person):
    urls = phone.urls()
    duty = person.duties.get().pk
    assert urls == {
        "/today/",
        f"/households/{person.household.uuid}/",
        f"/persons/{person.uuid}/",
        f"/calls/{person.household.uuid}/",
        f"/visits/new/?household={person.household.uuid}",
        f"/visits/new/?person={person.uuid}&protocol=hypertension",
        f"/visits/new/?duty={duty}",
        f"/duties/{duty}/not-found/",
    }


def test_every_page_of_the_list_opens(phone, person, team, cast):
    a_contract(person, team, cast.doctor)
    assert {phone.client.get(url).status_code for url in phone.urls()} == {200}


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
    assert f"/persons/{person.uuid}/" in urls and "/today/" in urls
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
    assert f"/persons/{person.uuid}/" in {page["url"] for page in told["pages"]}
    assert f"/visits/new/?person={person.uuid}&protocol=hypertension" in told["gone"]


def test_a_household_that_leaves_the_list_is_gone(phone, person, county):
    phone.ask()
    Household.objects.filter(pk=person.household_id).update(village=county.qingshui)
    told = phone.ask()
    assert [page["url"] for page in told["pages"]] == ["/today/"] and len(told["gone"]) == 7


def test_a_team_doctor_keeps_only_persons_of_the_own_team(cast, signed_in, person, team, county, monkeypatch):
    monkeypatch.setattr("followups.views.sync.today", lambda: TODAY)
    theirs, others = a_person(a_household(county.shunjiang)), a_person(a_household(county.shunjiang))
    a_contract(theirs, team, cast.doctor)
    a_contract(others, a_team(county.shunjiang, name="别队"), cast.doctor)
    urls = Listing(signed_in(cast.team_doctor)).urls()
    assert f"/persons/{theirs.uuid}/" in urls
    assert not [url for url in urls if str(others.uuid) in url or str(person.uuid) in url]


@pytest.mark.parametrize("disease", ["severe_mental_disorder", "tuberculosis"])
def test_another_doctors_sensitive_case_is_not_on_the_phone(phone, person, team, county, cast, disease):
    ill = a_person(person.household, name="李四", relation="10")
    a_condition(ill, disease)
    contract = a_contract(ill, a_team(county.lianhe, name="别队"), cast.doctor)
    urls = phone.urls()
    assert f"/persons/{person.uuid}/" in urls
    assert not [url for url in urls if str(ill.uuid) in url]
    assert f"/households/{person.household.uuid}/" not in urls
    Contract.objects.filter(pk=contract.pk).update(team=team)
    assert f"/persons/{ill.uuid}/" in phone.urls()


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
    assert f"/persons/{person.uuid}/" in phone.urls()


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
        assert f"/persons/{person.uuid}/" in phone.urls() and phone.urls() == set()
        slow.commit()
    assert Person.objects.get().health_status == "残疾" and f"/persons/{person.uuid}/" in phone.urls()

"""A client that follows the feed has every row once it is settled, and drops what is gone; nothing is skipped."""

import uuid

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from core.base.epoch import epoch_of
from core.base.models import Installation
from followups.models import Contract
from followups.services.visits import record_visit
from healthaid.api import cursors
from households.models import Condition, Enrolment, Household, Identity
from tests.factories.followups import TODAY, a_body, a_contract, a_duty, a_team
from tests.factories.programs import settled
from tests.factories.registry import a_condition, a_household, a_person

pytestmark = pytest.mark.django_db(transaction=True)


def _homes(rows):
    return {row["id"] for row in rows}


def _other_session():
    """A second connection to the same database."""
    chosen = settings.DATABASES["default"]
    return psycopg.connect(
        host=chosen["HOST"], port=chosen["PORT"], user=chosen["USER"], password=chosen["PASSWORD"],
        dbname=connection.settings_dict["NAME"],
    )  # fmt: skip


def test_pages_of_one_give_every_row_once(world):
    for _n in range(5):
        a_household(world.county.lianhe)
    settled()
    rows, gone, _cursor = world.program().everything("/api/v1/households", page_size=1)
    assert len(rows) == len(_homes(rows)) == 7
    assert gone == []


def test_a_full_page_says_where_the_next_one_is_and_the_last_says_null(world):
    first = world.program().get("/api/v1/households", page_size=1, standing="registered").json()
    assert "standing=registered" in first["next"]
    assert "page_size=1" in first["next"]
    assert world.program(name="二").get("/api/v1/households", page_size=100).json()["next"] is None


def test_only_what_changed_comes_again(world):
    program = world.program()
    _rows, _gone, cursor = program.everything("/api/v1/households")
    assert program.get("/api/v1/households", updated_since=cursor).json()["results"] == []
    Household.objects.filter(pk=world.near.pk).update(group_name="第五组")
    new = a_household(world.county.shunjiang)
    settled()
    rows, _gone, _cursor = program.everything("/api/v1/households", updated_since=cursor)
    assert [row["id"] for row in rows] == [str(world.near.uuid), str(new.uuid)]
    assert rows[0]["group_name"] == "第五组"


def test_a_row_committed_late_is_not_skipped(world):
    program = world.program()
    _rows, _gone, cursor = program.everything("/api/v1/households")
    with _other_session() as slow:
        slow.execute("UPDATE households_household SET group_name = 'late' WHERE id = %s", (world.near.pk,))
        early = a_household(world.county.lianhe)
        held = program.get("/api/v1/households", updated_since=cursor).json()
        assert held["results"] == []
        slow.commit()
    settled()
    rows, _gone, _cursor = program.everything("/api/v1/households", updated_since=held["cursor"])
    assert _homes(rows) == {str(world.near.uuid), str(early.uuid)}


def test_work_in_another_database_of_the_server_holds_nothing_back(world):
    chosen = settings.DATABASES["default"]
    with psycopg.connect(
        host=chosen["HOST"],
        port=chosen["PORT"],
        user=chosen["USER"],
        password=chosen["PASSWORD"],
        dbname="postgres",
    ) as elsewhere:
        elsewhere.execute("SELECT pg_current_xact_id()")
        new = a_household(world.county.lianhe)
        settled(patience=5)
        assert str(new.uuid) in _homes(world.program().everything("/api/v1/households")[0])


def test_a_removed_row_leaves_a_tombstone(world):
    extra = a_household(world.county.lianhe)
    settled()
    program = world.program()
    rows, _gone, cursor = program.everything("/api/v1/households")
    assert str(extra.uuid) in _homes(rows)
    extra.delete()
    settled()
    rows, gone, _cursor = program.everything("/api/v1/households", updated_since=cursor)
    assert rows == []
    assert [(each["id"], each["reason"]) for each in gone] == [(str(extra.uuid), "removed")]


def test_who_loses_a_household_to_another_street_is_told_and_who_has_both_is_not(world):
    street, whole = world.program(world.county.dongping, name="街道"), world.program()
    cursors = [program.everything("/api/v1/persons")[2] for program in (street, whole)]
    Household.objects.filter(pk=world.near.pk).update(village=world.county.qingshui)
    settled()
    rows, gone, _cursor = street.everything("/api/v1/persons", updated_since=cursors[0])
    assert rows == []
    assert {each["id"] for each in gone} == {str(world.head.uuid), str(world.ill.uuid)}
    rows, gone, _cursor = whole.everything("/api/v1/persons", updated_since=cursors[1])
    assert _homes(rows) == {str(world.head.uuid), str(world.ill.uuid)}
    assert {row["village"] for row in rows} == {"430304015203"}
    assert gone == []


def test_a_client_that_pulls_everything_needs_no_old_tombstones(world):
    a_household(world.county.lianhe).delete()
    settled()
    assert world.program().everything("/api/v1/households")[1] == []


def test_what_is_gone_while_pages_are_turned_is_told(world):
    doomed = a_household(world.county.lianhe)
    settled()
    program = world.program()
    first = program.get("/api/v1/households", page_size=1).json()
    doomed.delete()
    settled()
    _rows, gone, _cursor = program.everything("/api/v1/households", page_size=1, cursor=first["cursor"])
    assert [each["id"] for each in gone] == [str(doomed.uuid)]


def test_a_time_serves_as_a_start(world):
    program = world.program()
    assert (
        program.get("/api/v1/households", updated_since="2100-01-01T00:00:00+08:00").json()["results"] == []
    )
    assert (
        len(program.get("/api/v1/households", updated_since="2020-01-01T00:00:00+08:00").json()["results"])
        == 2
    )


def test_a_cursor_of_other_data_says_start_again(world):
    program = world.program()
    cursor = program.get("/api/v1/households").json()["cursor"]
    Installation.objects.update(epoch=uuid.uuid4())
    answer = program.get("/api/v1/households", updated_since=cursor, headers={"Accept-Language": "en"})
    assert (answer.status, answer.json()["title"]) == (410, "Start again")


@pytest.mark.parametrize("bad", ["", "x", "中", "AAAA", "A" * 5000, "{}"])
def test_a_cursor_that_is_not_ours_is_refused(world, bad):
    if bad:
        assert world.program().get("/api/v1/households", cursor=bad).status == 400


def test_a_cursor_of_another_list_is_refused(world):
    program = world.program()
    cursor = program.get("/api/v1/households").json()["cursor"]
    assert program.get("/api/v1/persons", cursor=cursor).json()["type"].endswith("cursor")


def test_a_changed_cursor_is_refused(world):
    program = world.program()
    cursor = program.get("/api/v1/households").json()["cursor"]
    swapped = cursor[:-3] + ("AAA" if cursor[-3:] != "AAA" else "BBB")
    assert program.get("/api/v1/households", cursor=swapped).status == 400


def test_an_export_and_the_feed_join_without_a_gap(world):
    program = world.program()
    *rows, last = program.get("/api/v1/households/export").lines()
    assert last["count"] == len(rows) == 2
    new = a_household(world.county.lianhe)
    settled()
    rows, _gone, _cursor = program.everything("/api/v1/households", updated_since=last["cursor"])
    assert _homes(rows) == {str(new.uuid)}


def test_an_export_keeps_odd_characters(world):
    odd = '引号" 反斜杠\\ 换行\n 制表\t 逗号, \u0001'
    Household.objects.filter(pk=world.near.pk).update(group_name=odd)
    settled()
    lines = world.program().get("/api/v1/households/export").lines()
    assert odd in {line.get("group_name") for line in lines}


def test_a_client_that_follows_never_differs_from_the_data(world):
    """Moves, changes and removals at random, seen through a small page: the copy is the data at each stop."""
    program, copy, cursor = world.program(world.county.dongping), {}, None
    villages = [world.county.lianhe, world.county.shunjiang, world.county.qingshui, world.county.far]
    homes = [a_household(villages[n % 4]) for n in range(6)]
    for step in range(24):
        home = homes[step * 7 % 6]
        if step % 9 == 8:
            Household.objects.filter(pk=home.pk).delete()
        else:
            village = villages[(step * 5 + step // 4) % 4]
            Household.objects.filter(pk=home.pk).update(
                village=village, county=village.county, visit_order=step
            )
        if step % 3 == 2:
            settled()
            rows, gone, cursor = program.everything(
                "/api/v1/households", page_size=2, **({"updated_since": cursor} if cursor else {})
            )
            for each in gone:
                copy.pop(each["id"], None)
            copy |= {row["id"]: row["village"] for row in rows}
            inside = Household.objects.filter(village__parent=world.county.dongping)
            assert copy == {str(row.uuid): row.village.code for row in inside.select_related("village")}


def test_members_follow_their_household_in_the_feed(world):
    person = a_person(world.other_street, name="王小明", relation="20")
    settled()
    program = world.program(world.county.hetang)
    assert str(person.uuid) in {row["id"] for row in program.everything("/api/v1/persons")[0]}


def test_duties_and_visits_of_who_leaves_the_street_are_told_as_gone(world, cast):
    duty = a_duty(world.head)
    visit = record_visit(body=a_body(world.ill), by=cast.doctor, received_on=TODAY).visit
    settled()
    street, whole = world.program(world.county.dongping, name="街道"), world.program()
    asked = [(who, name) for who in (street, whole) for name in ("duties", "visits")]
    cursors = {(who, name): who.everything(f"/api/v1/{name}")[2] for who, name in asked}
    Household.objects.filter(pk=world.near.pk).update(village=world.county.qingshui)
    settled()
    for (who, name), cursor in cursors.items():
        rows, gone, _cursor = who.everything(f"/api/v1/{name}", updated_since=cursor)
        expected = {"duties": str(duty.pk), "visits": str(visit.pk)}[name]
        found = [str(each["id"]) for each in (gone if who is street else rows)]
        assert expected in found and (rows if who is street else gone) == []


def _facts(world, cast):
    """Each fact that a person's record tells of, written in its own way."""
    team = a_team(world.county.lianhe)
    return {
        "condition": lambda: a_condition(world.head, "type2_diabetes"),
        "condition ended": lambda: Condition.objects.update(ended_on=TODAY, end_reason="died"),
        "insurance": lambda: Enrolment.objects.create(
            person=world.head, village=world.county.lianhe, scheme="basic", year=2026
        ),
        "identity": lambda: Identity.objects.create(
            person=world.head, kind="registered", period=DateRange(TODAY, None)
        ),
        "contract": lambda: a_contract(world.head, team, cast.doctor),
        "contract removed": lambda: Contract.objects.all().delete(),
    }


def test_a_new_condition_insurance_identity_or_contract_brings_the_person_again(world, cast):
    program = world.program()
    _rows, _gone, cursor = program.everything("/api/v1/persons")
    for name, write in _facts(world, cast).items():
        write()
        settled()
        rows, _gone, cursor = program.everything("/api/v1/persons", updated_since=cursor)
        assert str(world.head.uuid) in _homes(rows), name


def test_to_touch_a_person_leaves_no_history(world):
    events = apps.get_model("households", "PersonEvent").objects
    before = events.count()
    a_condition(world.head, "type2_diabetes")
    assert events.count() == before


def test_a_list_without_news_is_answered_with_304_whatever_the_clock_says(world):
    program = world.program()
    first = program.get("/api/v1/households")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()")
    settled()
    again = program.get("/api/v1/households", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")
    a_household(world.county.lianhe)
    settled()
    assert program.get("/api/v1/households", headers={"If-None-Match": first.headers["ETag"]}).status == 200


def test_a_cursor_that_begins_like_a_year_is_still_a_cursor(world):
    """Cursors are signed text: one in about a hundred begins with a digit and has a dash close behind."""
    program = world.program(world.county.county)
    epoch = epoch_of(None)
    places = (cursors.encode("households", epoch, cursors.Place(1, n, 1, 1)) for n in range(10_000))
    dated = next(text for text in places if text[0].isdigit() and "-" in text[:5])
    assert program.get(f"/api/v1/households?updated_since={dated}").status == 200

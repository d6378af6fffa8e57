"""What is personal stays masked until somebody says what for; then it is on record who saw whom."""

import pytest

from core.accounts.tokens import Scope
from core.audit.models import AccessLog
from households.models import Person

pytestmark = pytest.mark.django_db(transaction=True)
PURPOSE = "核对住院人员身份"


def _person(program, world, **parameters):
    return program.get(f"/api/v1/persons/{world.head.uuid}", **parameters).json()


def test_names_numbers_and_addresses_are_masked(world):
    row = _person(world.trusted(), world)
    number = Person.objects.get(pk=world.head.pk).id_number
    assert row["name"] == "张**"
    assert row["birth_date"] is None
    assert row["birth_year"] == 1955
    assert row["phone"] == "170****1234"
    assert number not in str(row)
    home = world.trusted(world.county.dongping).get("/api/v1/households").json()["results"][0]
    assert home["address"] is None
    assert home["phone"] == "170****1234"


def test_masked_reading_leaves_no_look_behind(world):
    program = world.trusted()
    program.get("/api/v1/persons")
    program.get("/api/v1/persons/export")
    assert AccessLog.objects.count() == 0


def test_a_stated_purpose_lifts_the_masks_of_a_trusted_client(world):
    row = _person(world.trusted(), world, purpose=PURPOSE)
    assert row["name"] == "张三丰"
    assert row["birth_date"] == "1955-03-09"
    assert row["phone"] == "17000001234"
    assert row["id_number"] == Person.objects.get(pk=world.head.pk).id_number


def test_the_purpose_may_stand_in_a_header(world):
    answer = world.trusted().get(
        f"/api/v1/persons/{world.head.uuid}", headers={"Purpose": PURPOSE.encode().decode("latin-1")}
    )
    assert answer.json()["name"] == "张三丰"
    assert answer.headers["Cache-Control"] == "no-store"
    assert AccessLog.objects.get().purpose == PURPOSE


@pytest.mark.parametrize("path", ["persons", "persons/{head}", "households/{near}", "persons/export"])
def test_without_the_scope_a_purpose_is_refused(world, path):
    program = world.program(scopes=[scope for scope in Scope if scope != Scope.IDENTIFY])
    where = path.format(head=world.head.uuid, near=world.near.uuid)
    answer = program.get(f"/api/v1/{where}", purpose=PURPOSE, headers={"Accept-Language": "en"})
    assert answer.status == 403
    assert "identify" in answer.json()["detail"]


@pytest.mark.parametrize("purpose", ["x", "长" * 201, "abc\0def"])
def test_a_purpose_must_say_something(world, purpose):
    assert world.trusted().get("/api/v1/persons", purpose=purpose).status == 403


@pytest.mark.parametrize("path", ["persons", "persons/export"])
def test_each_person_shown_is_on_record(world, path):
    program = world.trusted()
    program.get(f"/api/v1/{path}", purpose=PURPOSE)
    looks = AccessLog.objects.all()
    assert {look.subject_uuid for look in looks} == set(
        Person.objects.filter(county=world.county.county).values_list("uuid", flat=True)
    )
    assert {look.purpose for look in looks} == {PURPOSE}
    assert all(look.actor.startswith("县卫健数据中心") for look in looks)
    assert all("id_number" in look.fields for look in looks)


def test_a_household_record_puts_every_member_on_record(world):
    home = world.trusted().get(f"/api/v1/households/{world.near.uuid}", purpose=PURPOSE).json()
    assert home["address"] == "联合村三组12号"
    assert {member["name"] for member in home["members"]} == {"张三丰", "李秀英"}
    seen = set(AccessLog.objects.exclude(subject_uuid=None).values_list("subject_uuid", flat=True))
    assert seen == {world.head.uuid, world.ill.uuid}


def test_an_export_of_households_is_counted(world):
    lines = world.trusted().get("/api/v1/households/export", purpose=PURPOSE).lines()
    assert "联合村三组12号" in {line.get("address") for line in lines}
    assert (AccessLog.objects.get().count, AccessLog.objects.get().kind) == (2, "export")


def test_a_refused_request_leaves_no_look(world):
    world.trusted().get(f"/api/v1/persons/{world.far_person.uuid}", purpose=PURPOSE)
    assert AccessLog.objects.count() == 0


@pytest.mark.parametrize("kind", ["name", "name_start", "id_number", "phone"])
def test_search_finds_by_each_key_and_is_on_record(world, kind):
    person = Person.objects.get(pk=world.head.pk)
    wanted = {"name": {"name": "張三丰"}, "name_start": {"name": "张三"}, "phone": {"phone": "170 0000 1234"}}
    wanted["id_number"] = {"id_number": person.id_number.lower()}
    if kind == "phone":
        from core.base.crypto import blind_index

        Person.objects.filter(pk=person.pk).update(phone_index=blind_index("17000001234"))
    found = (
        world.trusted().post("/api/v1/persons/search", wanted[kind] | {"purpose": PURPOSE}).json()["results"]
    )
    assert [row["name"] for row in found] == ["张三丰"]
    assert AccessLog.objects.get().subject_uuid == world.head.uuid


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "张三丰"}, "purpose"),
        ({"name": "张", "purpose": PURPOSE}, "name"),
        ({"name": "张三", "phone": "170", "purpose": PURPOSE}, "name"),
        ({"purpose": PURPOSE}, "name"),
        ({"name": ["张三"], "purpose": PURPOSE}, "name"),
        ({"id_number": "430399195503090001", "purpose": PURPOSE}, "id_number"),
        ({"nickname": "三", "purpose": PURPOSE}, "nickname"),
    ],
)
def test_a_search_that_cannot_be_made_names_the_field(world, body, field):
    answer = world.trusted().post("/api/v1/persons/search", body)
    assert answer.status == 400
    assert answer.json()["errors"][0]["field"] == field
    assert answer.json()["errors"][0]["remedy"]


def test_wildcards_in_a_name_find_nobody(world):
    found = world.trusted().post("/api/v1/persons/search", {"name": "张%", "purpose": PURPOSE})
    assert found.json() == {"results": []}


def test_no_personal_data_reach_the_log(world, caplog):
    world.trusted().post("/api/v1/persons/search", {"name": "张三丰", "purpose": PURPOSE})
    world.trusted_again = world.program(name="另一客户", scopes=list(Scope))
    world.trusted_again.get("/api/v1/persons", purpose=PURPOSE)
    assert "张三丰" not in caplog.text
    assert "4303991955" not in caplog.text
    assert PURPOSE not in caplog.text

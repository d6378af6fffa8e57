"""What the schema promises is what PostgreSQL makes; what the schema offers the server does not fall over."""

import json
import warnings
from typing import Any

import jsonschema
import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from openapi_spec_validator import validate

from core.accounts.tokens import Scope
from followups.protocols.library import editions
from followups.services.cases.opening import open_case
from followups.services.needs import work_need
from followups.services.paperwork import lay_out_papers
from healthaid.api.filters import DutyFilters
from healthaid.api.schema import document
from households.services.monitoring.working import finish_measure
from tests.factories.cases import a_major_condition
from tests.factories.claims import (
    a_bill_item,
    a_decision,
    a_hospital_at,
    a_receipt,
    a_settlement,
    an_admission,
    an_approved_policy,
)
from tests.factories.facts import a_need_of
from tests.factories.followups import a_contract, a_duty, a_team
from tests.factories.ground import a_user
from tests.factories.monitoring import a_case_helped
from tests.factories.programs import Program, settled
from tests.factories.referrals import a_referral
from tests.healthaid.api.test_visits import a_body

PURPOSE = "核对住院人员身份"
MASKED = ("households", "persons", "admissions", "settlements")


@pytest.fixture
def full(world: Any, cast: Any) -> Any:
    """Every list has a row with as much in it as a row can have."""
    by = a_user("county_staff", world.county.county)
    today = timezone.localdate()
    a_contract(world.head, a_team(world.county.lianhe), by, since=today.replace(month=1, day=1))
    a_duty(world.head)
    a_duty(household=world.near)
    open_case(condition=a_major_condition(world.ill), evidence="病理报告", by=by, on=today)
    need = a_need_of(world.head, by, kind="cost", quoted_amount=2000, is_put_off=True)
    lay_out_papers(need=need, by=by)
    work_need(need=need, note="已联系医院", by=by, on=today)
    a_referral(world.head, by, need=need)
    finish_measure(
        measure=a_case_helped(world.near, cast).measures.get(), outcome="到账", by=cast.township, on=today
    )
    assert world.trusted().post("/api/v1/visits", a_body(world.head)).status == 201
    a_bill_settled_for(world)
    settled()
    return world


def a_bill_settled_for(world: Any) -> None:
    """A stay with its bill, decided by the engine, its deposit taken."""
    clerk = a_user("hospital_clerk", world.county.county, username="clerk-of-bills")
    first, second = (a_user("county_staff", world.county.county, username=f"rules{n}") for n in (1, 2))
    stay = an_admission(world.head, a_hospital_at(world.county.county), clerk)
    a_bill_item(stay)
    a_receipt(stay, clerk)
    policy = an_approved_policy(world.county.county, first, second)
    with transaction.atomic():
        a_settlement(stay, policy, clerk, decision=a_decision(world.head).as_json())


def _check(value: Any, operation: str, status: str = "200") -> None:
    found = document("en")
    raw = next(
        op for path in found["paths"].values() for op in path.values() if op["operationId"] == operation
    )
    kinds = raw["responses"][status]["content"]
    schema = {**next(iter(kinds.values()))["schema"], "components": found["components"]}
    checker = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    assert [error.message for error in checker.iter_errors(value)] == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("purpose", ["", PURPOSE])
def test_every_answer_has_the_promised_shape(full, purpose):
    program = full.trusted()
    asked = {"purpose": purpose} if purpose else {}
    for name in (*MASKED, "visits", "duties", "needs", "referrals", "cases", "monitoring", "areas"):
        page = program.get(f"/api/v1/{name}", **asked if name in MASKED else {}).json()
        assert page["results"], name
        _check(page, f"list_{name}")
        for row in page["results"]:
            key = row["code" if name == "areas" else "id"]
            more = asked if name in MASKED else {}
            _check(program.get(f"/api/v1/{name}/{key}", **more).json(), f"record_{name}")
    for name in (*MASKED, "monitoring"):
        for line in program.get(f"/api/v1/{name}/export", **asked).lines()[:-1]:
            _check(line, f"export_{name}")


@pytest.mark.django_db(transaction=True)
def test_searches_visits_and_problems_have_the_promised_shape(full):
    program = full.trusted()
    _check(
        program.post("/api/v1/persons/search", {"name": "张三", "purpose": PURPOSE}).json(), "search_persons"
    )
    body = a_body(full.ill)
    _check(program.post("/api/v1/visits", body).json(), "send_visits", "201")
    _check(program.post("/api/v1/visits", body).json(), "send_visits", "200")
    _check(program.post("/api/v1/visits", body | {"mode": "1"}).json(), "send_visits", "409")
    _check(program.post("/api/v1/visits", a_body(full.ill, given={"sbp": 2})).json(), "send_visits", "422")
    _check(program.get("/api/v1/persons?x=1").json(), "list_persons", "400")


@pytest.mark.django_db(transaction=True)
def test_a_record_joins_what_is_known(full):
    home = full.trusted().get(f"/api/v1/households/{full.near.uuid}").json()
    head = next(member for member in home["members"] if member["relation"] == "02")
    assert [each["disease"] for each in head["conditions"]] == ["hypertension"]
    assert head["contract"]["team"] == "第一团队"
    assert home["last_visits"][0]["person"] == str(full.head.uuid)


def test_the_schema_is_valid_openapi_and_made_without_warnings(capsys):
    document.cache_clear()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = document("en")
    assert found["openapi"].startswith("3.1")
    validate(json.loads(json.dumps(found)))
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_operation_explains_itself(language):
    for path, methods in document(language)["paths"].items():
        for raw in methods.values():
            assert raw["summary"], path
            assert raw["security"] == [{"token": []}], path
            assert all(each["description"] for each in raw["parameters"]) if "parameters" in raw else True, (
                path
            )


def test_every_form_stands_in_the_schema():
    names = set(document("en")["components"]["schemas"])
    assert {f"answers_{form.code}_{form.edition}" for form in editions()} <= names


def test_every_filter_stands_in_the_schema():
    parameters = document("en")["paths"]["/api/v1/duties"]["get"]["parameters"]
    assert set(DutyFilters.base_filters) <= {each["name"] for each in parameters}


@pytest.mark.django_db
def test_schema_and_page_are_public_and_in_both_languages(client):
    assert Program().get("/api/v1/openapi.json").json()["info"]["title"] == "HealthAid API"
    page = client.get("/api/docs/", headers={"Accept-Language": "zh-CN"}).content.decode()
    assert "/api/v1/households/export" in page
    assert "start again" not in page.lower()
    assert "Start again" in client.get("/api/docs/", headers={"Accept-Language": "en"}).content.decode()


@pytest.mark.django_db
def test_the_page_needs_nothing_from_outside_and_no_inline_code(client):
    page = client.get("/api/docs/").content.decode()
    assert "style=" not in page
    assert "<script>" not in page
    assert 'src="http' not in page
    assert 'href="http' not in page


@pytest.mark.django_db
def test_the_operator_gives_and_takes_tokens_at_the_console(county, capsys):
    options = {"area": county.county.code, "purpose": "理赔核对", "scopes": [Scope.AREAS]}
    call_command("issue_token", "保险公司", **options)
    program = Program(capsys.readouterr().out.strip())
    assert program.get("/api/v1/areas").status == 200
    call_command("revoke_token")
    number = capsys.readouterr().out.split()[0]
    call_command("revoke_token", number)
    assert program.get("/api/v1/areas").status == 401

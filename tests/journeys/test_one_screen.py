"""What a doctor looks up about a person stands on one phone screen each: trends, visits made and owed, needs, contract,
history, and the joint plan. In large type a screen holds less, but nothing is wider than it."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from followups.services.needs import raise_need
from followups.services.visits import record_visit
from tests.factories.cases import a_case, a_major_condition
from tests.factories.followups import a_body, a_contract, a_duty, a_team
from tests.factories.registry import a_condition, a_household, a_person
from tests.journeys.conftest import PHONE, Screen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREEN = PHONE["height"]
_TALL = """() => [...document.querySelectorAll("main .section, main .plan")]
    .map((block) => [block.querySelector("h2")?.innerText ?? "", Math.round(block.getBoundingClientRect().height)])"""
_WIDTH = "() => document.documentElement.scrollWidth"


@pytest.fixture
def patient(county, cast) -> SimpleNamespace:
    """A woman with high pressure, diabetes and a stroke: a year of visits, six needs, a contract, a plan."""
    today = timezone.localdate()
    person = a_person(a_household(county.lianhe), name="李淑贞", sex="2", birth_date=date(1950, 3, 1))
    a_condition(person), a_condition(person, "type2_diabetes"), a_major_condition(person)
    for number in range(10, 0, -1):
        on = today - timedelta(days=30 * number)
        for protocol, answers in (
            ("hypertension", {"sbp": 168, "dbp": 96}),
            ("type2_diabetes", {"fpg": "9.6"}),
        ):
            body = a_body(person, protocol=protocol, visited_on=str(on), answers=answers | {"next_date": ""})
            assert record_visit(body=body, by=cast.doctor, received_on=today).status == "accepted"
    for number in range(6):
        words = "家中老人摔伤后行动不便，需要轮椅和上门换药" + str(number)
        raise_need(person=person, kind="other", description=words, by=cast.doctor, on=today)
    a_duty(person, starts_on=today - timedelta(days=30), ends_on=today + timedelta(days=30))
    a_contract(person, a_team(county.lianhe), cast.doctor)
    case = a_case(county, cast, stage="planned", person=person)
    return SimpleNamespace(person=person, case=case)


def _blocks_too_tall(screen: Screen, path: str) -> list[list[object]]:
    page = screen.go(path)
    blocks = page.evaluate(_TALL)
    assert blocks
    return [block for block in blocks if block[1] > SCREEN]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_each_block_of_a_person_stands_on_one_screen(phone, cast, patient, language):
    phone.let_in(cast.doctor)
    phone.context.add_cookies([{"name": "django_language", "value": language, "url": phone.house.url}])
    person = reverse("households:person", args=[patient.person.uuid])
    plan = reverse("followups:case_plan", args=[patient.case.uuid])
    assert _blocks_too_tall(phone, person) == []
    assert _blocks_too_tall(phone, plan) == []


def test_the_history_of_a_person_stands_on_one_screen(phone, cast, patient):
    phone.let_in(cast.township)
    assert _blocks_too_tall(phone, reverse("households:person_history", args=[patient.person.uuid])) == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_large_type_is_never_wider_than_the_screen(phone, cast, patient, language):
    phone.let_in(cast.doctor)
    chosen = {"django_language": language, "type_size": "large"}
    phone.context.add_cookies(
        [{"name": name, "value": chosen[name], "url": phone.house.url} for name in chosen]
    )
    for name, uuid in (
        ("households:person", patient.person.uuid),
        ("followups:case_plan", patient.case.uuid),
    ):
        page = phone.go(reverse(name, args=[uuid]))
        page.locator("main details").evaluate_all("(all) => all.forEach((each) => { each.open = true; })")
        assert page.evaluate(_WIDTH) <= PHONE["width"]
    assert phone.go("/today/").evaluate(_WIDTH) <= PHONE["width"]

"""The browser's twin of the assessment gives the very same answer as Python, down to the sentences."""

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from followups.protocols.assessment import PastVisit, assess
from followups.protocols.cases import Case, load_cases
from followups.protocols.computing import compute
from followups.protocols.library import editions
from followups.protocols.schema import Field, Protocol
from followups.protocols.twin import browser_rules
from followups.protocols.validation import to_json

SCRIPT = Path(__file__).parents[3] / "followups" / "static" / "followups" / "assess.js"
RULES = {form.key: browser_rules(form.key) for form in editions()}
ON = date(2026, 11, 22)
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def twin(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.add_script_tag(path=SCRIPT)
    yield page
    page.close()


def run_in_browser(twin: Page, cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    # As text: what two outcomes share would come back as a reference, which the driver may lose.
    script = """([rules, cases]) => JSON.stringify(cases.map((one) =>
        window.healthaidAssess.assess(rules[one.key],
            window.healthaidAssess.compute(rules[one.key], one.answers), one.history, one.when)))"""
    outcomes: list[dict[str, Any]] = json.loads(twin.evaluate(script, [RULES, cases]))
    return outcomes


def test_every_case_holds_in_the_browser(twin: Page) -> None:
    cases = load_cases()
    outcomes = run_in_browser(twin, [case.as_json() for case in cases])
    faults = [f"{case.name}: {case.differences(found)}" for case, found in zip(cases, outcomes, strict=True)]
    assert [fault for fault in faults if not fault.endswith(": []")] == []


def test_random_visits_are_assessed_alike(twin: Page) -> None:
    dice = random.Random(20261122)
    cases = [random_case(dice, dice.choice(editions())) for _ in range(600)]
    outcomes = run_in_browser(twin, [case.as_json() for case in cases])
    for case, found in zip(cases, outcomes, strict=True):
        form = next(form for form in editions() if form.code == case.protocol)
        values = dict(case.answers)
        compute(form, values)
        outcome = assess(form, values, case.history, on=case.on, birth_date=case.birth_date, sex=case.sex)
        assert found == outcome.as_json(), case


def random_case(dice: random.Random, form: Protocol) -> Case:
    on = ON + timedelta(days=dice.randrange(-400, 400))
    born = dice.choice([None, date(1961, 11, 22), date(1960, 2, 29), date(1990, 1, 1)])
    past = [
        PastVisit(on + timedelta(days=dice.randrange(-200, 5)), random_answers(dice, form)) for _ in range(3)
    ]
    sex = dice.choice(["", "1", "2"])
    return Case("", "", form.code, on, born, sex, random_answers(dice, form), tuple(past), {})


def test_scores_and_their_classes_are_computed_alike(twin: Page) -> None:
    dice = random.Random(65)
    scored = [form for form in editions() if any(field.adds for field in form.fields)]
    pairs = [(form, random_parts(dice, form)) for form in scored for _ in range(60)]
    script = (
        "([rules, pairs]) => pairs.map(([key, given]) => window.healthaidAssess.compute(rules[key], given))"
    )
    found = twin.evaluate(script, [RULES, [[form.key, to_json(given)] for form, given in pairs]])
    for (form, given), computed in zip(pairs, found, strict=True):
        values = dict(given)
        compute(form, values)
        assert computed == to_json(values), given


def random_parts(dice: random.Random, form: Protocol) -> dict[str, Any]:
    parts = {code for field in form.fields for code in field.adds}
    return {code: random_value(dice, form, form.by_code[code]) for code in parts if dice.random() < 0.9}


def random_answers(dice: random.Random, form: Protocol) -> dict[str, Any]:
    asked = [form.by_code[code] for code in {*form.assessment.needs, *RULES[form.key]["needs"]}]
    others = dice.sample(form.fields, 8)
    return {
        field.code: random_value(dice, form, field)
        for field in [*asked, *others]
        if dice.random() < 0.85 and field.code not in ("lost_reason", "death_date") and not field.is_list
    }


def random_value(dice: random.Random, form: Protocol, field: Field) -> Any:
    options = list(form.table(field).by_code) if field.table else []
    if field.type == "multi":
        return tuple(sorted(dice.sample(options, dice.randrange(1, 3))))
    if options:
        return dice.choice(options)
    if field.type in ("number", "decimal"):
        low, high = (int(limit or 0) * 10**field.digits for limit in (field.minimum, field.maximum))
        return (
            Decimal(dice.randint(low, high)).scaleb(-field.digits)
            if field.digits
            else dice.randint(low, high)
        )
    return "2026-11-20" if field.type == "date" else "x"

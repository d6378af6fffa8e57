"""What holds for any answers whatever: no crash, no milder word for a worse reading, nothing good from nothing."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from followups.protocols.assessment import Assessment, PastVisit, assess
from followups.protocols.library import editions, protocol
from followups.protocols.validation import Context, clean

ON = date(2026, 11, 22)
FORMS = {form.code: form for form in editions()}
HYPERTENSION = protocol("hypertension", on=ON)
births = st.dates(date(1920, 1, 1), date(1991, 1, 1))
junk: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
codes = st.sampled_from(sorted({code for form in FORMS.values() for code in form.by_code}))
anything = st.dictionaries(codes | st.text(max_size=10), junk, max_size=12)
readings = st.fixed_dictionaries(
    {"adr": st.sampled_from(["1", "2"]), "complications": st.sampled_from(["1", "2", "3"])},
    optional={"sbp": st.integers(50, 300), "dbp": st.integers(30, 200), "symptoms": st.just(("1",))},
)
pasts = st.lists(st.builds(PastVisit, st.dates(date(2025, 1, 1), date(2026, 11, 21)), readings), max_size=4)


def assessed(answers: dict[str, Any], history: list[PastVisit], birth: date) -> Assessment:
    return assess(HYPERTENSION, answers, history, on=ON, birth_date=birth)


def severity(outcome: Assessment) -> tuple[bool, bool, int]:
    return outcome.urgent, outcome.referral, HYPERTENSION.grade(outcome.cls)


@given(form=st.sampled_from(sorted(FORMS)), answers=anything, birth=births | st.none())
@settings(max_examples=150, deadline=None)
def test_clean_and_assess_never_raise(form: str, answers: dict[str, Any], birth: date | None) -> None:
    cleaned = clean(FORMS[form], answers, context=Context(on=ON, birth_date=birth))
    assess(FORMS[form], cleaned.answers, on=ON, birth_date=birth)
    assess(FORMS[form], answers, [PastVisit(ON - timedelta(9), answers)], on=ON, birth_date=birth)
    cleaned.as_json()


@given(answers=anything | junk)
@settings(max_examples=100, deadline=None)
def test_cleaned_answers_are_clean(answers: Any) -> None:
    once = clean(HYPERTENSION, answers, context=Context(on=ON))
    twice = clean(HYPERTENSION, once.as_json(), context=Context(on=ON))
    assert twice.answers == once.answers


@given(answers=readings, history=pasts, birth=births, more=st.integers(1, 120))
@settings(max_examples=200, deadline=None)
def test_a_higher_pressure_is_never_called_milder(
    answers: dict[str, Any], history: list[PastVisit], birth: date, more: int
) -> None:
    worse = answers | {"sbp": answers.get("sbp", 120) + more}
    milder = assessed(answers | {"sbp": answers.get("sbp", 120)}, history, birth)
    assert severity(assessed(worse, history, birth)) >= severity(milder)


@given(answers=readings, history=pasts, birth=births)
@settings(max_examples=150, deadline=None)
def test_a_missing_pressure_is_never_controlled(
    answers: dict[str, Any], history: list[PastVisit], birth: date
) -> None:
    for code in ("sbp", "dbp"):
        without = {name: value for name, value in answers.items() if name != code}
        outcome = assessed(without, history, birth)
        assert outcome.cls != "1"
        assert outcome.controlled is not True


@given(answers=readings, history=pasts, birth=births)
@settings(max_examples=150, deadline=None)
def test_an_assessment_explains_itself_and_says_when_to_come_back(
    answers: dict[str, Any], history: list[PastVisit], birth: date
) -> None:
    outcome = assessed(answers, history, birth)
    assert outcome.reasons
    assert outcome.next_due_from is not None
    assert outcome.next_due_by is not None
    assert ON < outcome.next_due_from <= outcome.next_due_by
    assert outcome.assessable == bool(outcome.cls)

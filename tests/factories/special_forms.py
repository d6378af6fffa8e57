"""Answers of the forms of severe mental disorder and tuberculosis, complete as a doctor would send them."""

from typing import Any

from households.models import Person
from tests.factories.followups import a_body

FUNCTIONS = ("self_care", "housework", "work", "learning", "social")


def mental_answers(**more: Any) -> dict[str, Any]:
    """A patient who is stable."""
    return {
        "informant": "1",
        "risk": "0",
        "symptom_level": "1",
        "insight": "1",
        "physical": "1",
        "adherence": "1",
        "adr": "1",
        "dangerous_acts": ["7"],
        "locked_up": "1",
        "hospital_stay": "0",
        **{f"function_{name}": "1" for name in FUNCTIONS},
        **more,
    }


def doses_answers(**more: Any) -> dict[str, Any]:
    """A patient in the second month who missed nothing, watched by the family."""
    return {
        "treatment_month": 2,
        "supervisor": "2",
        "symptoms": ["0"],
        "missed_doses": 0,
        "adr": "1",
        "complications": "1",
        **more,
    }


def closing_answers(**more: Any) -> dict[str, Any]:
    """A course finished with nine doses out of ten."""
    return {
        "stop_date": "2026-11-16",
        "stop_reason": "1",
        "visits_due": 8,
        "visits_done": 8,
        "doses_due": 180,
        "doses_taken": 162,
        **more,
    }


def supplement_answers(**more: Any) -> dict[str, Any]:
    """A patient whose guardian agrees to the management."""
    return {
        "consent": "1",
        "consent_signed_by": "张父",
        "consent_signed_on": "2026-11-20",
        "diagnosis": "1",
        "guardian_name": "张父",
        "guardian_relation": "父亲",
        **more,
    }


def a_special_body(person: Person, protocol: str, answers: dict[str, Any], **more: Any) -> dict[str, Any]:
    return a_body(person, protocol=protocol, **more) | {"answers": answers}

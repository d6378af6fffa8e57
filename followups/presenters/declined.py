"""One line of the list of those who do not agree to be managed."""

from datetime import date
from typing import Any

from core.base.periods import add_months, age_on
from followups.protocols.library import consent_forms
from households.models import Condition

MONTHS = 12


def present_declined(condition: Condition, on: date) -> dict[str, Any]:
    """`condition` comes with `asked_on` and `told_by` (queries.declined)."""
    person, asked_on = condition.person, getattr(condition, "asked_on", None)
    again_by = add_months(asked_on, MONTHS) if asked_on else None
    return {
        "uuid": person.uuid,
        "name": person.name,
        "age": age_on(person.birth_date, on),
        "place": f"{person.household.village.name} {person.household.group_name}".strip(),
        "disease": str(condition.disease),
        "asked_on": asked_on,
        "told_by": getattr(condition, "told_by", None) or "",
        "again_by": again_by,
        "is_due": again_by is None or again_by <= on,
        "form": consent_forms()[condition.disease.code],
    }

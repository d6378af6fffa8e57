"""The yearly examination as the register counts it: one a year for each person."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from households.models import Exam


def record_exam(
    *,
    person: int,
    village: int,
    institution: int | None,
    on: date,
    is_normal: bool,
    findings: Mapping[str, Any],
    advice: str,
) -> Exam:
    """This will enter a person's examination of a year, or replace what was entered for that year.

    `findings` names the visit it rests on (`visit`) and what was not normal (`abnormal`: codes of the form).
    Called inside the transaction that keeps the visit; who may keep a visit is asked there.
    """
    values = {
        "village_id": village,
        "examined_on": on,
        "institution_id": institution,
        "is_normal": is_normal,
        "findings": dict(findings),
        "advice": advice,
    }
    exam, _ = Exam.objects.update_or_create(person_id=person, year=on.year, defaults=values)
    return exam


def withdraw_exam(*, person: int, visit: str) -> None:
    """This will take back the examination that rests on a visit, whatever its year."""
    Exam.objects.filter(person_id=person, findings__visit=visit).delete()

"""逐一摸排登记: a case for each ill person, singly or all at once, and anew after a relapse."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.accounts.permissions import check
from core.accounts.scope import village_ids
from followups.case_choices import Stage
from followups.models import CaseStep, MajorCase
from followups.services.cases.steps import EVIDENCE, locked
from followups.services.papers import keep_evidence
from followups.sql import statement
from households.models import Condition


def open_case(
    *,
    condition: Condition,
    evidence: str,
    by: User,
    on: date,
    previous: MajorCase | None = None,
    file: Any = None,
) -> MajorCase:
    """This will register one case for a condition, with the photograph or PDF of what shows it where there is
    one. The open case there is already is given again."""
    check(by, "work_case")
    if not evidence.strip():
        raise ValidationError({"evidence": _("Write down what shows that the person has the disease.")})
    with transaction.atomic():
        Condition.objects.select_for_update().get(pk=condition.pk)
        standing: MajorCase | None = MajorCase.objects.filter(_still_open(condition)).first()
        if standing:
            return standing
        case = MajorCase.objects.create(
            condition=condition,
            person_id=condition.person_id,
            disease_id=condition.disease_id,
            village_id=condition.village_id,
            county_id=condition.person.county_id,
            catalogue=_newest_list(condition),
            registered_on=on,
            previous=previous,
        )
        case.refresh_from_db()
        CaseStep.objects.create(case=case, stage=Stage.REGISTERED, on=on, evidence=evidence[:EVIDENCE], by=by)
        if file:
            keep_evidence(case=case, stage=Stage.REGISTERED, file=file, by=by, on=on)
    return case


def open_missing(*, evidence: str, by: User, on: date, catalogue: str = "") -> int:
    """This will register a case for everybody of the user's area who has a disease of the published lists
    (of one list where `catalogue` names it) and no case yet. Gives how many; to repeat it adds nothing."""
    check(by, "work_case")
    if not evidence.strip():
        raise ValidationError({"evidence": _("Write down where the diagnoses come from.")})
    values: dict[str, Any] = {
        "villages": village_ids(by),
        "sensitive": by.sees_sensitive,
        "catalogue": catalogue,
        "on": on,
        "by": by.pk,
        "evidence": evidence[:EVIDENCE],
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement("open_cases", missing=statement("missing_cases")), values)
        opened = [row[0] for row in cursor.fetchall()]
        cursor.execute(statement("first_steps"), {**values, "opened": opened})
    return len(opened)


def reopen(*, case: MajorCase, evidence: str, by: User, on: date, file: Any = None) -> MajorCase:
    """This will start a new episode after a relapse; the closed one stays as it is and is named."""
    check(by, "work_case")
    with transaction.atomic():
        held = locked(case)
        if held.stage != Stage.CLOSED or hasattr(held, "next"):
            raise ValidationError(_("Only the last closed case can be taken up again."))
        if held.person.left_on:
            raise ValidationError(_("The person has left the register; no case can be opened."))
        if on < (held.closed_on or on):
            raise ValidationError({"on": _("Choose a day after the case was closed.")})
        return open_case(condition=held.condition, evidence=evidence, by=by, on=on, previous=held, file=file)


def _still_open(condition: Condition) -> Q:
    return Q(person_id=condition.person_id, disease_id=condition.disease_id) & ~Q(stage=Stage.CLOSED)


def _newest_list(condition: Condition) -> str:
    return max(condition.disease.catalogues, key=lambda name: (len(name), name), default="")

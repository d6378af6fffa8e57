"""精准施治: how the treatment stands, and where; or why there is none."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.accounts.permissions import check
from core.clinics.models import Institution
from followups.case_choices import Stage, TreatmentStatus, WhyNot
from followups.models import MajorCase, Treatment
from followups.services.cases.steps import locked, take_step
from followups.services.papers import keep_evidence


def record_treatment(
    *,
    case: MajorCase,
    status: str,
    happened_on: date,
    by: User,
    on: date,
    hospital: Institution | None = None,
    place: str = "",
    why_not: str = "",
    note: str = "",
    file: Any = None,
) -> Treatment:
    """This will add how the treatment stood on a day; records are never changed, a newer one counts.

    The first one after the plan moves the case to "in treatment"; it is dated the day of writing, since an
    operation may lie before the plan. `hospital` or `place` is asked for, or `why_not` where not treated."""
    check(by, "work_case")
    _check(status, hospital, place, why_not, note)
    if happened_on > on:
        raise ValidationError({"happened_on": _("Choose today or an earlier day.")})
    treated = status != TreatmentStatus.NOT_TREATED
    with transaction.atomic():
        held = locked(case)
        if held.stage == Stage.CLOSED:
            raise ValidationError(_("This case is closed."))
        record: Treatment = Treatment.objects.create(
            case=held,
            status=status,
            on=happened_on,
            hospital=hospital if treated else None,
            place=place.strip() if treated and not hospital else "",
            why_not="" if treated else why_not,
            note=note.strip(),
            by=by,
        )
        if held.stage == Stage.PLANNED:
            take_step(case=held, stage=Stage.TREATING, evidence=_evidence(record), by=by, on=on)
        if file:
            keep_evidence(case=held, stage=Stage.TREATING, file=file, by=by, on=on)
    return record


def _check(status: str, hospital: Institution | None, place: str, why_not: str, note: str) -> None:
    if status != TreatmentStatus.NOT_TREATED:
        if hospital is None and not place.strip():
            raise ValidationError({"hospital": _("Choose the hospital, or write its name.")})
    elif not why_not:
        raise ValidationError({"why_not": _("Choose why the person is not treated.")})
    elif why_not == WhyNot.OTHER and not note.strip():
        raise ValidationError({"note": _("Write down the reason.")})


def _evidence(record: Treatment) -> str:
    told = record.get_why_not_display() if record.why_not else (record.hospital or record.place)
    return " · ".join(filter(None, [str(record.get_status_display()), str(told), record.note]))

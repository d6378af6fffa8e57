"""The health record: brought up to date by a visit on its form, or noted as it stands on paper."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.accounts.permissions import check
from core.clinics.models import Institution
from households.health_record import record_rule
from households.models import HealthRecord, Person


def follow_record_form(
    *, person: int, answers: Mapping[str, Any], on: date, visit: UUID, owner: int | None
) -> None:
    """This will bring the record up to date with a visit on its form, unless a later look is on record.

    Called inside the transaction that keeps the visit; who may keep a visit is asked there.
    """
    old = HealthRecord.objects.select_for_update().filter(person_id=person).first()
    if old and old.visit and old.updated_on > on:
        return
    made_on = _day(answers.get("archive_date")) or on
    values = {
        "archive_number": str(answers.get("archive_number") or "—")[:24],
        "owner_id": owner or (old.owner_id if old else None),
        "unit": str(answers.get("archive_unit") or "")[:60],
        "doctor": str(answers.get("responsible_doctor") or "")[:40],
        "made_on": min(made_on, on),
        "updated_on": on,
        "missing": record_rule().lacking(answers),
        "visit": visit,
    }
    HealthRecord.objects.update_or_create(person_id=person, defaults=values)


def release_record(*, visit: UUID) -> None:
    """This will let the next version of a corrected visit decide, whatever its day."""
    HealthRecord.objects.filter(visit=visit).update(visit=None, updated_on=F("made_on"))


@transaction.atomic
def note_paper_record(
    *,
    person: Person,
    archive_number: str,
    owner: Institution,
    made_on: date,
    updated_on: date,
    is_complete: bool,
    by: User,
    on: date,
) -> HealthRecord:
    """This will note a record that stands on paper: its number, who keeps it, when it was last looked at.

    :raises ValidationError: where the days do not follow each other, or the form itself is on record.
    """
    check(by, "keep_records")
    if not made_on <= updated_on:
        raise ValidationError({"updated_on": _("It cannot have been looked at before it was made.")})
    if updated_on > on:
        raise ValidationError({"updated_on": _("This day lies ahead. Choose today or an earlier day.")})
    old = HealthRecord.objects.select_for_update().filter(person=person).first()
    if old and old.visit:
        words = _("The record is kept on its form here. Look at it again by a visit on that form.")
        raise ValidationError({"archive_number": words})
    values = {
        "archive_number": archive_number.strip(),
        "owner": owner,
        "unit": owner.name,
        "made_on": made_on,
        "updated_on": updated_on,
        "missing": [] if is_complete else [*record_rule().needed],
    }
    record, _made = HealthRecord.objects.update_or_create(person=person, defaults=values)
    return record


@transaction.atomic
def take_over_record(*, person: Person, owner: Institution, by: User) -> HealthRecord:
    """This will hand a record over to the health centre of where the person lives now (DOMAIN A51)."""
    check(by, "keep_records")
    record: HealthRecord = HealthRecord.objects.select_for_update().get(person=person)
    record.owner, record.unit = owner, owner.name
    record.save(update_fields=["owner", "unit"])
    return record


def _day(given: Any) -> date | None:
    if isinstance(given, date):
        return given
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        return None

"""包联管理: hospitals answer for towns, doctors for patients, a township and a village doctor beside."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from core.accounts.models import Area, User
from core.accounts.permissions import check
from core.accounts.scope import village_ids
from core.clinics.models import HospitalTown, Institution, Practitioner
from followups.case_choices import CareLevel, Stage
from followups.models import CaseAssignment, MajorCase
from followups.services.cases.steps import check_day, locked, take_step
from followups.services.papers import keep_evidence
from followups.sql import statement

Kind = Institution.Kind
KINDS: dict[str, frozenset[str]] = {
    CareLevel.COUNTY: frozenset({Kind.COUNTY_HOSPITAL, Kind.HIGHER_HOSPITAL}),
    CareLevel.TOWNSHIP: frozenset({Kind.TOWNSHIP_HOSPITAL}),
    CareLevel.VILLAGE: frozenset({Kind.VILLAGE_CLINIC, Kind.TOWNSHIP_HOSPITAL}),
}


def assign_doctors(
    *, case: MajorCase, doctors: Mapping[str, Practitioner], by: User, on: date, file: Any = None
) -> MajorCase:
    """This will name the person's doctors of the given levels from a day on; who was named before is
    replaced. With the third of them a registered case moves to "assigned". `file` is the signed charge."""
    check(by, "assign_case")
    _check_levels(doctors)
    with transaction.atomic():
        held = locked(case)
        if held.stage == Stage.CLOSED:
            raise ValidationError(_("This case is closed."))
        check_day(held, on)
        for level, doctor in doctors.items():
            _name(held, level, doctor, by=by, on=on)
        _move_on(held, by=by, on=on)
        if file:
            keep_evidence(case=held, stage=Stage.ASSIGNED, file=file, by=by, on=on)
    return held


def give_town(*, township: Area, hospital: Institution, by: User, on: date) -> HospitalTown:
    """This will make a hospital answer for a town from a day on (划片包干), instead of another one."""
    check(by, "assign_case")
    if hospital.kind not in KINDS[CareLevel.COUNTY]:
        raise ValidationError({"hospital": _("Choose a county hospital or a higher one.")})
    with transaction.atomic():
        standing = HospitalTown.objects.select_for_update().filter(township=township, period__contains=on)
        for town in standing:
            if town.institution_id == hospital.pk:
                return town
            _end(town, on)
        later = HospitalTown.objects.filter(township=township, period__startswith__gte=on)
        later.delete()
        return HospitalTown.objects.create(
            township=township, institution=hospital, period=DateRange(on, None)
        )


def assign_waiting(*, hospital_pk: int, by: User, on: date) -> int:
    """This will share the waiting patients of a hospital's towns out among its doctors, town by town and the
    least burdened doctor first, with the leader of the person's team and the doctor of the village beside.

    Gives how many cases are assigned now; who still lacks a doctor of a level stays waiting."""
    check(by, "assign_case")
    values: dict[str, Any] = {"villages": village_ids(by), "hospital": hospital_pk, "on": on, "by": by.pk}
    values["sensitive"] = by.sees_sensitive
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('cases_assign'), %s)", [hospital_pk])
        for level in ("county", "township", "village"):
            cursor.execute(statement(f"assign_{level}"), values)
        cursor.execute(statement("step_assigned"), values)
        return int(cursor.rowcount)


def release(*, person_id: int, on: date) -> None:
    """This will end the doctors' charge of a person who has no open case left."""
    if MajorCase.objects.filter(person_id=person_id).exclude(stage=Stage.CLOSED).exists():
        return
    for assignment in CaseAssignment.objects.select_for_update().filter(
        person_id=person_id, period__contains=on
    ):
        _end(assignment, on + timedelta(days=1))


def _check_levels(doctors: Mapping[str, Practitioner]) -> None:
    taken: set[int] = set()
    for level, doctor in doctors.items():
        if doctor.institution.kind not in KINDS[level]:
            words = _("%(name)s does not work at an institution of this level. Choose somebody else.")
            raise ValidationError({level: words % {"name": doctor.name}})
        if doctor.pk in taken:
            raise ValidationError({level: _("Each level has its own doctor. Choose somebody else.")})
        taken.add(doctor.pk)


def _name(case: MajorCase, level: str, doctor: Practitioner, *, by: User, on: date) -> None:
    standing = case.person.case_doctors.select_for_update().filter(level=level, period__contains=on)
    for assignment in standing:
        if assignment.practitioner_id == doctor.pk:
            return
        _end(assignment, on)
    try:
        with transaction.atomic():
            CaseAssignment.objects.create(
                person_id=case.person_id,
                village_id=case.village_id,
                level=level,
                practitioner=doctor,
                period=DateRange(on, None),
                by=by,
            )
    except IntegrityError as overlap:
        words = _("This doctor, or another one from a later day on, is named already. Look at who is named.")
        raise ValidationError({level: words}) from overlap


def _end(row: Any, on: date) -> None:
    """A charge that began the same day leaves no trace but its history."""
    if row.period.lower >= on:
        row.delete()
        return
    row.period = DateRange(row.period.lower, on)
    row.save(update_fields=["period"])


def _move_on(case: MajorCase, *, by: User, on: date) -> None:
    if case.stage != Stage.REGISTERED:
        return
    named = case.person.case_doctors.filter(period__contains=on).select_related("practitioner__institution")
    if named.count() < len(CareLevel):
        return
    names = [
        f"{assignment.practitioner.name}（{assignment.practitioner.institution.name}）"
        for assignment in sorted(named, key=lambda each: CareLevel.values.index(each.level))
    ]
    take_step(case=case, stage=Stage.ASSIGNED, evidence="、".join(names), by=by, on=on)

"""The year's free examination: its campaign, many at once where nothing was found, one with its findings."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Required, TypedDict, Unpack

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import Area, User
from core.accounts.permissions import check
from core.clinics.models import Institution
from households.models import Exam, ExamCampaign, Person
from households.services.records.classes import classify


class Examination(TypedDict, total=False):
    """`findings` holds readings by the codes of the form (sbp, dbp, fpg, bmi …) and `words` in plain text."""

    examined_on: Required[date]
    institution: Institution | None
    borne_by: Required[str]
    is_normal: bool
    findings: Mapping[str, Any]
    advice: str


@transaction.atomic
def set_campaign(
    *,
    county: Area,
    year: int,
    opens_on: date,
    due_on: date,
    borne_by: str,
    cost_per_head: Decimal | None,
    by: User,
) -> ExamCampaign:
    """This will set or change when a county examines in a year, and who bears the cost (yuan per person).

    :raises ValidationError: where the days do not lie in the year, or end before they begin.
    """
    check(by, "plan_exams")
    if not opens_on <= due_on:
        raise ValidationError({"due_on": _("The last day lies before the first.")})
    if {opens_on.year, due_on.year} != {year}:
        raise ValidationError({"due_on": _("Both days must lie in the year of the campaign.")})
    told = {"opens_on": opens_on, "due_on": due_on, "borne_by": borne_by, "cost_per_head": cost_per_head}
    campaign, _made = ExamCampaign.objects.update_or_create(
        area=county, year=year, defaults={**told, "by": by}
    )
    return campaign


def note_normal_exams(*, persons: Iterable[Person], by: User, on: date, **told: Unpack[Examination]) -> int:
    """This will note for each of many that the year's examination found nothing; gives how many were new.

    Whoever has an examination of that year already is left as it is.
    """
    check(by, "keep_records")
    _check_day(told["examined_on"], on)
    with transaction.atomic():
        chosen = list(Person.objects.select_for_update().filter(pk__in=[p.pk for p in persons], left_on=None))
        known = Exam.objects.filter(person__in=chosen, year=told["examined_on"].year)
        done = set(known.values_list("person", flat=True))
        fresh = [person for person in chosen if _may_be_examined(person, told["examined_on"], done)]
        Exam.objects.bulk_create([_exam(person, {**told, "is_normal": True}) for person in fresh])
        _classify(fresh, on)
    return len(fresh)


def note_exam(*, person: Person, by: User, on: date, **told: Unpack[Examination]) -> Exam:
    """This will note one examination with its findings, or correct what was noted short for that year.

    :raises PermissionDenied: for whoever does not belong to the health side.
    :raises ValidationError: where the day lies ahead, nothing is said of findings, or the form is there.
    """
    check(by, "keep_records")
    if not by.sees_sensitive:
        raise PermissionDenied("keep_records")
    day = told["examined_on"]
    _check_day(day, on)
    if not told.get("is_normal", True) and not told.get("findings"):
        raise ValidationError({"words": _("Write down what was found, or give a reading.")})
    with transaction.atomic():
        held = Person.objects.select_for_update().get(pk=person.pk)
        old = Exam.objects.filter(person=held, year=day.year).first()
        if old and "visit" in old.findings:
            words = _("This year's examination is on record with its whole form. Amend it there.")
            raise ValidationError({"examined_on": words})
        exam = _exam(held, told)
        exam.pk = old.pk if old else None
        exam.save(force_update=old is not None, update_fields=_WRITTEN if old else None)
        _classify([held], on)
    return exam


_WRITTEN = ["examined_on", "institution", "borne_by", "is_normal", "findings", "advice"]


def _exam(person: Person, told: Mapping[str, Any]) -> Exam:
    day: date = told["examined_on"]
    return Exam(
        person=person,
        village_id=person.village_id,
        year=day.year,
        examined_on=day,
        institution=told.get("institution"),
        borne_by=told["borne_by"],
        is_normal=told.get("is_normal", True),
        findings=dict(told.get("findings", {})),
        advice=told.get("advice", ""),
    )


def _check_day(examined_on: date, on: date) -> None:
    if examined_on > on:
        raise ValidationError({"examined_on": _("This day lies ahead. Choose today or an earlier day.")})


def _may_be_examined(person: Person, day: date, done: set[int]) -> bool:
    return person.pk not in done and person.birth_date <= day


def _classify(persons: list[Person], on: date) -> None:
    """An examination decides between healthy and sub-healthy: that is told at once."""
    if persons:
        counties = {person.county_id for person in persons}
        classify(on=on, county_ids=counties, person_ids=[person.pk for person in persons])

"""A visit on the form of the yearly examination or of the health record: the register learns of it here."""

from typing import Any

from core.accounts.models import User
from core.clinics.models import Practitioner
from followups.models import Team, Visit
from followups.protocols.conditions import missing
from followups.protocols.findings import abnormal
from followups.protocols.schema import Protocol
from followups.services.visits.entry import Entry
from followups.services.visits.judging import Judged
from followups.services.visits.situation import Subject
from households.services.exams import record_exam, withdraw_exam
from households.services.records.keeping import follow_record_form, release_record

KEPT = ("height", "weight", "bmi", "waist", "sbp_left", "dbp_left", "sbp_right", "dbp_right", "fpg")
ADVICE_LENGTH = 200
RECORD = "health_record"


def follow_exam(*, entry: Entry, subject: Subject, judged: Judged, by: User) -> None:
    """This will enter the examination into the register, in the visit's own transaction."""
    if not judged.form.is_exam or subject.person is None or judged.cleaned.absent:
        return
    answers = judged.cleaned.as_json()
    found = {code: answers[code] for code in KEPT if code in answers}
    found |= {"abnormal": [each.field.code for each in abnormal(judged.form, answers)]}
    record_exam(
        person=subject.person,
        village=subject.village,
        institution=_institution(subject, by),
        on=entry.visited_on,
        is_normal=judged.assessment.cls == "a",
        findings=found | {"visit": str(entry.client_id)},
        advice=_advice(judged.form, answers),
    )


def follow_record(*, entry: Entry, subject: Subject, judged: Judged, by: User) -> None:
    """This will bring the health record up to date, in the visit's own transaction."""
    told = judged.form.code == RECORD and not judged.cleaned.absent
    if not told or subject.person is None or entry.client_id is None:
        return
    follow_record_form(
        person=subject.person,
        answers=judged.cleaned.as_json(),
        on=entry.visited_on,
        visit=entry.client_id,
        owner=_institution(subject, by),
    )


def take_back_record(old: Visit) -> None:
    """This will let the next version of a visit on the record's form decide."""
    if old.protocol == RECORD:
        release_record(visit=old.pk)


def take_back_exam(old: Visit, form: Protocol) -> None:
    """This will take the examination of a replaced version out of the register."""
    if form.is_exam and old.person_id:
        withdraw_exam(person=old.person_id, visit=str(old.pk))


def _institution(subject: Subject, by: User) -> int | None:
    """Where the doctor works, or the institution of the person's team; unknown is left open."""
    found: int | None = Practitioner.objects.filter(user=by).values_list("institution_id", flat=True).first()
    if found is None and subject.team:
        found = Team.objects.filter(pk=subject.team).values_list("institution_id", flat=True).first()
    return found


def _advice(form: Protocol, answers: dict[str, Any]) -> str:
    """Guidance and risk control in the words of the form, which are Chinese as on the paper."""
    codes = [code for code in ("guidance", "risk_control") if not missing(answers, code)]
    options = [form.option(code, str(value)) for code in codes for value in answers[code]]
    return "；".join(option.zh for option in options if option)[:ADVICE_LENGTH]

"""A sound visit and everything that follows from it, written in one statement."""

from datetime import date, timedelta
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from psycopg.types.json import Jsonb

from core.accounts.models import User
from core.base.ids import uuid7
from core.base.sql import one
from followups.models import Conflict, Visit
from followups.protocols.library import needs_consent
from followups.rules import fulfilled_by
from followups.services.visits.consents import follow_consent
from followups.services.visits.departures import follow_absence, follow_closing, follow_death
from followups.services.visits.entry import Entry
from followups.services.visits.examining import RECORD, follow_exam, follow_record
from followups.services.visits.judging import (
    NEED_DUE_DAYS,
    Judged,
    found_need,
    judge,
    next_on,
    readings,
    return_visit,
)
from followups.services.visits.needs import follow_need, whose_need
from followups.services.visits.receipt import Clash, VisitReceipt
from followups.services.visits.receiving import Seen
from followups.services.visits.situation import Situation, Subject
from followups.sql import statement

_OF_PERSON = "(person_id, protocol, rule, starts_on) WHERE person_id IS NOT NULL"
_OF_HOUSEHOLD = "(household_id, protocol, rule, starts_on) WHERE person_id IS NULL"
_UNCHANGED = "followups_unchanged(%(person)s::bigint, %(household)s, %(mark)s)"
_AS_IT_IS = (
    *("uuid", "protocol", "edition", "visited_on", "mode", "visit_class", "is_assessable", "is_controlled"),
    *(
        "sbp",
        "dbp",
        "fpg",
        "next_on",
        "satisfaction",
        "is_sensitive",
        "amend_reason",
        "device_id",
        "device_seq",
        "captured_at",
        "trip",
    ),
)
_ATTRIBUTES = tuple(field.attname for field in Visit._meta.concrete_fields)
_AS_KEY = ("household", "person", "village", "county", "by", "supersedes")


def write(
    *,
    entry: Entry,
    subject: Subject,
    situation: Situation,
    submission: int,
    by: User,
    received_on: date,
    replaces: str = "",
) -> VisitReceipt:
    """This will judge the entry and, where it is sound, write it; `replaces` is the edition it corrects.

    :raises Refused: where its form finds fault with it.
    :raises Clash: where its number has been given to another visit meanwhile.
    """
    judged = judge(entry, subject, situation, received_on=received_on, replaces=replaces)
    follow = whose_need(entry, subject)
    values = _values(entry, subject, situation, judged, submission, by, received_on)
    if not _written(values) and entry.client_id:
        # The number was taken meanwhile, for somebody else: the lock is on the person only.
        raise Clash(Conflict.Kind.SAME_NUMBER, entry.client_id)
    follow_absence(entry=entry, situation=situation, judged=judged, by=by)
    follow_death(subject, judged, on=received_on)
    follow_closing(subject, judged, on=received_on)
    follow_consent(subject, judged, on=received_on)
    follow_exam(entry=entry, subject=subject, judged=judged, by=by)
    follow_record(entry=entry, subject=subject, judged=judged, by=by)
    receipt = _receipt(values, judged)
    if follow and receipt.visit:
        follow_need(entry=entry, person=follow, visit=receipt.visit, by=by, on=received_on)
    return receipt


def write_unless_changed(
    *, entry: Entry, seen: Seen, submission: int, by: User, received_on: date
) -> VisitReceipt | None:
    """This will judge an entry by what was seen and write it, or nothing where that has changed meanwhile.

    A visit on which nobody was met, that closes a treatment or asks for consent, that is an examination or a
    record for the register, or that names a need of somebody, is left to `write`: more than one statement
    follows.

    :raises Refused: where its form finds fault with it.
    """
    judged = judge(entry, seen.subject, seen.situation, received_on=received_on)
    form = judged.form
    kept = form.is_exam or form.code == RECORD
    if judged.cleaned.absent or form.closes or form.consents or kept or entry.need_words:
        return None
    values = _values(entry, seen.subject, seen.situation, judged, submission, by, received_on)
    values["mark"] = seen.mark
    return _receipt(values, judged) if _written(values, unchanged=_UNCHANGED) else None


def _values(
    entry: Entry,
    subject: Subject,
    situation: Situation,
    judged: Judged,
    submission: int,
    by: User,
    received_on: date,
) -> dict[str, Any]:
    return {
        "submission": submission,
        "received_on": received_on,
        "by": by.pk,
        **_visit_values(entry, subject, judged),
        **_duty_values(entry, subject, situation, judged),
        **_need_values(entry, subject, judged, by, received_on),
    }


def _written(values: dict[str, Any], unchanged: str = "TRUE") -> bool:
    """Only the device's own running number can be taken; the visit matters more than the number."""
    text = statement("accept_visit", unchanged=unchanged, follows=_follows(values))
    return _made(text, values) or (
        values["device_seq"] is not None and _made(text, values | {"device_seq": None})
    )


def _follows(values: dict[str, Any]) -> str:
    """Most visits close a duty and ask for nothing else: only what is needed is planned and run."""
    target = _OF_PERSON if values["person"] else _OF_HOUSEHOLD
    parts = [
        statement("accept_closes") if values["fulfilled"] else "",
        statement("accept_agrees") if values["next_on"] else "",
        statement("accept_owes", target=target) if values["return_by"] else "",
        statement("accept_asks") if values["need_words"] else "",
    ]
    return "".join(parts)


def _made(text: str, values: dict[str, Any]) -> bool:
    row = one(text, values)
    return bool(row and row[0])


def _receipt(values: dict[str, Any], judged: Judged) -> VisitReceipt:
    return VisitReceipt(
        "accepted", _visit(values), submission_id=values["submission"], assessment=judged.assessment
    )


def _visit_values(entry: Entry, subject: Subject, judged: Judged) -> dict[str, Any]:
    return {
        "uuid": entry.client_id,
        "household": subject.household,
        "person": subject.person,
        "village": subject.village,
        "county": subject.county,
        "protocol": judged.form.code,
        "edition": judged.form.edition,
        "visited_on": entry.visited_on,
        "mode": entry.mode,
        "answers": Jsonb(judged.cleaned.as_json()),
        "assessment": Jsonb(judged.assessment.as_json() | _late(judged)),
        "visit_class": judged.assessment.cls,
        "is_assessable": judged.assessment.assessable,
        "is_controlled": judged.assessment.controlled,
        **readings(judged),
        "next_on": next_on(judged),
        "is_sensitive": judged.form.is_sensitive(judged.cleaned.answers),
        "supersedes": entry.supersedes,
        "amend_reason": entry.amend_reason,
        "device_id": entry.device_id,
        "device_seq": entry.device_seq,
        "captured_at": entry.captured_at,
        "trip": entry.trip,
    }


def _late(judged: Judged) -> dict[str, Any]:
    """The mark of an entry made on another day than the visit."""
    return {"entered_late_days": judged.days_late, "counts": judged.counts} if judged.days_late else {}


def _duty_values(entry: Entry, subject: Subject, situation: Situation, judged: Judged) -> dict[str, Any]:
    duties = situation.duties if judged.counts else []
    owed = return_visit(entry, judged)
    return {
        "team": subject.team,
        "fulfilled": fulfilled_by(duties, protocol=entry.protocol, mode=entry.mode, on=entry.visited_on),
        "return_rule": owed.rule if owed else None,
        "return_from": owed.starts_on if owed else None,
        "return_due": owed.due_on if owed else None,
        "return_by": owed.ends_on if owed else None,
        "return_risk": owed.risk if owed else None,
        "consent_to": needs_consent().get(entry.protocol, ""),
    }


def _need_values(
    entry: Entry, subject: Subject, judged: Judged, by: User, received_on: date
) -> dict[str, Any]:
    """The need that follows from the answers; where the doctor named one, only a referral adds another."""
    person = subject.person or subject.speaks_for
    named = entry.need_words and not judged.assessment.referral
    need = found_need(judged) if person and not named else None
    return {
        "need_uuid": uuid7(),
        "need_person": person,
        "need_kind": need.kind if need else "",
        "need_words": need.words if need else "",
        "need_owner": subject.leader or by.pk,
        "need_due": received_on + timedelta(days=NEED_DUE_DAYS),
    }


def _visit(values: dict[str, Any]) -> Visit:
    """The visit as it was just written, without reading it back; what is not known is read when asked for."""
    known = {name: values[name] for name in _AS_IT_IS} | {f"{name}_id": values[name] for name in _AS_KEY}
    known |= {"answers": values["answers"].obj, "assessment": values["assessment"].obj}
    names = [name for name in _ATTRIBUTES if name in known]
    return Visit.from_db(DEFAULT_DB_ALIAS, names, [known[name] for name in names])

"""The answers judged by their form: checked, assessed, and what follows from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings

from followups.choices import NeedKind, Risk
from followups.protocols.assessment import Assessment, PastVisit, assess
from followups.protocols.library import UnknownProtocol, edition, protocol
from followups.protocols.schema import Protocol
from followups.protocols.validation import Cleaned, Context, clean
from followups.rules import VisitRule, rules_of
from followups.services.visits.entry import ON_THE_FORM, Entry
from followups.services.visits.problems import wrong
from followups.services.visits.receipt import FieldProblem, Refused
from followups.services.visits.situation import Situation, Subject

LATE_LIMIT_DAYS = 30
NEED_DUE_DAYS = 14
_NEED_KINDS = {
    "2": NeedKind.HOSPITAL,
    "3": NeedKind.COST,
    "4": NeedKind.MEDICINE,
    "5": NeedKind.INSURANCE,
    "6": NeedKind.NURSING,
    "7": NeedKind.WELFARE,
    "9": NeedKind.DEVICE,
    "10": NeedKind.WELFARE,
}


@dataclass(frozen=True)
class Judged:
    """A visit that is sound and ready to be written."""

    form: Protocol
    cleaned: Cleaned
    assessment: Assessment
    days_late: int

    @property
    def counts(self) -> bool:
        """Whether it may fulfil a duty: somebody was seen, and it came in within the policy's limit."""
        return not self.cleaned.absent and self.days_late <= late_limit()


@dataclass(frozen=True)
class ReturnVisit:
    rule: str
    starts_on: date
    due_on: date
    ends_on: date
    risk: int


@dataclass(frozen=True)
class FoundNeed:
    kind: str
    words: str


def late_limit() -> int:
    """Days after which an entered visit is kept but fulfils no duty any more."""
    return int(getattr(settings, "VISIT_LATE_LIMIT_DAYS", LATE_LIMIT_DAYS))


def judge(
    entry: Entry, subject: Subject, situation: Situation, *, received_on: date, replaces: str = ""
) -> Judged:
    """This will check and assess the answers of an entry.

    `replaces` is the edition of the version that is corrected: a correction stays on its paper.

    :raises Refused: with every problem found.
    """
    try:
        form = edition(f"{entry.protocol}_{replaces}") if replaces else _in_force(entry)
    except UnknownProtocol as unknown:
        raise Refused([wrong("protocol", "unknown_form")]) from unknown
    answers, problems = _one_set_of_answers(entry)
    problems += _wrong_subject(entry, subject, form)
    context = Context(on=received_on, birth_date=subject.birth_date, sex=subject.sex)
    cleaned, assessment = _checked(form, answers, situation.history, entry.visited_on, context)
    problems += [FieldProblem.of(name, fault) for name, faults in cleaned.errors.items() for fault in faults]
    if problems:
        raise Refused(problems)
    return Judged(form, cleaned, assessment, (received_on - entry.visited_on).days)


def _in_force(entry: Entry) -> Protocol:
    return protocol(entry.protocol, on=entry.visited_on)


def _wrong_subject(entry: Entry, subject: Subject, form: Protocol) -> list[FieldProblem]:
    if subject.person is None and form.minimum.per == "person":
        return [wrong("person", "needs_person")]
    if subject.left_on and subject.left_on < entry.visited_on:
        return [wrong("person", "has_left")]
    return []


def _one_set_of_answers(entry: Entry) -> tuple[dict[str, Any], list[FieldProblem]]:
    """Date, mode and next date may stand in the body or among the answers, but must not differ."""
    answers, problems = dict(entry.answers), []
    for name, code in ON_THE_FORM.items():
        value = getattr(entry, name)
        if not value:
            continue
        written = value.isoformat() if isinstance(value, date) else str(value)
        if answers.setdefault(code, written) != written:
            problems.append(wrong(name, "said_twice"))
    return answers, problems


def _checked(
    form: Protocol, answers: dict[str, Any], history: list[PastVisit], on: date, context: Context
) -> tuple[Cleaned, Assessment]:
    """Where no next date was agreed, the last day that the norm allows is taken."""
    cleaned = clean(form, answers, context=context)
    assessment = assess(form, cleaned.answers, history, on=on, birth_date=context.birth_date, sex=context.sex)
    open_date = "next_date" in form.by_code and not answers.get("next_date")
    if open_date and assessment.next_due_by and not cleaned.absent:
        cleaned = clean(form, answers | {"next_date": assessment.next_due_by.isoformat()}, context=context)
    return cleaned, assessment


def return_visit(entry: Entry, judged: Judged) -> ReturnVisit | None:
    """The return visit that the assessment asks for soon, if it does."""
    assessment, on = judged.assessment, entry.visited_on
    if not judged.counts or assessment.next_due_by is None:
        return None
    for code, rule in rules_of(VisitRule).items():
        days = assessment.next_due_days or 0
        if entry.protocol in rule.forms and rule.over_days < days <= rule.within_days:
            starts, ends = on + timedelta(days=1), assessment.next_due_by
            agreed = next_on(judged) or ends
            return ReturnVisit(code, starts, min(max(agreed, starts), ends), ends, _risk(assessment))
    return None


def _risk(assessment: Assessment) -> int:
    if assessment.urgent:
        return Risk.URGENT
    return Risk.HIGH if assessment.assessable else Risk.RAISED


def found_need(judged: Judged) -> FoundNeed | None:
    """A need that the visit itself brought up: a referral, or what the household said it needs.

    Several of them are one need with all its words; where cost is among them it is a need of cost.
    """
    if judged.cleaned.absent:
        return None
    answers = judged.cleaned.answers
    if judged.assessment.referral:
        return FoundNeed(NeedKind.HOSPITAL, _referral_words(answers, judged.assessment))
    said = [str(code) for code in answers.get("needs", ()) or () if str(code) != "1"]  # type: ignore[union-attr]
    kinds = [_NEED_KINDS.get(code, NeedKind.OTHER) for code in said]
    if not kinds:
        return None
    kind = NeedKind.COST if NeedKind.COST in kinds else kinds[0]
    return FoundNeed(kind, _need_words(judged.form, said, str(answers.get("needs_text", ""))))


def _need_words(form: Protocol, said: list[str], words: str) -> str:
    """What was typed; before it, where there are several needs, what each is called on the form."""
    options = [form.option("needs", code) for code in said] if len(said) > 1 else []
    return "：".join(filter(None, ["；".join(option.zh for option in options if option), words]))[:300]


def _referral_words(answers: Mapping[str, Any], assessment: Assessment) -> str:
    given = [str(answers[code]) for code in ("referral_reason", "referral_place") if answers.get(code)]
    reasons = given or [reason.text.zh for reason in assessment.reasons][:2]
    return ("转诊：" + "；".join(reasons))[:300]


def next_on(judged: Judged) -> date | None:
    value = judged.cleaned.answers.get("next_date")
    return value if isinstance(value, date) else None


def readings(judged: Judged) -> dict[str, Any]:
    """The numbers kept beside the answers for charts and rates."""
    answers = judged.cleaned.answers
    numbers = {name: answers.get(name) for name in ("sbp", "dbp", "fpg")}
    kept: dict[str, Any] = {n: v if isinstance(v, int | Decimal) else None for n, v in numbers.items()}
    satisfaction = str(answers.get("satisfaction") or "")
    kept["satisfaction"] = int(satisfaction) if satisfaction.isdecimal() else None
    return kept

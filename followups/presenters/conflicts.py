"""Two records side by side: each field in words, what differs marked, who sent what and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from followups.models import Conflict, Submission, Visit
from followups.presenters.values import in_language, value_text
from followups.protocols.library import UnknownProtocol, edition
from followups.protocols.schema import Field, Protocol
from followups.queries.conflicts import offered_answers, standing

EXPLAINED = {
    Conflict.Kind.SAME_NUMBER: gettext_lazy("The same record was sent twice with different content."),
    Conflict.Kind.DUTY_TWICE: gettext_lazy("Two records of the same visit came in."),
    Conflict.Kind.STALE_AMENDMENT: gettext_lazy(
        "This correction was made to a version that no longer stands."
    ),
}


@dataclass(frozen=True)
class Difference:
    code: str
    label: str
    kept: str
    offered: str

    @property
    def differs(self) -> bool:
        return self.kept != self.offered


@dataclass(frozen=True)
class Side:
    """Who made a record, where and when; `written_at` by the phone's clock."""

    by: str
    device: str
    written_at: datetime | None
    received_at: datetime
    reason: str


def both_sides(conflict: Conflict, stands: Visit | None = None) -> list[Difference]:
    """The two records field by field, in the order of the form."""
    kept = stands or standing(conflict)
    offered = offered_answers(conflict.offered.body)
    try:
        form = edition(f"{kept.protocol}_{kept.edition}")
    except UnknownProtocol:
        return []
    codes = [code for section in form.sections for code in section.fields]
    rows = [_difference(form, form.by_code[code], kept.answers, offered) for code in codes]
    return [row for row in rows if row.kept or row.offered]


def _difference(form: Protocol, field: Field, kept: dict[str, Any], offered: dict[str, Any]) -> Difference:
    return Difference(
        field.code,
        in_language(field.name),
        _with_target(form, field, kept),
        _with_target(form, field, offered),
    )


def _with_target(form: Protocol, field: Field, answers: dict[str, Any]) -> str:
    words = _worded(form, field, answers.get(field.code))
    goal = form.by_code.get(f"{field.code}_target")
    target = _worded(form, goal, answers.get(goal.code)) if goal else ""
    return " → ".join(filter(None, [words, target]))


def _worded(form: Protocol, field: Field, value: Any) -> str:
    """An offered value may be anything; what cannot be worded is shown as it came."""
    try:
        return value_text(form, field, value)
    except (ValueError, TypeError, AttributeError, KeyError):
        return str(value)[:200]


def kept_side(visit: Visit) -> Side:
    device = device_words(visit.device_id, visit.device_seq)
    return Side(visit.by.get_full_name(), device, visit.captured_at, visit.received_at, visit.amend_reason)


def offered_side(offered: Submission) -> Side:
    body = offered.body
    return Side(
        offered.user.get_full_name(),
        device_words(offered.device_id, offered.device_seq),
        _moment(body.get("captured_at")),
        offered.received_at,
        str(body.get("amend_reason") or "")[:120],
    )


def device_words(device: str, number: int | None) -> str:
    """The phone by the last four signs of its id, and the record's number on it."""
    if not device:
        return ""
    words = _("phone …%(sign)s") % {"sign": device[-4:]}
    count = _("no. %(number)s") % {"number": number}
    return f"{words} · {count}" if number else words


def _moment(given: object) -> datetime | None:
    try:
        moment = parse_datetime(str(given)) if given else None
    except ValueError:
        return None
    return timezone.make_aware(moment) if moment and timezone.is_naive(moment) else moment


@dataclass(frozen=True)
class Arrival:
    """One body that came in, told in a line."""

    at: datetime
    by: str
    device: str
    state: str


def present_arrivals(sent: Iterable[Submission]) -> list[Arrival]:
    return [
        Arrival(
            row.received_at,
            row.user.get_full_name(),
            device_words(row.device_id, row.device_seq),
            row.get_state_display(),
        )
        for row in sent
    ]

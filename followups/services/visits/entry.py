"""The body of a visit as it came, read into its true types: nothing about the database is known here."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from followups.choices import Mode, NeedKind
from followups.services.visits.problems import wrong
from followups.services.visits.receipt import FieldProblem

# The body's own names for three fields that stand on every form.
ON_THE_FORM = {"visited_on": "visit_date", "mode": "visit_mode", "next_on": "next_date"}


class _Refused(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Entry:
    """One visit on its way in. `answers` are as sent; the form checks them."""

    client_id: UUID | None = None
    person: UUID | None = None
    household: UUID | None = None
    protocol: str = ""
    visited_on: date = date.min
    mode: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    next_on: date | None = None
    duty: int | None = None
    device_id: str = ""
    device_seq: int | None = None
    captured_at: datetime | None = None
    trip: UUID | None = None
    supersedes: UUID | None = None
    amend_reason: str = ""
    need_person: UUID | None = None
    need_kind: str = ""
    need_words: str = ""
    problems: list[FieldProblem] = field(default_factory=list)


def read_entry(body: Mapping[str, Any]) -> Entry:
    """This will read a body; what cannot be read stands in `problems`."""
    entry = Entry()
    entry.problems += [wrong(str(name)[:40], "unknown_field") for name in body if name not in _READERS]
    for name, (reader, needed) in _READERS.items():
        raw = body.get(name)
        if raw is None or raw == "":
            entry.problems += [wrong(name, "required")] if needed else []
            continue
        try:
            setattr(entry, name, reader(raw))
        except _Refused as refused:
            entry.problems.append(wrong(name, refused.code))
    if not entry.problems and (entry.person is None) == (entry.household is None):
        entry.problems.append(wrong("person", "one_subject"))
    return entry


def canonical(body: Mapping[str, Any]) -> bytes:
    """The bytes whose fingerprint tells whether two bodies are the same.

    :raises ValueError: where the body cannot be kept: NUL, broken characters, NaN, endless numbers.
    """
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    if "\\u0000" in text:
        raise ValueError("the body holds NUL characters")
    return text.encode()


def fingerprint(body: Mapping[str, Any]) -> bytes:
    return digest(canonical(body))


def digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def _uuid(raw: Any) -> UUID:
    try:
        return raw if isinstance(raw, UUID) else UUID(str(raw))
    except ValueError as error:
        raise _Refused("not_a_uuid") from error


def _date(raw: Any) -> date:
    try:
        return raw if isinstance(raw, date) else date.fromisoformat(str(raw).strip())
    except ValueError as error:
        raise _Refused("not_a_date") from error


def _moment(raw: Any) -> datetime:
    try:
        moment = parse_datetime(str(raw))
    except ValueError as error:
        raise _Refused("not_a_time") from error
    if moment is None:
        raise _Refused("not_a_time")
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def _whole(raw: Any) -> int:
    if isinstance(raw, bool) or not str(raw).isdecimal() or int(str(raw)) > 2_147_483_647:
        raise _Refused("not_a_number")
    return int(str(raw))


def _mode(raw: Any) -> str:
    if str(raw) not in Mode.values:
        raise _Refused("not_a_choice")
    return str(raw)


def _need_kind(raw: Any) -> str:
    if str(raw) not in NeedKind.values:
        raise _Refused("not_a_choice")
    return str(raw)


def _text(limit: int) -> Callable[[Any], str]:
    def read(raw: Any) -> str:
        if not isinstance(raw, str):
            raise _Refused("not_text")
        if len(raw) > limit:
            raise _Refused("too_long")
        return raw.strip()

    return read


def _answers(raw: Any) -> dict[str, Any]:
    if not isinstance(raw, Mapping):
        raise _Refused("not_text")
    return dict(raw)


_READERS: dict[str, tuple[Callable[[Any], Any], bool]] = {
    "client_id": (_uuid, True),
    "person": (_uuid, False),
    "household": (_uuid, False),
    "protocol": (_text(24), True),
    "visited_on": (_date, True),
    "mode": (_mode, True),
    "answers": (_answers, True),
    "next_on": (_date, False),
    "duty": (_whole, False),
    "device_id": (_text(40), False),
    "device_seq": (_whole, False),
    "captured_at": (_moment, False),
    "trip": (_uuid, False),
    "supersedes": (_uuid, False),
    "amend_reason": (_text(120), False),
    "need_person": (_uuid, False),
    "need_kind": (_need_kind, False),
    "need_words": (_text(300), False),
}

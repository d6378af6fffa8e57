"""Answers in words: a reading with its unit, a code with its label, a date as people say it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from core.base.texts import Text
from core.base.words import listed
from followups.protocols.conditions import as_number, missing
from followups.protocols.schema import Field, Protocol
from followups.protocols.values import number_text, with_unit


def in_language(text: Text | None) -> str:
    return text.get(get_language() or "zh-hans") if text else ""


def value_text(protocol: Protocol, field: Field, value: Any, *, unit: bool = True) -> str:
    """This will word one stored answer; empty where there is none."""
    if value is None or value == "" or value in ((), []):
        return ""
    if field.table:
        return _labels(protocol, field, value)
    if field.type in ("number", "decimal"):
        return _reading(field, value, unit)
    if field.type == "medicines":
        return _beneath(medicine_text(protocol, field, line) for line in value)
    if field.type == "rows":
        return _beneath(line_text(protocol, field, line) for line in value)
    return short_date(value) if field.type == "date" else str(value)


def _beneath(lines: Iterable[str]) -> str:
    return pgettext("between lines", "; ").join(lines)


def short_date(value: date | str) -> str:
    """A day with its year."""
    day = value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
    return date_format(day, pgettext("day, month and year", "j M Y"))


def day_month(day: date, on: date) -> str:
    """5 March as people say it, with the year where it is another."""
    shape = (
        pgettext("day and month", "j M") if day.year == on.year else pgettext("day, month and year", "j M Y")
    )
    return date_format(day, shape)


def day_and_hour(at: datetime, on: date) -> str:
    """5 March 10:00; midnight is the end of the day before."""
    local = timezone.localtime(at)
    if local.time() == time(0):
        return f"{day_month(local.date() - timedelta(days=1), on)} 24:00"
    return f"{day_month(local.date(), on)} {local:%H:%M}"


def medicine_text(protocol: Protocol, field: Field, line: Mapping[str, Any]) -> str:
    option = protocol.table(field).by_code.get(str(line.get("unit", "")))
    amount = as_number(line.get("amount"))
    return _("%(name)s, %(times)s × daily, %(amount)s %(unit)s each") % {
        "name": line.get("name", ""),
        "times": line.get("times", ""),
        "amount": "" if amount is None else format(amount.normalize(), "f"),
        "unit": in_language(option.label) if option else "",
    }


def line_text(protocol: Protocol, field: Field, line: Mapping[str, Any]) -> str:
    """One line of a table in words, its empty columns left out."""
    told = [value_text(protocol, column, line.get(column.code)) for column in field.columns]
    return listed(words for words in told if words)


def _labels(protocol: Protocol, field: Field, value: Any) -> str:
    codes = value if isinstance(value, list | tuple) else [value]
    options = [protocol.table(field).by_code.get(str(code)) for code in codes]
    return listed(in_language(option.label) for option in options if option)


def _reading(field: Field, value: Any, unit: bool) -> str:
    number = as_number(value)
    if number is None:
        return str(value)
    words = number_text(field, number)
    return in_language(with_unit(field, words)) if unit else words


@dataclass(frozen=True)
class AnswerRow:
    label: str
    value: str
    target: str = ""


@dataclass(frozen=True)
class AnswerSection:
    title: str
    rows: tuple[AnswerRow, ...]


def present_answers(protocol: Protocol, answers: Mapping[str, Any]) -> list[AnswerSection]:
    """This will give the answers of one visit in the order of the form, leaving out what was not asked."""
    sections = []
    for section in protocol.sections:
        rows = [row for code in section.fields if (row := _row(protocol, protocol.by_code[code], answers))]
        if rows:
            sections.append(AnswerSection(in_language(section.title), tuple(rows)))
    return sections


def _row(protocol: Protocol, field: Field, answers: Mapping[str, Any]) -> AnswerRow | None:
    goal = f"{field.code}_target"
    if missing(answers, field.code) and missing(answers, goal):
        return None
    target = value_text(protocol, protocol.by_code[goal], answers.get(goal)) if field.target else ""
    value = value_text(protocol, field, answers.get(field.code))
    return AnswerRow(in_language(field.label), value or "—", target)

"""Why an assessment says what it says: one sentence per finding, with its numbers, in both languages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from core.base.texts import Text, joined
from followups.protocols.conditions import Facts, as_number, holds, limit_of, missing
from followups.protocols.rules import Action, Condition, Outcome
from followups.protocols.schema import Field, Protocol
from followups.protocols.values import number_text, with_unit

SIGNS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "eq": "="}
MISSING_FIELD = Text(zh="缺{label}，不能评估", en="Cannot be assessed without: {label}")
MISSING_BIRTH_DATE = Text(zh="缺出生日期，不能评估", en="Cannot be assessed without: date of birth")
NOT_VISITED = Text(zh="没有见到本人，不算一次随访", en="The person was not seen; this is not a visit")
PREVIOUS = Text(zh="上次（{day}）也是：{title}", en="Last time ({day}) as well: {title}")
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
SECONDARY = Text(
    zh="没有空腹血糖，按随机或餐后2小时血糖判断；这不是规范的判定标准",
    en="No fasting glucose; judged by random or 2-hour glucose, which is not the norm's criterion",
)


@dataclass(frozen=True)
class Reason:
    code: str
    text: Text


def reasons_for(protocol: Protocol, outcome: Outcome, action: Action, facts: Facts) -> list[Reason]:
    """Every finding that holds, the gravest first, one sentence per field."""
    findings = protocol.assessment.findings
    named = {leaf.finding for leaf in _leaves(outcome.when)}
    wanted = [
        (name, finding.when)
        for name, finding in findings.items()
        if (name in named or not finding.good) and facts.found(name) is True
    ]
    wanted += [("class", outcome.when), ("action", action.when)]
    found: dict[str, Reason] = {}
    for name, condition in wanted:
        for leaf in _true_leaves(condition, facts):
            key = leaf.field or f"previous.{leaf.previous}"
            if key not in found:
                found[key] = _reason(protocol, name, leaf, facts)
    return list(found.values())


def reasons_of_action(protocol: Protocol, action: Action, facts: Facts) -> list[Reason]:
    """Why this is to be done where there is no class to give."""
    return [_reason(protocol, action.code, leaf, facts) for leaf in _true_leaves(action.when, facts)]


def reasons_missing(protocol: Protocol, facts: Facts) -> list[Reason]:
    """Which missing answers leave the class open."""
    needed = [code for code in protocol.assessment.needs if missing(facts.answers, code)]
    found = [
        Reason(f"missing.{code}", MISSING_FIELD.filled(label=protocol.by_code[code].label)) for code in needed
    ]
    if not found and facts.age is None:
        return [Reason("missing.birth_date", MISSING_BIRTH_DATE)]
    return found


def not_visited() -> Reason:
    return Reason("absent", NOT_VISITED)


def secondary() -> Reason:
    return Reason("secondary", SECONDARY)


def _leaves(condition: Condition) -> Iterator[Condition]:
    if condition.any or condition.all:
        for part in (*condition.any, *condition.all):
            yield from _leaves(part)
    else:
        yield condition


def _true_leaves(condition: Condition, facts: Facts) -> Iterator[Condition]:
    """The comparisons that make a condition true, in the order written."""
    if holds(condition, facts) is not True:
        return
    if condition.any or condition.all:
        for part in (*condition.any, *condition.all):
            yield from _true_leaves(part, facts)
    elif condition.finding and facts.findings:
        yield from _true_leaves(facts.findings[condition.finding], facts)
    elif condition.field or condition.previous:
        yield condition


def _reason(protocol: Protocol, name: str, leaf: Condition, facts: Facts) -> Reason:
    if leaf.previous:
        return _before(protocol, leaf.previous, facts)
    item = protocol.by_code[leaf.field]
    words = _chosen(protocol, item, leaf, facts) if item.table else _measured(item, leaf, facts)
    return Reason(f"{name}.{leaf.field}", words)


def _before(protocol: Protocol, finding: str, facts: Facts) -> Reason:
    title = protocol.assessment.findings[finding].title
    day = facts.previous(finding)[1] if facts.previous else None
    return Reason(f"previous.{finding}", PREVIOUS.filled(day=day_in_words(day) if day else "", title=title))


def day_in_words(day: date) -> Text:
    """A day of this year or the last, as it is said."""
    return Text(zh=f"{day.month}月{day.day}日", en=f"{day.day} {MONTHS[day.month - 1]}")


def _measured(item: Field, leaf: Condition, facts: Facts) -> Text:
    given, limit = as_number(facts.answers[leaf.field]) or Decimal(0), limit_of(leaf, facts) or Decimal(0)
    value = with_unit(item, number_text(item, given))
    step = facts.step(leaf.param) if leaf.param else None
    note = step.note if step else None
    return Text(
        zh=f"{item.label.zh} {value.zh} {SIGNS[leaf.op]} {limit}" + (f"（{note.zh}）" if note else ""),
        en=f"{item.label.en} {value.en} {SIGNS[leaf.op]} {limit}" + (f" ({note.en})" if note else ""),
    )


def _chosen(protocol: Protocol, item: Field, leaf: Condition, facts: Facts) -> Text:
    given: Any = facts.answers[leaf.field]
    codes = [str(code) for code in given] if isinstance(given, tuple | list) else [str(given)]
    told = [code for code in codes if leaf.op != "includes" or code in (leaf.value or ())]  # type: ignore[operator]
    options = [option.label for code in told if (option := protocol.option(item.code, code))]
    answer = joined(options)
    return Text(zh=f"{item.label.zh}：{answer.zh}", en=f"{item.label.en}: {answer.en}")

"""The rules of a form as the browser gets them, so that its script assesses by the very same data."""

from decimal import Decimal
from functools import cache
from typing import Any

from core.base.texts import Text
from followups.protocols.library import edition
from followups.protocols.reasons import (
    MISSING_BIRTH_DATE,
    MISSING_FIELD,
    NOT_VISITED,
    PREVIOUS,
    SECONDARY,
    SIGNS,
)
from followups.protocols.rules import Condition, Due
from followups.protocols.schema import Field, Protocol


@cache
def browser_rules(key: str) -> dict[str, Any]:
    """This will give one edition's fields, limits and rules as JSON; numbers are text, as written."""
    form = edition(key)
    rules = form.assessment
    return {
        "key": form.key,
        "absent": _condition(form.absent_when) if form.absent_when else None,
        "fields": {field.code: _field(form, field) for field in form.fields},
        "needs": list(rules.needs),
        "params": {
            name: [{"from": s.from_age, "value": str(s.value), "note": _text(s.note)} for s in param.steps]
            for name, param in rules.params.items()
        },
        "findings": [
            {"name": name, "title": _text(f.title), "good": f.good, "when": _condition(f.when)}
            for name, f in rules.findings.items()
        ],
        "classes": [
            {
                "code": c.code, "word": _text(c.word), "label": _text(c.label), "tone": c.tone,
                "when": _condition(c.when),
            }
            for c in rules.classes
        ],
        "actions": [
            {
                "code": action.code, "when": _condition(action.when), "advice": _text(action.advice),
                "due": _due(action.due), "referral": action.referral, "urgent": action.urgent,
                "secondary": action.secondary,
            }
            for action in rules.actions
        ],
        "absences": [
            {
                "code": action.code, "when": _condition(action.when), "advice": _text(action.advice),
                "due": _due(action.due),
            }
            for action in rules.absences
        ],
        "controlled": _condition(rules.controlled) if rules.controlled else None,
        "unassessable": {"advice": _text(rules.unassessable.advice), "due": _due(rules.unassessable.due)},
        "signs": SIGNS,
        "sentences": {
            "missing": _text(MISSING_FIELD), "birth": _text(MISSING_BIRTH_DATE), "absent": _text(NOT_VISITED),
            "secondary": _text(SECONDARY), "previous": _text(PREVIOUS),
        },
    }  # fmt: skip


def _field(form: Protocol, field: Field) -> dict[str, Any]:
    options = form.table(field).values if field.table else ()
    return {
        "type": field.type,
        "label": _text(field.label),
        "unit": _text(field.unit),
        "digits": field.digits,
        "options": {option.code: _text(option.label) for option in options},
        "danger": [option.code for option in options if option.danger],
        "show": _condition(field.show_when) if field.show_when else None,
        "required": field.required or (_condition(field.required_when) if field.required_when else False),
    } | _computed(form, field)


def _computed(form: Protocol, field: Field) -> dict[str, Any]:
    """What a score is made of: the points of each answer, and where each class of a total begins."""
    options = form.table(field).values if field.table else ()
    points = {option.code: option.points for option in options if option.points is not None}
    found: dict[str, Any] = {"points": points} if points else {}
    if field.computed:
        found |= {"computed": field.computed, "adds": list(field.adds), "targetOf": field.target_of}
    if field.reversed:
        found["reversed"] = list(field.reversed)
    if field.decides:
        found["decides"] = [[one.code, _condition(one.when)] for one in field.decides]
    if field.computed == "band":
        found["bands"] = [[option.code, option.at_least] for option in form.table(field).bands]
    return found


def _text(text: Text | None) -> dict[str, str] | None:
    return {"zh": text.zh, "en": text.en} if text else None


def _due(due: Due | None) -> dict[str, int] | None:
    return due.model_dump(exclude_none=True) if due else None


def _condition(condition: Condition) -> dict[str, Any]:
    for name in ("any", "all"):
        if parts := getattr(condition, name):
            return {name: [_condition(part) for part in parts]}
    for name in ("finding", "previous", "missing", "given"):
        if wanted := getattr(condition, name):
            return {name: wanted}
    about = {"person": condition.person} if condition.person else {"field": condition.field}
    leaf: dict[str, Any] = about | {"op": condition.op}
    if condition.param:
        return leaf | {"param": condition.param}
    if isinstance(condition.value, Decimal):
        return leaf | {"number": str(condition.value)}
    return leaf | {"value": list(condition.value) if isinstance(condition.value, tuple) else condition.value}

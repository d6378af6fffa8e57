"""The answers of a form as JSON Schema 2020-12, for the API's documentation and its clients."""

from decimal import Decimal
from typing import Any

from followups.protocols.schema import Field, Protocol

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(protocol: Protocol) -> dict[str, Any]:
    """This will describe the answers of one edition; rules between answers are stated in the descriptions."""
    shown = [field for field in protocol.fields if not field.filled_by]
    return {
        "$schema": DIALECT,
        "$id": f"urn:healthaid:protocol:{protocol.code}:{protocol.edition}",
        "title": protocol.title.en,
        "description": f"{protocol.title.zh}. {protocol.source.title}: {protocol.source.clause}",
        "type": "object",
        "additionalProperties": False,
        "required": [field.code for field in shown if field.code == "visit_date"],
        "properties": {field.code: _property(protocol, field) for field in protocol.fields},
    }


def _property(protocol: Protocol, field: Field) -> dict[str, Any]:
    notes = [field.label.zh, _unit(field), _asked(field)]
    described = {"title": field.label.en, "description": ". ".join(note for note in notes if note)}
    return described | SHAPES[field.type](protocol, field)


def _unit(field: Field) -> str:
    return f"Unit: {field.unit.en}" if field.unit else ""


def _asked(field: Field) -> str:
    if field.adds:
        return f"Computed from {', '.join(field.adds)}; left open where one of them is missing"
    if field.computed:
        return "Computed from weight and height where both are given"
    if field.required:
        return "Required where the person was seen"
    return "Required where other answers ask for it" if field.required_when else ""


def _number(protocol: Protocol, field: Field) -> dict[str, Any]:
    shape: dict[str, Any] = {"type": "integer" if field.type == "number" else "number"}
    if field.minimum is not None:
        shape["minimum"] = _plain(field.minimum)
    if field.maximum is not None:
        shape["maximum"] = _plain(field.maximum)
    return shape


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _choice(protocol: Protocol, field: Field) -> dict[str, Any]:
    options = protocol.table(field).values
    return {"oneOf": [{"const": o.code, "title": o.en, "description": o.zh} for o in options]}


def _multi(protocol: Protocol, field: Field) -> dict[str, Any]:
    shape = {"type": "array", "uniqueItems": True, "items": _choice(protocol, field)}
    if not field.exclusive:
        return shape
    alone = {"const": [field.exclusive]}
    return shape | {"anyOf": [alone, {"not": {"contains": {"const": field.exclusive}}}]}


def _rows(protocol: Protocol, field: Field) -> dict[str, Any]:
    line = {
        "type": "object",
        "additionalProperties": False,
        "required": [column.code for column in field.columns if column.required],
        "properties": {column.code: _property(protocol, column) for column in field.columns},
    }
    return {"type": "array", "maxItems": field.max_lines, "items": line}


def _medicines(protocol: Protocol, field: Field) -> dict[str, Any]:
    units = {
        "oneOf": [{"const": o.code, "title": o.en, "description": o.zh} for o in protocol.table(field).values]
    }
    line = {
        "type": "object",
        "additionalProperties": False,
        "required": ["name", "times", "amount", "unit"],
        "properties": {
            "name": {"type": "string", "minLength": 1, "maxLength": 60},
            "times": {"type": "integer", "minimum": 1, "maximum": 12, "description": "times a day"},
            "amount": {"type": "number", "exclusiveMinimum": 0, "description": "each time"},
            "unit": units,
        },
    }
    return {"type": "array", "maxItems": field.max_lines, "items": line}


SHAPES = {
    "number": _number,
    "decimal": _number,
    "choice": _choice,
    "multi": _multi,
    "text": lambda protocol, field: {"type": "string", "maxLength": field.max_length},
    "date": lambda protocol, field: {"type": "string", "format": "date"},
    "medicines": _medicines,
    "rows": _rows,
}

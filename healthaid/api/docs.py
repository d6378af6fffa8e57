"""The page that explains the API, drawn on the server from the same document that programs read."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from core.accounts.tokens import Scope
from healthaid.api.asking import LARGEST, PAGE
from healthaid.api.problems import CATALOGUE
from healthaid.api.schema import document


@dataclass(frozen=True)
class Line:
    """A parameter or a field: name, kind, whether it must be there, what it says."""

    name: str
    kind: str
    required: bool
    text: SafeString
    choices: str = ""


@dataclass(frozen=True)
class Operation:
    id: str
    method: str
    path: str
    title: str
    text: SafeString
    parameters: list[Line]
    body: str
    answers: list[tuple[str, str]]
    examples: list[tuple[str, str]]


@dataclass(frozen=True)
class Group:
    name: str
    operations: list[Operation] = field(default_factory=list)


@login_not_required
def docs(request: HttpRequest) -> HttpResponse:
    found = document(get_language() or "zh-hans")
    context = {
        "groups": _groups(found),
        "shapes": list(_shapes(found)),
        "problems": [(code, *words) for code, words in CATALOGUE.items()],
        "scopes": list(Scope),
        "page_size": PAGE,
        "largest_page": LARGEST,
        "address": request.build_absolute_uri("/api/v1/"),
    }
    return render(request, "api/docs.html", context)


def _groups(found: Mapping[str, Any]) -> list[Group]:
    groups: dict[str, Group] = {}
    for path, methods in found["paths"].items():
        for method, raw in methods.items():
            group = groups.setdefault(raw["tags"][0], Group(raw["tags"][0]))
            group.operations.append(_operation(path, method, raw))
    order = ["households", "persons", "visits", "duties", "needs", "referrals", "cases", "monitoring"]
    order += ["admissions", "settlements", "areas"]
    return [groups[name] for name in order]


def _operation(path: str, method: str, raw: Mapping[str, Any]) -> Operation:
    sent = raw.get("requestBody", {}).get("content", {}).get("application/json", {})
    return Operation(
        id=raw["operationId"],
        method=method.upper(),
        path=path,
        title=raw["summary"],
        text=_prose(raw["description"]),
        parameters=[_parameter(each) for each in raw.get("parameters", [])],
        body=_kind(sent.get("schema", {})) if sent else "",
        answers=[(status, answer["description"]) for status, answer in sorted(raw["responses"].items())],
        examples=list(_examples(sent, raw["responses"])),
    )


def _parameter(raw: Mapping[str, Any]) -> Line:
    return Line(
        raw["name"],
        _kind(raw["schema"]),
        bool(raw.get("required")),
        _inline(raw.get("description", "")),
        ", ".join(str(each) for each in raw["schema"].get("enum", [])),
    )


def _examples(sent: Mapping[str, Any], responses: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    bodies = [("→", sent)]
    bodies += [(s, each) for s, answer in responses.items() for each in answer.get("content", {}).values()]
    for name, body in bodies:
        for example in body.get("examples", {}).values():
            yield name, json.dumps(example["value"], ensure_ascii=False, indent=2)


def _shapes(found: Mapping[str, Any]) -> Iterator[tuple[str, list[Line]]]:
    for name, shape in sorted(found["components"]["schemas"].items()):
        required = shape.get("required", [])
        lines = [_field(key, raw, key in required) for key, raw in shape.get("properties", {}).items()]
        yield name, lines


def _field(name: str, raw: Mapping[str, Any], required: bool) -> Line:
    words = " — ".join(filter(None, [raw.get("title", ""), raw.get("description", "")]))
    return Line(name, _kind(raw), required, _inline(words))


def _kind(raw: Mapping[str, Any]) -> str:
    """A short name of a JSON Schema: string (uuid), array of Household, integer or null."""
    if "$ref" in raw:
        return str(raw["$ref"]).rsplit("/", 1)[1]
    for join in ("allOf", "oneOf", "anyOf"):
        if raw.get(join) and "type" not in raw:
            return " | ".join(dict.fromkeys(_kind(each) for each in raw[join] if each))
    if "const" in raw:
        return type(raw["const"]).__name__.replace("str", "string")
    kinds = raw.get("type", "any")
    said = " | ".join(kinds) if isinstance(kinds, list) else kinds
    if "array" in said:
        return said.replace("array", f"array<{_kind(raw.get('items', {}))}>")
    return f"{said} ({raw['format']})" if raw.get("format") else said


def _prose(text: str) -> SafeString:
    """Paragraphs and `code`; everything else is plain text."""
    return mark_safe("".join(f"<p>{_inline(part)}</p>" for part in text.split("\n\n")))


def _inline(text: str) -> SafeString:
    lines = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text)).splitlines()
    return mark_safe("<br>".join(line for line in lines if line))

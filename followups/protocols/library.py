"""The library of forms: one TOML file per form and edition, read once, chosen by the date of the visit."""

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from followups.protocols.schema import Protocol

LIBRARY = Path(__file__).parent / "library"
SHARED = "shared"


class ProtocolError(Exception):
    """A form file that cannot be used: which file, where in it, what is wrong and what to do."""

    def __init__(self, file: str, place: str, problem: str) -> None:
        super().__init__(f"{file}: {place or 'top'}: {problem}")
        self.file, self.place, self.problem = file, place, problem


class UnknownProtocol(LookupError):
    """No edition of this form is in force on that day."""


def read(path: Path) -> Protocol:
    """This will read and check one form file.

    :raises ProtocolError: naming the file, the place in it and the remedy.
    """
    raw = _toml(path)
    for name in raw.pop("include", []):
        shared = _toml(path.parent / SHARED / f"{name}.toml")
        raw["tables"] = shared.get("tables", {}) | raw.get("tables", {})
        raw["fields"] = [*_used(shared.get("fields", []), raw), *raw.get("fields", [])]
        if any(field["code"] == "lost_reason" for field in raw["fields"]):
            raw.setdefault("absent_when", shared.get("absent_when"))
    fields = _with_targets(_last_of_each_code(raw.get("fields", [])))
    raw["fields"] = _with_their_section(fields, raw.get("sections", []))
    try:
        return Protocol.model_validate(raw)
    except ValidationError as error:
        raise _explained(path, error, raw) from error


def editions() -> tuple[Protocol, ...]:
    """This will give every form of the library, by code and then by date."""
    return _loaded()


def protocol(code: str, *, on: date) -> Protocol:
    """This will give the edition of a form that is in force on a day.

    :raises UnknownProtocol: where the code is unknown or no edition covers the day.
    """
    for edition in _loaded():
        if (
            edition.code == code
            and edition.valid_from <= on
            and (not edition.valid_to or on < edition.valid_to)
        ):
            return edition
    known = ", ".join(sorted({edition.code for edition in _loaded()}))
    raise UnknownProtocol(f"no edition of {code!r} is in force on {on}; the library has {known}")


def edition(key: str) -> Protocol:
    """This will give one edition by its key, such as hypertension_2017, however old it is."""
    for known in _loaded():
        if known.key == key:
            return known
    raise UnknownProtocol(f"there is no form {key!r}")


def forms_for(disease: str) -> list[str]:
    """This will give the codes of the forms by which a disease is followed."""
    return sorted({form.code for form in _loaded() if disease in form.applies.diseases})


def needs_consent() -> dict[str, str]:
    """This will give the forms that are owed only to who agrees to be managed, each with its disease."""
    return {
        code: disease
        for disease, asking in consent_forms().items()
        for code in forms_for(disease)
        if code != asking
    }


def consent_forms() -> dict[str, str]:
    """This will give each disease for which consent is asked, with the form that asks."""
    return {form.consents.disease: form.code for form in _loaded() if form.consents}


@cache
def _loaded() -> tuple[Protocol, ...]:
    found = sorted((read(path) for path in LIBRARY.glob("*.toml")), key=lambda p: (p.code, p.valid_from))
    for earlier, later in pairwise(found):
        if earlier.code == later.code and (earlier.valid_to is None or earlier.valid_to > later.valid_from):
            raise ProtocolError(
                f"{earlier.key}.toml", "valid_to", f"overlaps {later.key}; end it on {later.valid_from}"
            )
    return tuple(found)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except FileNotFoundError as error:
        raise ProtocolError(path.name, "", "the file does not exist; correct the name in include") from error
    except tomllib.TOMLDecodeError as error:
        raise ProtocolError(path.name, "", f"this is not valid TOML: {error}") from error


def _used(shared: list[dict[str, Any]], raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Of the shared fields a form has those that its sections name, and those the product fills in itself."""
    placed = {code for section in raw.get("sections", []) for code in section.get("fields", [])}
    return [field for field in shared if field["code"] in placed or field.get("filled_by")]


def _last_of_each_code(fields: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A form may word a shared field its own way: its own entry replaces the shared one."""
    return list({str(field.get("code")): field for field in fields}.values())


def _with_targets(fields: list[dict[str, Any]]) -> list[dict[str, Any]]:
    expanded: list[dict[str, Any]] = []
    for field in fields:
        expanded.append(field)
        if field.get("target"):
            expanded.append(_target(field))
    return expanded


def _with_their_section(fields: list[dict[str, Any]], sections: list[Any]) -> list[dict[str, Any]]:
    """A block that is asked of some people only asks each of its questions of them only."""
    asked = {
        code: section["show_when"]
        for section in sections
        if isinstance(section, dict) and "show_when" in section
        for code in section.get("fields", [])
    }
    return [_asked_when(field, asked.get(field.get("target_of") or field.get("code"))) for field in fields]


def _asked_when(field: dict[str, Any], section: dict[str, Any] | None) -> dict[str, Any]:
    if section is None:
        return field
    own = field.get("show_when")
    return field | {"show_when": {"all": [section, own]} if own else section}


def _target(field: Mapping[str, Any]) -> dict[str, Any]:
    kept = ("type", "unit", "minimum", "maximum", "digits", "table", "computed")
    copy = {name: field[name] for name in kept if name in field}
    label = field["label"]
    title = {"zh": f"{label['zh']}（目标）", "en": f"{label['en']} (target)"}
    return copy | {
        "code": f"{field['code']}_target", "label": title, "target_of": field["code"], "prefill": "unchanged",
    }  # fmt: skip


def _explained(path: Path, error: ValidationError, raw: Mapping[str, Any]) -> ProtocolError:
    first = error.errors()[0]
    place = ".".join(_named(part, first["loc"][:index], raw) for index, part in enumerate(first["loc"]))
    more = error.error_count() - 1
    problem = first["msg"].removeprefix("Value error, ")
    return ProtocolError(path.name, place, problem + (f" (and {more} more)" if more else ""))


def _named(part: int | str, before: tuple[int | str, ...], raw: object) -> str:
    """fields.3 says little; fields.[sbp] says which."""
    if not isinstance(part, int):
        return part
    item = _at((*before, part), raw)
    return f"[{item['code']}]" if isinstance(item, dict) and "code" in item else f"[{part}]"


def _at(steps: tuple[int | str, ...], raw: object) -> object:
    for step in steps:
        if isinstance(raw, dict):
            raw = raw.get(step)
        elif isinstance(raw, list) and isinstance(step, int) and step < len(raw):
            raw = raw[step]
        else:
            return None
    return raw

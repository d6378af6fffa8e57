"""The columns a register may have and the words its cells may say, from the data files beside this one."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from core.base.names import fold

HERE = Path(__file__).parent
_BRACKETED = re.compile(r"[(\[【〔（《<].*?[)\]】〕）》>]")
_PUNCTUATION = re.compile(r"[^\w]+|_")
_UNIT = re.compile(r"(万元|元)")


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    zh: str
    en: str
    level: str
    kind: str
    headers: frozenset[str]
    vocabulary: str = ""
    limit: int = 120
    required: bool = False
    many: bool = False
    ignored: bool = False

    def label(self, language: str) -> str:
        return self.zh if language.startswith("zh") else self.en


def header_key(text: str) -> str:
    """What is left of a header for comparing: folded, without brackets, punctuation and spaces."""
    folded = fold(text)
    return _PUNCTUATION.sub("", _BRACKETED.sub("", folded)) or _PUNCTUATION.sub("", folded)


def unit_of(text: str) -> str:
    """万元 or 元 when the header names one, else ''."""
    found = _UNIT.search(fold(text))
    return found[1] if found else ""


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def _field(name: str, table: Mapping[str, Any]) -> Field:
    kind, _, vocabulary = str(table["kind"]).partition(":")
    headers = frozenset(header_key(text) for text in [*table["headers"], table["zh"]])
    flags = {flag: bool(table.get(flag, False)) for flag in ("required", "many", "ignored")}
    limit = int(table.get("limit", 120))
    return Field(name, table["zh"], table["en"], table["level"], kind, headers, vocabulary, limit, **flags)


@lru_cache(maxsize=1)
def fields() -> dict[str, Field]:
    return {name: _field(name, table) for name, table in _read("columns.toml")["fields"].items()}


@lru_cache(maxsize=1)
def field_of_header() -> dict[str, str]:
    """Header key → field name. Two fields must never claim one header."""
    found: dict[str, str] = {}
    for field in fields().values():
        for key in field.headers:
            if found.setdefault(key, field.name) != field.name:
                raise ValueError(f"columns.toml: {key!r} belongs to {found[key]} and to {field.name}")
    return found


@lru_cache(maxsize=1)
def vocabularies() -> dict[str, dict[str, str]]:
    """Vocabulary name → folded word → code."""
    return {name: _words(name, table) for name, table in _read("vocabulary.toml").items()}


def _words(name: str, table: Mapping[str, list[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, words in table.items():
        for word in words:
            if found.setdefault(fold(word), code) != code:
                raise ValueError(
                    f"vocabulary.toml: {word!r} in {name} stands for {found[fold(word)]} and {code}"
                )
    return found


@lru_cache(maxsize=1)
def messages() -> dict[str, dict[str, str]]:
    return _read("messages.toml")

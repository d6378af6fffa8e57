"""Reads a policy from TOML; whatever is wrong is told with its line and its remedy, in both languages."""

import json
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path as File
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from claims.policy.facts import Facts, facts_from_json
from claims.policy.places import Path, Places
from claims.policy.schema import Fault, Policy, faults
from core.base.texts import Text, joined, same

NOTHING = object()
QUOTED = re.compile(r"'([^']*)'")
SAME_AS = {
    "decimal_type": "decimal_parsing", "int_type": "int_parsing", "int_from_float": "int_parsing",
    "bool_type": "bool_parsing", "date_type": "date_parsing", "date_from_datetime_parsing": "date_parsing",
    "date_from_datetime_inexact": "date_parsing", "tuple_type": "list_type", "frozen_set_type": "list_type",
    "dict_type": "table_type", "model_type": "table_type", "mapping_type": "table_type",
    "dataclass_type": "table_type", "finite_number": "decimal_parsing",
}  # fmt: skip
"""Types of the reader's errors that are told in the same words."""


@dataclass(frozen=True)
class PolicyProblem:
    """What is wrong at one place of the file. `path` reads as in the file: layers[2].rate."""

    line: int
    path: str
    message: Text
    remedy: Text

    def told(self, language: str) -> str:
        place = f"{self.line}: {self.path}: " if self.line else f"{self.path}: "
        return f"{place}{self.message.get(language)} {self.remedy.get(language)}"


class Problems(Exception):
    """A file that cannot be used, with every problem in it, by line."""

    def __init__(self, problems: list[PolicyProblem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        super().__init__("; ".join(problem.told("en") for problem in self.problems))


class PolicyProblems(Problems):
    """A policy that cannot be used."""


class FactsProblems(Problems):
    """Facts that cannot be settled."""


def read_policy(text: str) -> Policy:
    """This will read and check one policy. Its cases are read, and run by `cases.run_cases`.

    :raises PolicyProblems: naming line, place, fault and remedy of everything that is wrong.
    """
    try:
        raw = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise PolicyProblems([_not_toml(str(error), text)]) from error
    places = Places(text)
    try:
        policy = Policy.model_validate(raw)
    except ValidationError as error:
        raise PolicyProblems([_problem(one, raw, places.line) for one in error.errors()]) from error
    found = [_fault(fault, places.line) for fault in faults(policy)]
    if found:
        raise PolicyProblems(found)
    return policy


def read_facts(text: str) -> Facts:
    """This will read the facts of one bill from JSON, as `Facts.as_json` writes them or written by hand.

    :raises FactsProblems: naming every field that is missing, unknown or not what it should be.
    """
    try:
        raw = json.loads(text, parse_float=Decimal)
    except json.JSONDecodeError as error:
        message, remedy = _words()["not_json"]
        raise FactsProblems(
            [PolicyProblem(error.lineno, "", message.filled(told=error.msg), remedy)]
        ) from error
    try:
        return facts_from_json(raw)
    except ValidationError as error:
        raise FactsProblems([_problem(one, raw, lambda path: 0) for one in error.errors()]) from error


def _not_toml(told: str, text: str) -> PolicyProblem:
    line = told.rpartition("at line ")[2].partition(",")[0]
    number = int(line) if line.isdigit() else text.count("\n") + 1
    message, remedy = _words()["not_toml"]
    return PolicyProblem(number, "", message.filled(told=told), remedy)


def _fault(fault: Fault, line: Callable[[Path], int]) -> PolicyProblem:
    message, remedy = _words()[fault.kind]
    values = {"code": fault.code}
    return PolicyProblem(
        line(fault.path), _told(fault.path), message.filled(**values), remedy.filled(**values)
    )


def _problem(error: ErrorDetails, raw: Any, line: Callable[[Path], int]) -> PolicyProblem:
    path = _path_in(raw, error["loc"], missing=error["type"] == "missing")
    words = _words()
    kind = SAME_AS.get(error["type"], error["type"])
    message, remedy = words.get(kind, words["other"])
    given = error.get("ctx", {}).get("tag", error["input"])
    values = {"given": _short(given), "told": error["msg"], **_limits(error)}
    return PolicyProblem(line(path), _told(path), message.filled(**values), remedy.filled(**values))


def _limits(error: ErrorDetails) -> dict[str, object]:
    """What the sentences of problems.toml may name."""
    context = error.get("ctx", {})
    words = QUOTED.findall(str(context.get("expected", context.get("expected_tags", ""))))
    return {
        "decimal_places": context.get("decimal_places", ""),
        "choices": joined([same(word) for word in words]),
        "limit": context.get("ge", context.get("le", "")),
        "field": error["loc"][-1] if error["loc"] else "",
    }


def _path_in(raw: Any, loc: tuple[int | str, ...], missing: bool) -> tuple[int | str, ...]:
    """Pydantic names kinds and value tables between the steps of the file; those are left out."""
    path: list[int | str] = []
    at = raw
    for place, step in enumerate(loc):
        if place == 2 and loc[0] == "layers" and isinstance(at, dict) and step == at.get("kind"):
            continue
        inside = _inside(at, step)
        if inside is not NOTHING:
            at = inside
        elif not (missing and place == len(loc) - 1):
            continue
        path.append(step)
    return tuple(path)


def _inside(at: Any, step: int | str) -> Any:
    if isinstance(at, dict):
        return at.get(step, NOTHING)
    if isinstance(at, list) and isinstance(step, int) and step < len(at):
        return at[step]
    return NOTHING


def _told(path: tuple[int | str, ...]) -> str:
    """layers[2].rate; counting starts at 1, as people count."""
    text = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def _short(given: Any) -> str:
    text = str(given)
    return text if len(text) <= 40 else f"{text[:39]}…"


@cache
def _words() -> dict[str, tuple[Text, Text]]:
    raw = tomllib.loads(File(__file__).with_name("problems.toml").read_text(encoding="utf-8"))
    return {
        code: (Text(zh=words["zh"], en=words["en"]), Text(zh=words["remedy_zh"], en=words["remedy_en"]))
        for code, words in raw.items()
    }

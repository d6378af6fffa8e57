"""What can be wrong with an answer: the fault in plain words and what to do about it, in both languages."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core.base.texts import Text


@dataclass(frozen=True)
class Problem:
    code: str
    message: Text
    remedy: Text


def problem(code: str, **values: object) -> Problem:
    """This will word a problem; the slots of its sentences are given by name, a Text in each language."""
    message, remedy = _words()[code]
    return Problem(code, message.filled(**values), remedy.filled(**values))


@cache
def _words() -> dict[str, tuple[Text, Text]]:
    raw = tomllib.loads(Path(__file__).with_name("problems.toml").read_text(encoding="utf-8"))
    return {
        code: (Text(zh=words["zh"], en=words["en"]), Text(zh=words["remedy_zh"], en=words["remedy_en"]))
        for code, words in raw.items()
    }

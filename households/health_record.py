"""When a health record is complete and when it is stale, read from health_record.toml."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field

from core.base.texts import Model, Text

FILE = Path(__file__).parent / "health_record.toml"


class RecordRule(Model):
    stale_months: int = Field(gt=0)
    source: str
    needed: dict[str, Text] = Field(min_length=1)
    asked_of_the_register: dict[str, Text]

    def lacking(self, answers: Mapping[str, Any]) -> list[str]:
        """Codes of the needed fields that the answers on a form leave open."""
        return [code for code in self.needed if answers.get(code) in (None, "", [], {})]

    def words(self, codes: Iterable[str], language: str) -> list[str]:
        known = self.needed | self.asked_of_the_register
        return [known[code].get(language) for code in codes if code in known]


@cache
def record_rule() -> RecordRule:
    return RecordRule.model_validate(tomllib.loads(FILE.read_text(encoding="utf-8")))

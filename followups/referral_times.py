"""How soon a hospital has to answer a referral (referral_times.toml)."""

import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Self

from pydantic import NonNegativeInt, TypeAdapter, model_validator

from core.base.texts import Model
from followups.choices import Urgency

FILE = Path(__file__).parent / "referral_times.toml"


class ReferralTimes(Model):
    source: str
    answer_days: dict[Urgency, NonNegativeInt]

    @model_validator(mode="after")
    def _every_urgency_has_its_days(self) -> Self:
        if missing := sorted(set(Urgency) - set(self.answer_days)):
            raise ValueError(f"answer_days lacks {', '.join(missing)}")
        return self


@cache
def referral_times() -> ReferralTimes:
    """This will give the days by urgency; a fault in the file stops with the place and the reason."""
    return TypeAdapter(ReferralTimes).validate_python(tomllib.loads(FILE.read_text(encoding="utf-8")))


def answer_by(urgency: str, referred_on: date) -> date:
    """The last day on which the answer is in time."""
    return referred_on + timedelta(days=referral_times().answer_days[Urgency(urgency)])

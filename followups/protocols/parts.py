"""The parts of a form beside its fields and rules: its sections, its source, what it asks at least."""

from typing import Literal

from pydantic import Field as Slot

from core.base.texts import Model, Text
from followups.protocols.rules import Condition


class Section(Model):
    code: str
    title: Text
    fields: tuple[str, ...]
    open: bool = False
    hint: Text | None = None
    show_when: Condition | None = None
    """Stands for every field of the section, such as a block that is asked from 65 years on."""


class Source(Model):
    title: str
    clause: str
    notes: tuple[str, ...] = ()


class Applies(Model):
    minimum_age: int = 0
    diseases: tuple[str, ...] = ()


class Minimum(Model):
    """What the norm asks for at least; only visits made in a counting mode fulfil it."""

    visits_per_year: int | None = None
    visits_per_month: int | None = None
    exams_per_year: int = 0
    tests_per_year: dict[str, int] = {}
    per: Literal["person", "household"] = "person"
    counting_modes: tuple[str, ...] = ("1", "2")
    not_owed: str = ""
    """Why no rule of duty_rules.toml asks for this form by itself."""


class Closing(Model):
    """The visit ends a disease on the day that one of its answers gives, and with it what is owed for it."""

    disease: str
    on: str


class Consent(Model):
    """The form asks whether the person agrees to be managed for a disease. Who does not stays registered and
    is owed nothing on the other forms of the disease."""

    disease: str
    answer: str
    refused: tuple[str, ...] = Slot(min_length=1)

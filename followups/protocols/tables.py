"""Code tables: what each digit of a form means, its points, and how the nation writes it."""

from functools import cached_property
from typing import Self

from pydantic import Field as Slot
from pydantic import model_validator

from core.base.texts import Model, Text


class Option(Model):
    code: str
    zh: str
    en: str
    danger: bool = False
    """Shares words with the norm's list of emergencies: the sheet asks to look at the danger signs."""
    points: int | None = None
    """What the answer adds to a score."""
    at_least: int | None = None
    """The lowest score of this class; it reaches up to the next one."""
    normal: bool = False
    """Where a table marks what is normal, everything else is a finding."""
    sensitive: bool = False
    """A fact for health staff only, wherever it is answered."""
    all_normal: bool = False
    """Says that nothing was found: a result to the contrary asks to look again."""

    @property
    def label(self) -> Text:
        return Text(zh=self.zh, en=self.en)


class National(Model):
    """How this form's own codes are written in a national value set, which may number them differently."""

    value_set: str
    oid: str = ""
    map: dict[str, str]

    @model_validator(mode="after")
    def _leads_back(self) -> Self:
        if len(set(self.map.values())) != len(self.map):
            raise ValueError("two codes have the same national code, so there is no way back")
        return self

    def code(self, ours: str) -> str | None:
        """The national code, None where the value set has none."""
        return self.map.get(ours)

    def own_code(self, theirs: str) -> str | None:
        """The form's own code, None where the form does not have this value."""
        return next((ours for ours, code in self.map.items() if code == theirs), None)


class Elsewhere(Model):
    """How another system or an older edition writes the same answers: its code to ours.

    A code of theirs that could mean several of ours is left out, and has to be asked for.
    """

    system: str
    map: dict[str, str]


class CodeTable(Model):
    title: Text
    values: tuple[Option, ...] = Slot(min_length=2)
    national: National | None = None
    elsewhere: tuple[Elsewhere, ...] = ()
    note: str = ""
    scale: bool = False
    """Short answers in steps, such as never to always: they stand in one row."""

    @model_validator(mode="after")
    def _codes_are_unique(self) -> Self:
        codes = [option.code for option in self.values]
        if len(set(codes)) != len(codes):
            raise ValueError("the same code stands twice in this table; give each value its own code")
        if self.national and set(self.national.map) - set(codes):
            raise ValueError("the national mapping names a code that this table does not have")
        if any(set(other.map.values()) - set(codes) for other in self.elsewhere):
            raise ValueError("the mapping from elsewhere names a code that this table does not have")
        return self

    def from_elsewhere(self, system: str, theirs: str) -> str | None:
        """Our code for one of another system; None where it has no single meaning here, never a guess.

        :raises KeyError: where nothing is known of that system.
        """
        maps = {other.system: other.map for other in self.elsewhere}
        return maps[system].get(theirs)

    @property
    def bands(self) -> list[Option]:
        """The classes of a score, from the lowest up."""
        ranked = [option for option in self.values if option.at_least is not None]
        return sorted(ranked, key=lambda option: option.at_least or 0)

    def turned(self, points: int) -> int:
        """The points of an answer counted from the other end of the table: 1 of 1 to 5 becomes 5."""
        scale = [option.points for option in self.values if option.points is not None]
        return min(scale) + max(scale) - points

    @property
    def sensitive(self) -> frozenset[str]:
        return frozenset(option.code for option in self.values if option.sensitive)

    @property
    def normal(self) -> frozenset[str]:
        return frozenset(option.code for option in self.values if option.normal)

    @cached_property
    def by_code(self) -> dict[str, Option]:
        return {option.code: option for option in self.values}

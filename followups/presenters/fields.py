"""One field of the sheet, ready to be drawn: its words, what stands in it, what stood there last time."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from followups.presenters.values import between, day_month, in_language, value_text
from followups.protocols.assessment import PastVisit
from followups.protocols.conditions import Facts, holds, missing
from followups.protocols.problems import Problem
from followups.protocols.rules import conditions_in
from followups.protocols.schema import Field, Protocol
from followups.protocols.validation import to_json

LONG_TEXT = 200
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class OptionView:
    code: str
    label: str
    id: str
    checked: bool


@dataclass(frozen=True)
class LineView:
    """One medicine: the four inputs of a line, by their names."""

    place: int
    name: str
    times: str
    amount: str
    unit: str
    spare: bool


@dataclass(frozen=True)
class LastValue:
    value: str
    day: str


@dataclass(frozen=True)
class FieldView:
    code: str
    kind: str
    label: str
    id: str
    value: str = ""
    unit: str = ""
    hint: str = ""
    last: LastValue | None = None
    goal: str = ""
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    confirm: str = ""
    confirmed: bool = False
    options: tuple[OptionView, ...] = ()
    lines: tuple[LineView, ...] = ()
    units: tuple[tuple[str, str], ...] = ()
    target: "FieldView | None" = None
    required: bool = False
    shown: bool = True
    folded: bool = False
    decimals: int = 0
    max_length: int = 0
    limits: Mapping[str, str] = field(default_factory=dict)
    jump_to: str = ""
    jump_after: int = 0
    exclusive: str = ""

    @property
    def target_id(self) -> str:
        """What the summary of errors links to."""
        return self.options[0].id if self.options else f"{self.id}-0-name" if self.lines else self.id

    @property
    def chosen(self) -> str:
        return between().join(option.label for option in self.options if option.checked)

    @property
    def is_calendar_date(self) -> bool:
        """A date typed in another shape is shown as it was typed, which a calendar field would not."""
        return self.kind == "date" and (not self.value or ISO_DATE.fullmatch(self.value) is not None)

    @property
    def described_by(self) -> str:
        warnings = () if self.errors else self.warnings
        parts = {"hint": self.hint, "last": self.last or self.goal, "error": self.errors, "warning": warnings}
        return " ".join(f"{self.id}_{name}" for name, there in parts.items() if there)


@dataclass(frozen=True)
class Sheet:
    """What the fields are drawn from: the protocol, the answers, what is wrong, what was before."""

    protocol: Protocol
    raw: Mapping[str, Any]
    errors: Mapping[str, Sequence[str]]
    warnings: Mapping[str, Sequence[Problem]]
    cleaned: Mapping[str, Any]
    history: Sequence[PastVisit]
    confirmed: frozenset[str]
    bound: bool
    on: date

    def view(self, code: str) -> FieldView:
        item = self.protocol.by_code[code]
        return FieldView(
            code=code,
            kind=_kind(item),
            label=in_language(item.name),
            id=f"id_{code}",
            value=_written(item, self._value(item)),
            unit=in_language(item.unit),
            hint=in_language(item.hint),
            last=self._last(item),
            goal=self._goal(item),
            errors=tuple(self.errors.get(code, ())),
            warnings=tuple(in_language(problem.message) for problem in self.warnings.get(code, ())),
            confirm=self._to_confirm(code),
            confirmed=code in self.confirmed,
            options=self._options(item),
            lines=self._lines(item),
            units=self._units(item),
            target=self.view(f"{code}_target") if item.target else None,
            required=item.required,
            shown=self._shown(item),
            folded=item.folded,
            decimals=item.digits,
            max_length=item.max_length,
            limits=_limits(item),
            jump_to=item.jump_to,
            jump_after=item.jump_after,
            exclusive=item.exclusive,
        )

    def _value(self, item: Field) -> Any:
        """A computed value is what the server has worked out; any other is what was typed."""
        return self.cleaned.get(item.code) if item.computed else self.raw.get(item.code)

    def _last(self, item: Field) -> LastValue | None:
        past = next((p for p in self.history if not missing(p.answers, item.code)), None)
        if past is None or not item.compare:
            return None
        words = value_text(self.protocol, item, past.answers[item.code], unit=False)
        return LastValue(words, day_month(past.on, self.on))

    def _goal(self, item: Field) -> str:
        """The target of the last visit is what this one is judged by."""
        goal = f"{item.code}_target"
        past = next((p for p in self.history if not missing(p.answers, goal)), None)
        if past is None or not item.target:
            return ""
        words = value_text(self.protocol, self.protocol.by_code[goal], past.answers[goal], unit=False)
        return _("target %(value)s") % {"value": words}

    def _to_confirm(self, code: str) -> str:
        rare = any(problem.code == "unusual" for problem in self.warnings.get(code, ()))
        return str(to_json(self.cleaned[code])) if rare and code in self.cleaned else ""

    def _options(self, item: Field) -> tuple[OptionView, ...]:
        if not item.table:
            return ()
        chosen = self.raw.get(item.code)
        codes = {str(code) for code in chosen} if isinstance(chosen, list | tuple) else {str(chosen or "")}
        return tuple(
            OptionView(o.code, in_language(o.label), f"id_{item.code}_{o.code}", o.code in codes)
            for o in self.protocol.table(item).values
        )

    def _lines(self, item: Field) -> tuple[LineView, ...]:
        if item.type != "medicines":
            return ()
        given = list(self.raw.get(item.code) or [])
        given += [{}] * (item.max_lines - len(given))
        filled = max((place for place, line in enumerate(given, 1) if _has_words(line)), default=0)
        return tuple(_line(place, line, spare=place > filled) for place, line in enumerate(given))

    def _units(self, item: Field) -> tuple[tuple[str, str], ...]:
        if not item.unit_table:
            return ()
        return tuple((o.code, in_language(o.label)) for o in self.protocol.table(item).values)

    def _shown(self, item: Field) -> bool:
        """A question about a missing reading waits until the reading was left out."""
        if item.show_when is None or self.errors.get(item.code):
            return True
        waits = not self.bound and any(leaf.missing for leaf in conditions_in(item.show_when))
        return not waits and holds(item.show_when, Facts(self.raw)) is True


def _kind(item: Field) -> str:
    if item.computed:
        return "computed"
    if item.type == "decimal":
        return "number"
    return "longtext" if item.type == "text" and item.max_length > LONG_TEXT else item.type


def _written(item: Field, value: Any) -> str:
    if isinstance(value, list | tuple) or value is None:
        return ""
    return str(to_json(value)) if not isinstance(value, str) else value


def _line(place: int, line: Mapping[str, Any], *, spare: bool) -> LineView:
    name, times, amount, unit = (_plain(line.get(part)) for part in ("name", "times", "amount", "unit"))
    return LineView(place, name, times, amount, unit, spare)


def _plain(value: Any) -> str:
    return "" if value is None else str(to_json(value))


def _has_words(line: Mapping[str, Any]) -> bool:
    return any(line.get(part) for part in ("name", "times", "amount"))


def _limits(item: Field) -> dict[str, str]:
    limits = {
        "low": item.minimum,
        "high": item.maximum,
        "rare_low": item.warn_below,
        "rare_high": item.warn_above,
    }
    return {name: "" if limit is None else format(limit, "f") for name, limit in limits.items()}

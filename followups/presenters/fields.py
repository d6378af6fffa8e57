"""One field of the sheet, ready to be drawn: its words, what stands in it, what stood there last time."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core.base.words import listed
from followups.presenters.lines import LineView, kind_of, lines_of
from followups.presenters.values import day_month, in_language, value_text
from followups.protocols.assessment import PastVisit
from followups.protocols.conditions import Facts, holds, missing
from followups.protocols.problems import Problem
from followups.protocols.rules import conditions_in
from followups.protocols.schema import Field, Protocol
from followups.protocols.validation import to_json

ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class OptionView:
    code: str
    label: str
    id: str
    checked: bool
    normal: bool = False


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
    add: str = ""
    target: "FieldView | None" = None
    required: bool = False
    optional: bool = False
    shown: bool = True
    folded: bool = False
    decimals: int = 0
    max_length: int = 0
    limits: Mapping[str, str] = field(default_factory=dict)
    jump_to: str = ""
    jump_after: int = 0
    exclusive: str = ""
    is_scale: bool = False

    @property
    def target_id(self) -> str:
        """What the summary of errors links to."""
        return self.options[0].id if self.options else self.lines[0].cells[0].id if self.lines else self.id

    @property
    def is_filled(self) -> bool:
        chosen = any(option.checked for option in self.options)
        return chosen or bool(self.value) or any(line.is_filled for line in self.lines)

    @property
    def has_one_normal(self) -> bool:
        """One option alone means normal, so that it can be set without asking which."""
        return sum(option.normal for option in self.options) == 1

    @property
    def chosen(self) -> str:
        return listed(option.label for option in self.options if option.checked)

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
    age: int | None = None
    sex: str = ""

    def view(self, code: str) -> FieldView:
        item = self.protocol.by_code[code]
        return FieldView(
            code=code,
            kind=kind_of(item),
            label=in_language(item.name),
            id=f"id_{code}",
            value=self._words(item),
            unit=in_language(item.unit),
            hint=in_language(item.hint),
            last=self._last(item),
            goal=self._goal(item),
            errors=tuple(self.errors.get(code, ())),
            warnings=tuple(in_language(problem.message) for problem in self.warnings.get(code, ())),
            confirm=self._to_confirm(code),
            confirmed=code in self.confirmed,
            options=self._options(item),
            lines=lines_of(self.protocol, item, self.raw.get(item.code)),
            add=in_language(item.add) or (_("Add a medicine") if item.is_list else ""),
            target=self.view(f"{code}_target") if item.target else None,
            required=item.required,
            optional=item.optional or bool(item.computed),
            shown=self._shown(item),
            folded=item.folded,
            decimals=item.digits,
            max_length=item.max_length,
            limits=_limits(item),
            jump_to=item.jump_to,
            jump_after=item.jump_after,
            exclusive=item.exclusive,
            is_scale=bool(item.table) and self.protocol.tables[item.table].scale,
        )

    def _words(self, item: Field) -> str:
        """The class of a score is told by its label."""
        value = self._value(item)
        if item.computed in ("band", "decided"):
            return value_text(self.protocol, item, value)
        return _written(item, value)

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
        if not item.table or item.computed:
            return ()
        chosen = self.raw.get(item.code)
        codes = {str(code) for code in chosen} if isinstance(chosen, list | tuple) else {str(chosen or "")}
        return tuple(
            OptionView(o.code, in_language(o.label), f"id_{item.code}_{o.code}", o.code in codes, o.normal)
            for o in self.protocol.table(item).values
        )

    def _shown(self, item: Field) -> bool:
        """A question about a missing reading waits until the reading was left out."""
        if item.show_when is None or self.errors.get(item.code):
            return True
        waits = not self.bound and any(leaf.missing for leaf in conditions_in(item.show_when))
        facts = Facts({**self.raw, **self.computed}, self.age, sex=self.sex)
        return not waits and holds(item.show_when, facts) is True

    @property
    def computed(self) -> dict[str, Any]:
        return {item.code: self.cleaned.get(item.code) for item in self.protocol.fields if item.adds}


def _written(item: Field, value: Any) -> str:
    if isinstance(value, list | tuple) or value is None:
        return ""
    return str(to_json(value)) if not isinstance(value, str) else value


def _limits(item: Field) -> dict[str, str]:
    limits = {
        "low": item.minimum,
        "high": item.maximum,
        "rare_low": item.warn_below,
        "rare_high": item.warn_above,
    }
    return {name: "" if limit is None else format(limit, "f") for name, limit in limits.items()}

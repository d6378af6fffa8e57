"""What a follow-up form is: its fields, code tables, sections and rules, as read from one TOML file."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from typing import Any, Literal, Self

from pydantic import Field as Slot
from pydantic import model_validator

from core.base.texts import Model, Text
from followups.protocols.parts import Applies, Closing, Consent, Minimum, Section, Source
from followups.protocols.rules import Assessing, Condition, conditions_in
from followups.protocols.tables import CodeTable, Option

Kind = Literal["number", "decimal", "choice", "multi", "text", "date", "medicines", "rows"]
IN_A_ROW = ("number", "decimal", "choice", "text", "date")


class Decision(Model):
    """One option of a table that follows from other answers."""

    code: str
    when: Condition


class Field(Model):
    code: str = Slot(pattern=r"^[a-z][a-z0-9_]*$")
    type: Kind
    label: Text
    short: Text | None = None
    unit: Text | None = None
    hint: Text | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    warn_below: Decimal | None = None
    warn_above: Decimal | None = None
    digits: int = Slot(default=0, ge=0, le=3)
    max_length: int = 200
    max_lines: int = 4
    columns: tuple["Field", ...] = ()
    """What each line of a table of rows has."""
    add: Text | None = None
    """What the button says that opens one more line."""
    table: str = ""
    unit_table: str = ""
    exclusive: str = ""
    """The option of a multiple choice that cannot stand beside another, such as 1 无症状."""
    default: str | tuple[str, ...] = ""
    target: bool = False
    """The form has two columns, now and target: the second is the field <code>_target."""
    target_of: str = ""
    jump_to: str = ""
    jump_after: int = 0
    required: bool = False
    required_when: Condition | None = None
    show_when: Condition | None = None
    computed: Literal["", "bmi", "total", "band", "decided", "percent", "days"] = ""
    adds: tuple[str, ...] = ()
    """The fields whose points or numbers make this total or this class of a total, part and whole of a
    percentage, or the first and the last of the days that are counted."""
    reversed: tuple[str, ...] = ()
    """Parts of a total that count the other way round: the mildest answer gives the most points."""
    decides: tuple[Decision, ...] = ()
    """Which option follows from the parts: the first whose condition holds."""
    normal_from: Decimal | None = None
    normal_to: Decimal | None = None
    """The reference range printed beside a result; outside it the result is a finding."""
    optional: bool = False
    """Starred on the paper: done where there is reason to."""
    not_before: str = ""
    """The date that this one cannot precede."""
    written_as: Literal["", "archive_number"] = ""
    held_as: Literal["", "sex", "birth_date", "ethnicity", "education"] = ""
    """What the register holds as well: a difference is shown, and the register stays as it is."""
    at_most: str = ""
    """The field whose number this one cannot exceed."""
    usually_at_most: str = ""
    """The field whose number this one seldom exceeds: it is asked about, and shown as it is."""
    lies_ahead: bool = False
    """A date that may be in the future."""
    prefill: Literal["never", "unchanged"] = "never"
    folded: bool = False
    """Drawn closed until an answer asks for it."""
    compare: bool = False
    """The last visit's value is shown beside the field."""
    filled_by: Literal["", "actor"] = ""
    loinc: str = ""
    printed: bool = True
    """False for what the product asks beside the paper form."""

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        coded = self.type in ("choice", "multi")
        if coded != bool(self.table):
            raise ValueError("a choice needs a table, and only a choice may have one")
        if self.type == "medicines" and not self.unit_table:
            raise ValueError("medicines need a unit_table")
        if (self.type == "rows") != bool(self.columns) or any(c.type not in IN_A_ROW for c in self.columns):
            raise ValueError(f"rows need columns, and a column is one of {', '.join(IN_A_ROW)}")
        if (self.computed not in ("", "bmi")) != bool(self.adds):
            raise ValueError("what is computed from other fields names them in adds")
        if set(self.reversed) - set(self.adds) or (self.computed == "decided") != bool(self.decides):
            raise ValueError("reversed names parts in adds; decides stands with decided, and only there")
        if self.prefill != "never" and self.loinc in MEASURED:
            raise ValueError("a measurement is never prefilled; remove prefill")
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValueError("minimum is above maximum")
        return self

    @property
    def name(self) -> Text:
        return self.short or self.label

    @property
    def is_list(self) -> bool:
        return self.type in ("medicines", "rows")

    @property
    def line(self) -> tuple["Field", ...]:
        """The columns of one line; a medicine has those of the paper form."""
        return _medicine_line(self.unit_table) if self.type == "medicines" else self.columns


@cache
def _medicine_line(unit_table: str) -> tuple[Field, ...]:
    def column(code: str, kind: Kind, zh: str, en: str, **more: object) -> Field:
        described = {"code": code, "type": kind, "label": {"zh": zh, "en": en}, "required": True}
        return Field.model_validate(described | more)

    return (
        column("name", "text", "药名", "name", max_length=60),
        column("times", "number", "每日次数", "times a day", minimum=1, maximum=12),
        column("amount", "decimal", "每次用量", "amount", digits=3, minimum=Decimal("0.001"), maximum=10000),
        column("unit", "choice", "单位", "unit", table=unit_table),
    )


# Blood pressure, pulse, weight, temperature, glucose and HbA1c: readings of today, typed today.
MEASURED = frozenset({"8480-6", "8462-4", "8867-4", "29463-7", "8310-5", "14771-0", "14749-6", "4548-4"})


LONG = 70


class Protocol(Model):
    code: str
    edition: str
    title: Text
    short: Text
    sensitive: bool = False
    """Its visits and duties are facts for health staff only."""
    closes: Closing | None = None
    consents: Consent | None = None
    headline: tuple[str, ...] = ()
    """What is told of a visit in one line where there is no pressure and no glucose."""
    is_exam: bool = False
    """A visit on this form is the yearly examination that the register counts."""
    source: Source
    valid_from: date
    valid_to: date | None = None
    applies: Applies
    minimum: Minimum
    tables: dict[str, CodeTable]
    fields: tuple[Field, ...]
    sections: tuple[Section, ...]
    assessment: Assessing
    absent_when: Condition | None = None
    """True where nobody was visited: lost or dead. Such a row is not a follow-up and needs no readings."""

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        problems = [*_unknown_tables(self), *_unknown_fields(self), *_section_faults(self)]
        if problems:
            raise ValueError("; ".join(problems))
        return self

    @cached_property
    def by_code(self) -> dict[str, Field]:
        return {field.code: field for field in self.fields}

    @property
    def key(self) -> str:
        return f"{self.code}_{self.edition}"

    @property
    def is_long(self) -> bool:
        """Long enough that the sheet tells how far one has come."""
        return len(self.fields) > LONG

    def table(self, field: Field) -> CodeTable:
        return self.tables[field.table or field.unit_table]

    def option(self, field_code: str, code: str) -> Option | None:
        """The option of a choice field, or None for a code that its table lacks."""
        field = self.by_code[field_code]
        return self.table(field).by_code.get(code) if field.table else None

    def grade(self, cls: str) -> int:
        """How grave a class of this form is: 1 the mildest, 0 for none. The digit does not say it."""
        codes = [outcome.code for outcome in reversed(self.assessment.classes)]
        return codes.index(cls) + 1 if cls in codes else 0

    def is_sensitive(self, answers: Mapping[str, Any]) -> bool:
        """Whether these answers are for health staff only: by the form, or by one of the options chosen."""
        return self.sensitive or any(
            self._tells(field, answers.get(field.code)) for field in self.telling_fields
        )

    @cached_property
    def telling_fields(self) -> list[Field]:
        """The fields among whose options are facts for health staff only."""
        return [
            field
            for field in self.fields
            if any(each.table and self.tables[each.table].sensitive for each in (field, *field.columns))
        ]

    def _tells(self, field: Field, value: Any) -> bool:
        if field.columns and value:
            return any(
                self._tells(column, line.get(column.code)) for line in value for column in field.columns
            )
        hidden = self.tables[field.table].sensitive if field.table else frozenset()
        return not hidden.isdisjoint(value if isinstance(value, list | tuple) else {str(value)})

    def counts_face_to_face(self, mode: str) -> bool:
        """Whether a visit of this form's mode code counts; the phone does not."""
        return mode in self.minimum.counting_modes


def _unknown_tables(protocol: Protocol) -> list[str]:
    everything = [each for f in protocol.fields for each in (f, *f.columns)]
    wanted = {(f.code, name) for f in everything for name in (f.table, f.unit_table) if name}
    return [f"field {code}: there is no table {name}" for code, name in wanted if name not in protocol.tables]


def _unknown_fields(protocol: Protocol) -> list[str]:
    known = set(protocol.by_code)
    conditions = [*protocol.assessment.conditions]
    conditions += [protocol.absent_when] if protocol.absent_when else []
    conditions += [c for f in protocol.fields for c in (f.required_when, f.show_when) if c]
    conditions += [one.when for f in protocol.fields for one in f.decides]
    named = {leaf.subject for condition in conditions for leaf in conditions_in(condition) if leaf.subject}
    named |= {f.jump_to for f in protocol.fields if f.jump_to} | set(protocol.assessment.needs)
    named |= {c for f in protocol.fields for c in (*f.adds, f.not_before, f.at_most, f.usually_at_most) if c}
    named |= {*protocol.headline, *([protocol.closes.on] if protocol.closes else [])}
    named |= {protocol.consents.answer} if protocol.consents else set()
    return [f"a rule names the field {code}, which this form does not have" for code in sorted(named - known)]


def _section_faults(protocol: Protocol) -> list[str]:
    placed = [code for section in protocol.sections for code in section.fields]
    shown = {f.code for f in protocol.fields if not f.target_of and not f.filled_by}
    faults = [f"section field {code} is not a field of this form" for code in placed if code not in shown]
    faults += [f"field {code} stands in no section" for code in sorted(shown - set(placed))]
    return faults + [f"field {code} stands in two sections" for code in set(placed) if placed.count(code) > 1]

"""A form and its visits laid out as the official sheet: codes in boxes, now and target behind a slash."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.accounts.models import User
from followups.models import Visit
from followups.presenters.values import in_language, value_text
from followups.protocols.parts import Section
from followups.protocols.schema import Field, Protocol
from healthaid.reports.documents.paper_form import Block, Cell, Line, PaperForm
from healthaid.reports.presenters.words import trace
from healthaid.reports.queries.paper_forms import COLUMNS

SLOTS = 3
"""Boxes of an empty multiple choice, as the paper has them."""
PRESSURE = ("sbp", "dbp")
Answers = Mapping[str, Any]


def filled(
    protocol: Protocol, visits: Sequence[Visit], *, by: User, at: datetime, record: str = ""
) -> PaperForm:
    """This will lay out visits made by one edition of a form, each in its own column, oldest first.

    `record` is the person's number on the sheets of the health record, empty where there is none yet.
    """
    first = visits[0]
    number = (_("Register number"), first.household.register_no)
    named = ((_("Name"), first.person.name), (_("Record number"), record)) if first.person else ()
    head = (*named, number)
    form = _form(protocol, [visit.answers for visit in visits], head, trace(by, at))
    return replace(form, blocks=(*form.blocks, _judged(protocol, visits)))


def empty(protocol: Protocol, *, by: User, at: datetime) -> PaperForm:
    """This will lay out the sheet to be filled by hand."""
    columns: list[Answers] = [{}] if protocol.is_long else [{}] * COLUMNS
    return _form(
        protocol,
        columns,
        tuple((label, "") for label in (_("Name"), _("Record number"), _("Register number"))),
        trace(by, at),
    )


def _form(
    protocol: Protocol, columns: Sequence[Answers], head: tuple[tuple[str, str], ...], trace: str
) -> PaperForm:
    return PaperForm(
        title=in_language(protocol.title),
        language=get_language() or "zh-hans",
        head=head,
        blocks=tuple(_blocks(protocol, columns)),
        columns=len(columns),
        signatures=(_("Doctor's signature"), _("Resident's signature")),
        source=f"{protocol.source.title} · {protocol.key}",
        trace=trace,
    )


def _judged(protocol: Protocol, visits: Sequence[Visit]) -> Block:
    """What the product wrote on the form: its class, and whose visit it was."""
    classes = sorted((each.code, in_language(each.label)) for each in protocol.assessment.classes)
    legend = "  ".join(f"{code} {label}" for code, label in classes)
    found = tuple(Cell(boxes=(visit.visit_class,)) for visit in visits)
    doctors = tuple(Cell(words=visit.by.get_full_name()) for visit in visits)
    lines = (Line(_("Class of this visit"), legend, found), Line(_("Visiting doctor"), "", doctors))
    return Block(_("Assessment"), lines if classes else lines[1:])


def _blocks(protocol: Protocol, columns: Sequence[Answers]) -> Iterator[Block]:
    dated = [section for section in protocol.sections if "visit_date" in section.fields]
    for section in (*dated, *(each for each in protocol.sections if each not in dated)):
        if lines := tuple(_lines(protocol, section, columns)):
            yield Block(in_language(section.title), lines, _scale(protocol, section))


def _lines(protocol: Protocol, section: Section, columns: Sequence[Answers]) -> Iterator[Line]:
    for code in section.fields:
        field = protocol.by_code[code]
        if not _is_printed(field, section, columns):
            continue
        if code == PRESSURE[0] and PRESSURE[1] in section.fields:
            yield Line(_("Blood pressure"), "", tuple(_pressure(field, answers) for answers in columns))
        else:
            cells = tuple(_cell(protocol, field, answers) for answers in columns)
            yield Line(in_language(field.label), _legend(protocol, field), cells)


def _is_printed(field: Field, section: Section, columns: Sequence[Answers]) -> bool:
    """What the paper has no place for is printed where it was answered: nothing known is left out.

    What is asked only sometimes stands on the empty sheet, and on a filled one where it has an answer.
    """
    if field.code == PRESSURE[1] and PRESSURE[0] in section.fields:
        return False
    answered = any(answers.get(field.code) not in (None, "", [], ()) for answers in columns)
    not_asked = any(columns) and field.show_when is not None
    return answered or (field.printed and not not_asked)


def _legend(protocol: Protocol, field: Field) -> str:
    return "" if not field.table or protocol.table(field).scale else _codes(protocol, field)


def _scale(protocol: Protocol, section: Section) -> str:
    """The codes of the scale that a section asks by, if it does."""
    asked = [protocol.by_code[code] for code in section.fields]
    return next((_codes(protocol, each) for each in asked if each.table and protocol.table(each).scale), "")


def _codes(protocol: Protocol, field: Field) -> str:
    return "  ".join(f"{each.code} {in_language(each.label)}" for each in protocol.table(field).values)


def _pressure(field: Field, answers: Answers) -> Cell:
    readings = [str(answers.get(code, "")) for code in PRESSURE]
    words = "/".join(readings) if any(readings) else ""
    return Cell(words=f"{words} {in_language(field.unit)}" if words else "", unit=in_language(field.unit))


def _cell(protocol: Protocol, field: Field, answers: Answers) -> Cell:
    goal = protocol.by_code.get(f"{field.code}_target") if field.target else None
    value, aim = answers.get(field.code), answers.get(goal.code) if goal else None
    if field.table and protocol.table(field).scale:
        return Cell(boxes=_boxes(field, value, answers), steps=tuple(protocol.table(field).by_code))
    if field.table:
        return Cell(boxes=(*_boxes(field, value, answers), *(_boxes(goal, aim, answers) if goal else ())))
    words = value_text(protocol, field, value, unit=goal is None)
    if goal and (words or aim is not None):
        words = f"{words or '—'} / {value_text(protocol, goal, aim) or '—'}"
    return Cell(words=words.replace("；", "\n"), unit=f"{'/ ' if goal else ''}{in_language(field.unit)}")


def _boxes(field: Field, value: Any, answers: Answers) -> tuple[str, ...]:
    if value is None or value == "":
        return ("",) * (SLOTS if field.type == "multi" and not answers else 1)
    return tuple(map(str, value)) if isinstance(value, list | tuple) else (str(value),)

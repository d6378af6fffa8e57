"""Fields of the sheet side by side: a pair of pressures, a score and what it comes to."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from followups.presenters.fields import FieldView
from followups.protocols.schema import Protocol


@dataclass(frozen=True)
class Row:
    """Fields drawn side by side: a pair of pressures, a short number, or one field alone."""

    fields: tuple[FieldView, ...]
    pair: bool = False

    @property
    def last(self) -> str:
        """A pair taken on one day is told as a pair: 138/86."""
        past = [field.last for field in self.fields if field.last]
        if not past or past[0].day != past[-1].day:
            return ""
        value = "/".join(one.value for one in past)
        return _("Last time %(value)s · %(day)s") % {"value": value, "day": past[0].day}

    @property
    def wrong(self) -> bool:
        return any(field.errors for field in self.fields)

    @property
    def shown(self) -> bool:
        return any(field.shown for field in self.fields)


def rows_of(protocol: Protocol, fields: Sequence[FieldView]) -> list[Row]:
    """A field that jumps to the next one stands beside it, and so does a score and what it comes to."""
    rows: list[Row] = []
    paired: set[str] = set()
    for place, field in enumerate(fields):
        if field.code in paired:
            continue
        beside = fields[place + 1] if place + 1 < len(fields) else None
        if field.jump_to and beside and beside.code == field.jump_to:
            paired.add(beside.code)
            rows.append(Row((field, beside), pair=True))
        elif beside and _comes_to(protocol, field, beside):
            paired.add(beside.code)
            rows.append(Row((field, beside)))
        else:
            rows.append(Row((field,)))
    return rows


def _comes_to(protocol: Protocol, score: FieldView, result: FieldView) -> bool:
    """Whether the second is the class of the first, which is a score itself."""
    return score.kind == result.kind == "computed" and score.code in protocol.by_code[result.code].adds

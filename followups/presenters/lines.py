"""The lines of a table on the sheet, such as medicines or stays in hospital."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext_lazy

from followups.presenters.values import in_language
from followups.protocols.schema import Field, Protocol
from followups.protocols.validation import to_json

LONG_TEXT, SHORT_TEXT = 200, 40
MEDICINE_TITLES = {
    "name": gettext_lazy("Medicine"),
    "times": gettext_lazy("Times a day"),
    "amount": gettext_lazy("Each time"),
    "unit": gettext_lazy("Unit"),
}


@dataclass(frozen=True)
class CellView:
    """One input of a line."""

    id: str
    name: str
    label: str
    kind: str
    value: str
    options: tuple[tuple[str, str], ...] = ()
    decimals: int = 0
    width: Literal["narrow", "half", "wide"] = "narrow"


@dataclass(frozen=True)
class LineView:
    """One line of a table, such as a medicine; `spare` is one that nothing stands in yet."""

    place: int
    cells: tuple[CellView, ...]
    spare: bool

    @property
    def is_filled(self) -> bool:
        return any(cell.value for cell in self.cells if cell.kind != "choice")


def lines_of(protocol: Protocol, item: Field, raw: Any) -> tuple[LineView, ...]:
    """This will give the lines of a table: those filled, one that waits, and those to open."""
    if not item.is_list:
        return ()
    given = list(raw or [])
    given += [{}] * (item.max_lines - len(given))
    filled = max((place for place, line in enumerate(given, 1) if _has_words(item, line)), default=0)
    return tuple(
        LineView(place, _cells(protocol, item, place, line), spare=place > filled)
        for place, line in enumerate(given)
    )


def _cells(protocol: Protocol, item: Field, place: int, line: Mapping[str, Any]) -> tuple[CellView, ...]:
    return tuple(
        CellView(
            id=f"id_{item.code}-{place}-{column.code}",
            name=f"{item.code}-{place}-{column.code}",
            label=_title(item, place, column),
            kind=kind_of(column),
            value=_plain(line.get(column.code)),
            options=_options(protocol, column),
            decimals=column.digits,
            width=_width(item, column),
        )
        for column in item.line
    )


def _width(item: Field, column: Field) -> Literal["narrow", "half", "wide"]:
    """Three of a medicine's four columns stand side by side; of other tables two."""
    if column.type == "text":
        return "wide" if column.max_length > SHORT_TEXT or column.required else "half"
    return "narrow" if item.type == "medicines" or column.type in ("number", "decimal") else "half"


def _options(protocol: Protocol, column: Field) -> tuple[tuple[str, str], ...]:
    options = protocol.table(column).values if column.table else ()
    return tuple((option.code, in_language(option.label)) for option in options)


def _title(item: Field, place: int, column: Field) -> str:
    """The first column says which line it is."""
    title = MEDICINE_TITLES.get(column.code) if item.type == "medicines" else None
    words = str(title) if title else in_language(column.name)
    unit = f" ({in_language(column.unit)})" if column.unit else ""
    return f"{words}{unit} {place + 1}" if column.code == item.line[0].code else words + unit


def _plain(value: Any) -> str:
    return "" if value is None else str(to_json(value))


def _has_words(item: Field, line: Mapping[str, Any]) -> bool:
    return any(line.get(column.code) for column in item.line if column.code != "unit")


def kind_of(item: Field) -> str:
    if item.computed:
        return "computed"
    if item.is_list:
        return "rows"
    if item.type == "decimal":
        return "number"
    return "longtext" if item.type == "text" and item.max_length > LONG_TEXT else item.type

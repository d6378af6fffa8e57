"""The bill as a grid: kinds of cost down, classes across; and the hospital's list, pasted or uploaded."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.billfile.model import FIELDS
from claims.choices import ItemCategory, ItemClass
from claims.forms.fields import MoneyField, words

PARTS = {
    ItemClass.A: ("amount", "over_limit"),
    ItemClass.B: ("amount", "first_pay", "over_limit"),
    ItemClass.C: ("amount",),
}
REPORTED = "reported."
PART_WORDS = {
    "amount": gettext_lazy("amount"),
    "first_pay": gettext_lazy("of it paid first"),
    "over_limit": gettext_lazy("of it over the limit"),
}


def cell(category: str, item_class: str, part: str) -> str:
    return f"{category}-{item_class}-{part}"


@dataclass(frozen=True, slots=True)
class Typed:
    """One filled pair of kind and class: what is written into the bill."""

    category: str
    item_class: str
    amount: Decimal
    first_pay: Decimal
    over_limit: Decimal


@dataclass(frozen=True)
class GridCell:
    field: BoundField
    label: str
    item_class: str
    part: str
    word: str


@dataclass(frozen=True)
class GridRow:
    code: str
    label: str
    cells: list[GridCell]

    @property
    def faults(self) -> list[tuple[str, str, str]]:
        """Id of the cell, its words, and what is wrong with it."""
        wrong = [cell for cell in self.cells if cell.field.errors]
        return [(each.field.id_for_label, each.label, _told(each.field)) for each in wrong]


class BillForm(forms.Form):
    """Twelve kinds of cost by three classes. Empty cells cost nothing."""

    typed_total = MoneyField(
        label=gettext_lazy("Total printed on the hospital's bill (yuan)"),
        required=False,
        help_text=gettext_lazy("Compared with the sum of the grid before it is settled."),
    )

    def __init__(self, *args: Any, payers: Mapping[str, str] | None = None, **more: Any) -> None:
        """`payers`: names of the layers whose amount an outside payer tells."""
        super().__init__(*args, **more)
        for category in ItemCategory:
            for item_class, parts in PARTS.items():
                for part in parts:
                    self.fields[cell(category, item_class, part)] = _cell_field(category, item_class, part)
        self.payers = [f"{REPORTED}{layer}" for layer in payers or {}]
        for layer, name in (payers or {}).items():
            self.fields[f"{REPORTED}{layer}"] = MoneyField(label=name, required=False)

    def rows(self) -> Iterator[GridRow]:
        for category in ItemCategory:
            cells = [
                GridCell(self[name], str(self.fields[name].label), item_class, part, _word(item_class, part))
                for item_class, parts in PARTS.items()
                for part in parts
                for name in [cell(category, item_class, part)]
            ]
            yield GridRow(category, str(category.label), cells)

    def told(self) -> list[BoundField]:
        """The fields of what outside payers say."""
        return [self[name] for name in self.payers]

    def reported(self) -> dict[str, Decimal] | None:
        """What outside payers say, by layer; None where the page did not ask."""
        filled = {name.removeprefix(REPORTED): self.cleaned_data.get(name) for name in self.payers}
        return {layer: amount for layer, amount in filled.items() if amount} if self.payers else None

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for category in ItemCategory:
            for item_class in PARTS:
                self._check_parts(given, category, item_class)
        return given

    def _check_parts(self, given: Mapping[str, Any], category: str, item_class: str) -> None:
        amount = given.get(cell(category, item_class, "amount"))
        parts = [given.get(cell(category, item_class, p)) for p in PARTS[ItemClass(item_class)][1:]]
        if sum(part or 0 for part in parts) > (amount or 0) and not self._is_wrong(category, item_class):
            words = _("The parts are more than the amount. Check the figures of this line.")
            self.add_error(cell(category, item_class, "amount"), words)

    def _is_wrong(self, category: str, item_class: str) -> bool:
        return any(cell(category, item_class, part) in self.errors for part in PARTS[ItemClass(item_class)])

    def lines(self) -> list[Typed]:
        """What is filled in, in the order of the grid."""
        return [typed for typed in self._typed() if typed.amount]

    def _typed(self) -> Iterator[Typed]:
        for category in ItemCategory:
            for item_class in PARTS:
                values = {
                    part: self.cleaned_data.get(cell(category, item_class, part)) or Decimal(0)
                    for part in ("amount", "first_pay", "over_limit")
                }
                yield Typed(category, item_class, **values)

    def field_of(self, place: str) -> str:
        """The field that a problem at lines.3.amount belongs to; "" for what is about the whole bill."""
        if place in self.fields:
            return place
        _lines, _dot, rest = place.partition("lines.")
        index, _dot, part = rest.partition(".")
        found = self.lines()
        if not index.isdecimal() or int(index) >= len(found):
            return ""
        typed = found[int(index)]
        name = cell(typed.category, typed.item_class, part)
        return name if name in self.fields else cell(typed.category, typed.item_class, "amount")


def _told(field: BoundField) -> str:
    return " ".join(str(error) for error in field.errors)


def _word(item_class: str, part: str) -> str:
    """What stands above a cell where the grid has no columns: the class, and the part of it."""
    whole = str(ItemClass(item_class).label)
    return whole if part == "amount" else f"{whole} · {PART_WORDS[part]}"


def _cell_field(category: ItemCategory, item_class: str, part: str) -> MoneyField:
    label = f"{category.label} · {ItemClass(item_class).label} · {PART_WORDS[part]}"
    field = MoneyField(label=label, required=False)
    field.widget.attrs |= {"data-cell": part, "data-class": item_class, "aria-label": label}
    return field


def grid_values(items: Iterable[Any]) -> dict[str, str]:
    """The first values of the grid from items or parts; several of one kind and class are added up."""
    sums: dict[str, Decimal] = {}
    for item in items:
        for part in PARTS[ItemClass(item.item_class)]:
            name = cell(item.category, item.item_class, part)
            sums[name] = sums.get(name, Decimal(0)) + getattr(item, part)
    return {name: f"{value:.2f}" for name, value in sums.items() if value}


def reported_values(reported: Mapping[str, str]) -> dict[str, str]:
    """The first values of what outside payers said."""
    return {f"{REPORTED}{layer}": amount for layer, amount in reported.items()}


class CorrectionForm(BillForm):
    """The grid as it should have been, and why."""

    reason = forms.CharField(label=gettext_lazy("Why is it corrected?"), max_length=200, widget=words(2))


class BillFileForm(forms.Form):
    """`kept_text` is what was read, as text that can be mended and sent again."""

    kept_text = ""
    file = forms.FileField(
        label=gettext_lazy("The hospital's list (.xlsx or .csv)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )
    text = forms.CharField(
        label=gettext_lazy("or paste its cells here"),
        required=False,
        strip=False,
        max_length=1_500_000,
        widget=words(10),
        help_text=gettext_lazy("With the heading row. Refunds (negative lines) are taken off by themselves."),
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not given.get("file") and not (given.get("text") or "").strip():
            self.add_error("file", _("Choose a file, or paste the cells below."))
        return given


class ColumnsForm(forms.Form):
    """Which column of the list is what, chosen by hand where the headings are not known."""

    PREFIX = "column-"

    def __init__(self, *args: Any, columns: Iterable[Any], samples: Mapping[int, Any], **more: Any) -> None:
        super().__init__(*args, **more)
        for column in columns:
            self.fields[f"{self.PREFIX}{column.index}"] = forms.ChoiceField(
                label=column.header or _("column %(n)s") % {"n": column.index + 1},
                choices=[("", _("— not used")), *_FIELD_WORDS],
                initial=column.field,
                required=False,
                help_text=" · ".join(samples.get(column.index, ())),
            )

    @classmethod
    def chosen(cls, posted: Mapping[str, Any]) -> dict[int, str]:
        """What was chosen, by zero-based column; nothing where the page had no choices yet."""
        return {
            int(name.removeprefix(cls.PREFIX)): str(posted[name])
            for name in posted
            if name.startswith(cls.PREFIX)
            and name.removeprefix(cls.PREFIX).isdecimal()
            and str(posted[name]) in {"", *FIELDS}
        }


_FIELD_WORDS = [
    ("category", gettext_lazy("kind of cost")),
    ("item_class", gettext_lazy("class (A, B, outside)")),
    ("name", gettext_lazy("name of the item")),
    ("amount", gettext_lazy("amount")),
    ("first_pay", gettext_lazy("of it paid first")),
    ("first_rate", gettext_lazy("share paid first")),
    ("over_limit", gettext_lazy("of it over the limit")),
]

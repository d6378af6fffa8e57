"""What the checks of a clinic's prices found; and a table of prices as it was handed in."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from core.base.sheets import OpeningError, open_sheets
from core.clinics.models import Institution
from healthaid.outreach.models import PriceCheck

COLUMNS, MOST_ROWS = 4, 500


@dataclass(frozen=True)
class Checked:
    """One check: the drugs found on a day, those marked up first."""

    on: date
    by: str
    prices: list[PriceCheck]

    @property
    def marked_up(self) -> int:
        return sum(price.is_marked_up for price in self.prices)


@dataclass
class ReadPrices:
    """Rows of drug, pack, purchase and selling price in yuan, or what is wrong with which row."""

    rows: list[tuple[str, str, Decimal, Decimal]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def checks_of(institution: Institution) -> list[Checked]:
    """The checks of a clinic, the latest first."""
    found = PriceCheck.objects.filter(institution=institution).select_related("checked_by")
    listed = sorted(found, key=lambda one: (-one.checked_on.toordinal(), not one.is_marked_up, one.pk))
    days = ((on, list(prices)) for on, prices in groupby(listed, key=lambda one: one.checked_on))
    return [Checked(on, prices[0].checked_by.get_full_name(), prices) for on, prices in days]


def read_prices(content: bytes) -> ReadPrices:
    """The first sheet of an .xlsx or a .csv with the columns drug, strength and pack, purchase price, selling
    price; rows above the first one with prices are its heading."""
    told = ReadPrices()
    try:
        rows = open_sheets(content)[0].rows
    except OpeningError:
        told.problems.append(_("This file cannot be read. Save the table as .xlsx or .csv."))
        return told
    begun = False
    for number, row in enumerate(rows, start=1):
        cells = [*row, *[""] * COLUMNS][:COLUMNS]
        if not any(str(cell or "").strip() for cell in cells):
            continue
        begun = begun or _amount(cells[2]) is not None
        if begun:
            _read(number, cells, told)
    if not told.rows and not told.problems:
        told.problems.append(_("No row with prices was found. The columns: drug, pack, purchase, sale."))
    if len(told.rows) > MOST_ROWS:
        told.problems.append(_("More than %(n)s rows. A check takes a sample.") % {"n": MOST_ROWS})
    return told


def _read(number: int, cells: list[Any], told: ReadPrices) -> None:
    drug, pack = (str(cell or "").strip() for cell in cells[:2])
    paid, asked = map(_amount, cells[2:])
    if not drug or len(drug) > 60 or len(pack) > 40:
        told.problems.append(_("Row %(n)s: the name of the drug is missing or too long.") % {"n": number})
    elif paid is None or asked is None:
        told.problems.append(_("Row %(n)s: both prices have to be amounts above zero.") % {"n": number})
    else:
        told.rows.append((drug, pack, paid, asked))


def _amount(cell: Any) -> Decimal | None:
    try:
        amount = Decimal(str(cell).strip().removesuffix("元")).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 < amount < 1_000_000 else None

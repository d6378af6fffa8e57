"""The table of layers with the names of payers and layers in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from claims.queries.funds.layers import LayerRow
from claims.queries.payers import layer_words, payer_words, word
from core.accounts.models import Area


@dataclass(frozen=True)
class LayerLine:
    month: str
    payer: str
    layer: str
    bills: int
    persons: int
    amount: Decimal
    mean: Decimal | None

    @property
    def counts(self) -> tuple[int, int]:
        return self.bills, self.persons


@dataclass(frozen=True)
class LayerMonth:
    month: str
    lines: list[LayerLine]
    amount: Decimal


def by_month(lines: Iterable[LayerLine]) -> list[LayerMonth]:
    """The months of the table, the newest first, each with what all layers paid together."""
    found = [(month, list(of)) for month, of in groupby(lines, key=lambda line: line.month) if month]
    return [
        LayerMonth(month, of, sum((line.amount for line in of), Decimal(0))) for month, of in reversed(found)
    ]


def layer_lines(found: Iterable[LayerRow], area: Area) -> list[LayerLine]:
    """Codes as names where one county's policies say them."""
    payers = payer_words(area.county_id) if area.county_id else {}
    layers = layer_words(area.county_id) if area.county_id else {}
    return [
        LayerLine(
            month=f"{row.month:%Y-%m}" if row.month else "",
            payer=word(payers, row.payer),
            layer=word(layers, row.layer),
            bills=row.bills,
            persons=row.persons,
            amount=row.amount,
            mean=row.mean,
        )
        for row in found
    ]

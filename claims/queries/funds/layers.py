"""What each layer paid, month by month: the table offices file (DOMAIN A92)."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from claims.sql import statement
from core.accounts.models import Area
from core.base.sql import rows


@dataclass(frozen=True, slots=True)
class LayerRow:
    """`month` is its first day, None for the whole stretch. `bills` (人次) counts settled bills the layer
    paid something of, net of reversals; `persons` (人) each person once within the row; `amount` is yuan."""

    month: date | None
    payer: str
    layer: str
    bills: int
    persons: int
    amount: Decimal

    @property
    def mean(self) -> Decimal | None:
        """Yuan for each bill; None without one."""
        if self.bills <= 0:
            return None
        return (self.amount / self.bills).quantize(Decimal("0.01"), ROUND_HALF_UP)


def layer_table(area: Area, from_on: date, to_on: date) -> list[LayerRow]:
    """What each layer paid for the people of an area, by month of settling: [from_on, to_on).

    Rows of months come first, oldest first, then those of the whole stretch. One statement."""
    values = {"area": area.pk, "from_on": from_on, "to_on": to_on}
    return [LayerRow(*row) for row in rows(statement("layer_table"), values)]

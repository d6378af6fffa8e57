"""Large sums as people say them: ten thousand yuan on top, the exact figure below."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

TEN_THOUSAND = Decimal(10_000)


@dataclass(frozen=True)
class Figure:
    label: str
    value: str
    unit: str
    on: str


def money_figure(label: str, amount: Decimal, *, on: date | None = None) -> Figure:
    """万元 from ten thousand yuan on, with the yuan in the line below; smaller sums in yuan."""
    day = f"{on:%Y-%m-%d}" if on else ""
    if abs(amount) < TEN_THOUSAND:
        return Figure(label, _yuan(amount), _("yuan"), day)
    exact = _("%(amount)s yuan") % {"amount": _yuan(amount)}
    return Figure(label, wan(amount), _("ten thousand yuan"), " · ".join(filter(None, [exact, day])))


def wan(amount: Decimal) -> str:
    """1,234.56 for 12,345,600 yuan."""
    return _yuan(amount / TEN_THOUSAND)


def _yuan(amount: Decimal) -> str:
    return f"{amount:,.2f}".replace("-", "−")

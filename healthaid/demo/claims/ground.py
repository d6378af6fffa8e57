"""What bills are paid from in the demo: the county's fund of ten million."""

from datetime import date
from decimal import Decimal

from claims.choices import EntryKind
from claims.models import Fund, FundEntry
from core.accounts.models import Area

_PUT_IN = Decimal(10_000_000)


def open_funds(county: Area, officer: int, on: date) -> None:
    """This will set ten million aside for the backstop of each of the two years."""
    for year in (on.year - 1, on.year):
        fund = Fund.objects.create(
            county=county,
            code=f"backstop-{year}",
            name_zh="健康扶贫医疗救助兜底保障基金",
            name_en="Health poverty backstop fund",
            payer="fund",
            year=year,
        )
        FundEntry.objects.create(
            fund=fund,
            kind=EntryKind.OPENING,
            amount=_PUT_IN,
            entered_on=date(year, 1, 1),
            note="财政列支",
            entered_by_id=officer,
        )

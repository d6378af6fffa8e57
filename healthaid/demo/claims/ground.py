"""What bills are paid from in the demo: the county's fund of ten million, and two that run out."""

from datetime import date
from decimal import ROUND_CEILING, Decimal

from claims.choices import EntryKind
from claims.models import Fund, FundEntry
from core.accounts.models import Area

_PUT_IN, _LEAST = Decimal(10_000_000), Decimal(10_000)


# By payer: names, and how much of what was put in the year before and this year is used up.
_RUNNING_OUT = {
    "commercial": ("扶贫特惠保资金", "Poverty supplementary insurance", "0.75", "0.88"),
    "civil": ("民政医疗救助资金", "Civil medical aid", "0.78", "0.985"),
}


def open_funds(county: Area, officer: int, on: date) -> None:
    """This will set ten million aside for each year's backstop, and open the smaller funds."""
    for year in (on.year - 1, on.year):
        backstop = _fund(
            county,
            "fund",
            year,
            f"backstop-{year}",
            "健康扶贫医疗救助兜底保障基金",
            "Health poverty backstop fund",
        )
        _put_in(backstop, _PUT_IN, officer)
        for payer, (name_zh, name_en, *_shares) in _RUNNING_OUT.items():
            _fund(county, payer, year, f"{payer}-{year}", name_zh, name_en)


def put_in(county: Area, officer: int, on: date) -> None:
    """This will put so much into the smaller funds, once it is known what they paid, that one runs low and
    one is nearly empty."""
    for fund in Fund.objects.filter(county=county, payer__in=_RUNNING_OUT):
        used = Decimal(_RUNNING_OUT[fund.payer][2 + (fund.year == on.year)])
        _put_in(fund, max(_rounded_up(-fund.balance / used), _LEAST), officer)


def _rounded_up(amount: Decimal) -> Decimal:
    return (amount / 1000).to_integral_value(ROUND_CEILING) * 1000


def _fund(county: Area, payer: str, year: int, code: str, name_zh: str, name_en: str) -> Fund:
    made: Fund = Fund.objects.create(
        county=county, payer=payer, year=year, code=code, name_zh=name_zh, name_en=name_en
    )
    return made


def _put_in(fund: Fund, amount: Decimal, officer: int) -> None:
    FundEntry.objects.create(
        fund=fund,
        kind=EntryKind.OPENING,
        amount=amount,
        entered_on=date(fund.year, 1, 1),
        note="财政列支",
        entered_by_id=officer,
    )

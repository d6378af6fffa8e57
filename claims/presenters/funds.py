"""Funds in words and drawings: how full, how long it lasts, what happens when it is empty."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from claims.choices import EntryKind
from claims.models import Fund
from claims.presenters.figures import Figure, money_figure
from claims.queries.funds.forecast import Forecast, forecast_of, month_after
from claims.queries.funds.ledger import Month
from claims.queries.funds.standing import Standing
from claims.queries.payers import payer_words, word
from core.base.charts import Band, Chart, Point, Series, trend

TEN_THOUSAND = 10_000


@dataclass(frozen=True)
class FundRow:
    pk: int
    name: str
    payer: str
    year: int
    county: str
    standing: Standing
    tone: str
    state: str
    lasts: str


def name_of(fund: Fund) -> str:
    return fund.name_en if (get_language() or "").startswith("en") else fund.name_zh


def fund_row(standing: Standing, on: date) -> FundRow:
    fund = standing.fund
    ahead = forecast_of(fund, on=on)
    tone, state = _state(standing, ahead)
    return FundRow(
        pk=fund.pk,
        name=name_of(fund),
        payer=word(payer_words(fund.county_id), fund.payer),
        year=fund.year,
        county=fund.county.name,
        standing=standing,
        tone=tone,
        state=state,
        lasts=lasts(standing, ahead, on),
    )


def _state(standing: Standing, ahead: Forecast | None) -> tuple[str, str]:
    if not standing.put_in:
        return "quiet", pgettext("fund", "no money put in yet")
    if standing.is_empty:
        return "bad", pgettext("fund", "empty")
    if standing.is_low:
        return "warn", pgettext("fund", "low")
    if ahead and ahead.ends_on:
        return "warn", _("will not last the year")
    return "good", pgettext("fund", "enough")


def lasts(standing: Standing, ahead: Forecast | None, on: date) -> str:
    """One sentence: until when the money lasts, or how much will be left at the end of the year."""
    if standing.is_empty:
        return when_empty(standing.fund)
    if standing.fund.year < on.year:
        return _("The year is over.")
    if ahead is None:
        return _("No full month of payments yet: too early to say how long it lasts.")
    if ahead.ends_on:
        words = _(
            "At this rate the money ends on %(day)s; %(missing)s yuan are missing until the end of %(year)s."
        )
        missing = f"{-ahead.left:,.2f}"
        return words % {"day": _day(ahead.ends_on), "missing": missing, "year": ahead.until.year}
    words = _("At this rate it lasts the year; about %(left)s yuan will be left at its end.")
    return words % {"left": f"{ahead.left:,.2f}"}


def basis(ahead: Forecast) -> str:
    """What the forecast rests on, in a sentence."""
    mean = {"count": ahead.known, "mean": f"{ahead.mean:,.2f}"}
    if ahead.has_season:
        return (
            _(
                "Reckoned from the last 12 full months (%(mean)s yuan a month on average):"
                " half the average, half the same month of the year before."
            )
            % mean
        )
    return (
        ngettext(
            "Reckoned from %(count)s full month (%(mean)s yuan). With twelve months the season counts too.",
            "Reckoned from %(count)s full months (%(mean)s yuan a month on average)."
            " With twelve months the season counts too.",
            ahead.known,
        )
        % mean
    )


def when_empty(fund: Fund) -> str:
    if fund.may_overdraw:
        return _("When it is empty, bills are still settled and the fund owes the money.")
    return _(
        "When it is empty, it pays only what is left; the rest falls to the patient, and the slip says so."
    )


def balance_chart(standing: Standing, months: Sequence[Month], ahead: Forecast | None, on: date) -> Chart:
    """What was left at the end of each month, and what is expected; ten thousand yuan."""
    known = [Point(_end(month.first_day, on), _wan(month.left)) for month in months]
    series = [Series(_("Left at the end of the month"), known, "a")]
    if ahead and known:
        left, points = standing.left, [Point(on, _wan(standing.left))]
        for month in ahead.months:
            left -= month.amount
            points.append(Point(_last_day(month.first_day), _wan(left)))
        series.append(Series(_("Expected"), points, "c"))
    line = _wan(standing.warns_below)
    bands = [Band(_("Warning below %(line)s") % {"line": line}, low=0, high=line, tone="c")] if line else []
    return trend(series, title=_("Balance"), unit=_("ten thousand yuan"), bands=bands)


def spent_chart_rows(months: Sequence[Month]) -> list[dict[str, Any]]:
    """Newest first, for the table of months."""
    return [
        {
            "month": f"{month.first_day:%Y-%m}",
            "put_in": month.put_in,
            "paid_out": month.paid_out,
            "bills": month.bills,
            "left": month.left,
        }
        for month in reversed(months)
    ]


def kind_words() -> dict[str, str]:
    return {str(code): str(label) for code, label in EntryKind.choices}


def _end(month: date, on: date) -> date:
    return min(_last_day(month), on)


def _last_day(month: date) -> date:
    return date.fromordinal(month_after(month).toordinal() - 1)


def _wan(amount: Decimal) -> Decimal:
    return (amount / TEN_THOUSAND).quantize(Decimal("0.01"))


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def everything() -> str:
    return _("All")


def figures_of(standing: Standing) -> list[Figure]:
    return [
        money_figure(pgettext("money of a fund", "Left"), standing.left),
        money_figure(pgettext("money of a fund", "Put in"), standing.put_in),
        money_figure(_("Paid for bills"), standing.paid_out),
    ]

"""docs/indicators.md, written from the indicators themselves."""

from django.utils import translation
from django.utils.translation import gettext as _

from healthaid.reports.indicators import INDICATORS, Indicator
from healthaid.reports.presenters.words import UNITS

_HEAD = """# Indicators

Every number of the dashboard, its lists and the monthly report, defined once in
`healthaid/reports/indicators/`. This page is written from there (`manage.py indicators`); a test holds
the two equal.

- 0/0 is "n/a", never 0 or 100. More than everyone is flagged. 99.97 % is written 99.9, not 100.
- The figure of an area is the sum of the numerators of its villages over the sum of their denominators.
- Rows that only health staff may see (severe mental disorder, tuberculosis) are not counted for others.
- The period of the dashboard is the running quarter, that of a report its month.
- Targets are defaults; "within" is the margin in which a figure is close to its target. "by quarter" and
  "by year": the target grows with the days gone.

| code | name | what is counted | unit | target | from |
|---|---|---|---|---|---|
"""


def indicator_page() -> str:
    return _HEAD + "".join(_row(indicator) for indicator in INDICATORS.values())


def _row(indicator: Indicator) -> str:
    zh, en = _told(indicator, "zh-hans"), _told(indicator, "en")
    cells = [
        f"`{indicator.code}`",
        f"{zh[0]}<br>{en[0]}",
        f"{zh[1]}<br>{en[1]}",
        f"{zh[2]}<br>{en[2]}",
        _target(indicator),
        indicator.source,
    ]
    return f"| {' | '.join(cells)} |\n"


def _told(indicator: Indicator, language: str) -> tuple[str, str, str]:
    with translation.override(language):
        only = _(" For health staff only.") if indicator.health_only else ""
        return str(indicator.name), f"{indicator.definition}{only}", str(UNITS[indicator.unit])


def _target(indicator: Indicator) -> str:
    if indicator.target is None:
        return ""
    sign = "≤" if indicator.low_is_good else "≥"
    pace = f", by {indicator.pace}" if indicator.pace else ""
    return f"{sign} {indicator.target} % (within {indicator.margin}){pace}"

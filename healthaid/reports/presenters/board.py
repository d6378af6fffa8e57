"""The dashboard: the outcome first, then the work behind it, then each area below."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from core.accounts.models import Area
from healthaid.reports.indicators import INDICATORS, Indicator, Light
from healthaid.reports.presenters.figures import Shown, shown
from healthaid.reports.presenters.links import Links
from healthaid.reports.presenters.words import CHILDREN, LIGHTS
from healthaid.reports.queries.board import Board, Line

COVERAGE = ("insured", "contracted", "circle")
BESIDE = ("contracted_present", "unmeasured")
WORK = (
    *("visits_done", "visits_overdue", "seen_hypertension", "seen_diabetes"),
    *("team_returns", "households_paired"),
)
RESULTS = (
    *("bp_controlled", "glucose_controlled", "managed_hypertension", "managed_diabetes"),
    *("examined", "ill"),
)
NEEDS = ("needs_open", "needs_overdue", "needs_met", "referrals_checked", "priority_within_a_day")
MAJOR = (
    "cases_registered",
    "cases_assigned",
    "cases_planned",
    "cases_treated",
    "cases_closed",
    "months_kept",
)
COSTS = (
    *("stays_reached", "sdg_382_10", "sdg_382_25", "sdg_382_2025", "sdg_382_impoverishing"),
    *("who_catastrophic", "spending_known"),
)
REGISTER = ("monitored_ill", "monitored_insured", "monitored_long_enough")
SIZE = ("households", "residents")
# Short headings, so that nine columns stand side by side; the full names and definitions stand above.
COLUMNS = {
    "insured": pgettext_lazy("column", "Insured"),
    "contracted": pgettext_lazy("column", "Signed"),
    "circle": pgettext_lazy("column", "15 minutes"),
    "visits_done": pgettext_lazy("column", "Visits"),
    "visits_overdue": pgettext_lazy("column", "Overdue"),
    "bp_controlled": pgettext_lazy("column", "Pressure"),
    "glucose_controlled": pgettext_lazy("column", "Glucose"),
    "needs_overdue": pgettext_lazy("column", "Needs overdue"),
    "examined": pgettext_lazy("column", "Examined"),
}
CODES = tuple(
    dict.fromkeys((*COVERAGE, *BESIDE, *WORK, *RESULTS, *NEEDS, *MAJOR, *COSTS, *REGISTER, *SIZE, *COLUMNS))
)


def indicators() -> list[Indicator]:
    return [INDICATORS[code] for code in CODES]


@dataclass(frozen=True)
class Row:
    name: str
    url: str
    size: list[Shown]
    cells: list[tuple[Any, Shown]]


def page(found: Board) -> dict[str, Any]:
    """Everything templates/reports/dashboard.html names."""
    links, on = Links(found.area.pk, found.cut.on), found.cut.on
    pick = lambda codes: [shown(code, found.whole, links, on) for code in codes]  # noqa: E731
    return {
        "coverage": pick(COVERAGE),
        "present": shown("contracted_present", found.whole, links, on),
        "unmeasured": shown("unmeasured", found.whole, links, on),
        "groups": [
            (_("Visits this quarter"), pick(WORK)),
            (_("Health"), pick(RESULTS)),
            (_("Needs"), pick(NEEDS)),
            (_("Major disease"), pick(MAJOR)),
            (_("Costs of illness"), pick(COSTS)),
            (_("Monitored households"), pick(REGISTER)),
        ],
        "size": pick(SIZE),
        "first_column": CHILDREN[found.area.level],
        "columns": list(COLUMNS.values()),
        "rows": [_row(line, found) for line in found.lines],
        "total": _row(Line(_("Together"), found.whole, area=found.area), found),
        "empty": found.empty,
        "lights": [(tone.value, LIGHTS[tone]) for tone in Light],
        "since": found.cut.since,
        "on": on,
        "is_past": found.cut.past,
    }


def _row(line: Line, found: Board) -> Row:
    area = line.area or found.area
    links = Links(area.pk, found.cut.on, line.team)
    return Row(
        name=line.name or _("Without a team"),
        url=_row_url(line, links, found.area),
        size=[shown(code, line.figures, links, found.cut.on) for code in SIZE],
        cells=[(head, shown(code, line.figures, links, found.cut.on)) for code, head in COLUMNS.items()],
    )


def _row_url(line: Line, links: Links, area: Area) -> str:
    """An area leads to its own board, a team to the people it looks after."""
    if line.team is not None:
        return links.to_list("residents", INDICATORS["residents"].sides[0])
    return "" if line.area == area else links.to_board()

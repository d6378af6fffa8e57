"""The dashboard: the three coverages, what is off its target, each area below, and all figures by group."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Area
from healthaid.reports.indicators import INDICATORS, NOTHING, Indicator, Light, missed
from healthaid.reports.presenters.figures import Pledged, Shown, shown, told
from healthaid.reports.presenters.links import Links
from healthaid.reports.presenters.words import CHILDREN, LIGHTS, percent
from healthaid.reports.queries.board import Board, Line

COVERAGE = ("insured", "contracted", "circle")
# Beside each coverage: the same with the other exclusions, or what is not known.
BESIDE = ("insured_due", "contracted_present", "unmeasured")
GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (
        _("Identification and records"),
        ("screened", "identified", "records_kept", "records_good"),
    ),
    (
        _("Visits this quarter"),
        (
            *("visits_done", "visits_overdue", "seen_hypertension", "seen_diabetes", "served"),
            *("promises_kept", "satisfied", "team_returns", "households_paired"),
            *("cards_given", "policy_cards_given", "kits_given", "awareness", "awareness_asked"),
        ),
    ),
    (
        _("Health"),
        (
            *("bp_controlled", "glucose_controlled", "managed_hypertension", "managed_diabetes"),
            *("followed_hypertension", "followed_diabetes", "in_care_hypertension", "in_care_diabetes"),
            *("examined", "examined_present", "ill"),
        ),
    ),
    (
        _("Mental disorder and tuberculosis"),
        (
            *("in_care_mental", "followed_mental", "managed_mental", "mental_stable"),
            *("in_care_tuberculosis", "tuberculosis_regular"),
        ),
    ),
    (
        _("Needs"),
        ("needs_open", "needs_overdue", "needs_met", "referrals_checked", "priority_within_a_day"),
    ),
    (
        _("Major disease"),
        (
            *("cases_registered", "cases_assigned", "cases_planned", "cases_treated"),
            *("cases_treated_eleven", "months_kept", "cases_closed", "cases_closed_cured"),
            *("cases_closed_stable", "cases_closed_died", "cases_closed_declined", "cases_closed_moved"),
        ),
    ),
    (
        _("Stays in hospital"),
        (
            *("actual_ratio", "actual_ratio_here", "policy_ratio", "stays_reached", "stays_reached_here"),
            *("treated_first", "treated_first_due", "one_stop"),
        ),
    ),
    (
        _("Costs of illness"),
        (
            *("sdg_382_10", "sdg_382_25", "sdg_382_2025", "sdg_382_impoverishing"),
            *("who_catastrophic", "spending_known"),
        ),
    ),
    (
        _("Poverty and illness"),
        (
            *("ill_caused", "ill_poor", "lifted"),
            *("monitored_ill", "monitored_insured", "monitored_insured_other", "monitored_helped"),
            *("monitored_long_enough", "risks_verified"),
        ),
    ),
    (
        _("Villages and clinics"),
        (
            *("villages_with_clinic", "villages_licensed", "clinics_standardised", "clinics_public"),
            *("zero_markup", "beds_reserved", "hospitals_reserving"),
            *("free_clinics", "villages_free_clinic", "publicity_held"),
        ),
    ),
)
SIZE = ("households", "residents")
EXCEPTIONS = 8
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
    dict.fromkeys(
        (*COVERAGE, *BESIDE, *(code for _title, codes in GROUPS for code in codes), *SIZE, *COLUMNS)
    )
)
# The same figure with other exclusions says nothing new among the exceptions.
_TWINS = {indicator.beside for indicator in INDICATORS.values() if indicator.beside}


def indicators(*, sees_sensitive: bool) -> list[Indicator]:
    found = [INDICATORS[code] for code in CODES]
    return [one for one in found if sees_sensitive or not one.health_only]


@dataclass(frozen=True)
class Row:
    name: str
    url: str
    size: list[Shown]
    cells: list[tuple[Any, Shown]]


@dataclass(frozen=True)
class Gap:
    """What is off its target, by how much, and where most."""

    shown: Shown
    value: str
    worst: str
    worst_url: str
    worst_value: str


@dataclass(frozen=True)
class Group:
    title: Any
    figures: list[Shown]

    def of(self, tone: Light) -> int:
        return sum(1 for figure in self.figures if figure.light == tone)

    @property
    def bad(self) -> int:
        return self.of(Light.BAD)

    @property
    def warn(self) -> int:
        return self.of(Light.WARN)


def page(found: Board, pledged: Pledged) -> dict[str, Any]:
    """Everything templates/reports/dashboard.html names; `pledged` are the targets of the area's year."""
    links, on = Links(found.area.pk, found.cut.on), found.cut.on
    seen = {one.code for one in indicators(sees_sensitive=found.cut.sees_sensitive)}
    pick = lambda codes: [  # noqa: E731
        shown(code, found.whole, links, on, pledged) for code in codes if code in seen
    ]
    groups = [Group(title, pick(codes)) for title, codes in GROUPS]
    lines = peopled(found)
    return {
        "coverage": list(zip(pick(COVERAGE), pick(BESIDE), strict=True)),
        "exceptions": _exceptions([one for group in groups for one in group.figures], lines, on),
        "exceptions_more": max(0, sum(group.bad + group.warn for group in groups) - EXCEPTIONS),
        "groups": [group for group in groups if group.figures],
        "size": pick(SIZE),
        "first_column": CHILDREN[found.area.level],
        "columns": [(head, links.to_indicator(code)) for code, head in COLUMNS.items()],
        "rows": [_row(line, found, pledged) for line in lines],
        "total": _row(Line(gettext("Together"), found.whole, area=found.area), found, pledged),
        "empty": found.empty + sum(1 for line in found.lines if line.area and line not in lines),
        "lights": [(tone.value, LIGHTS[tone]) for tone in Light],
        "since": found.cut.since,
        "on": on,
        "is_past": found.cut.past,
    }


def peopled(found: Board) -> list[Line]:
    """The lines with anybody on the register: a clinic alone makes no line."""
    return [line for line in found.lines if any(line.figures.get(code, NOTHING).whole for code in SIZE)]


def _exceptions(figures: list[Shown], lines: list[Line], on: date) -> list[Gap]:
    """Off target before close, the furthest from the target first; a twin of another is left out."""
    tones = (Light.BAD, Light.WARN)
    found = [one for one in figures if one.light in tones and one.indicator.code not in _TWINS]
    found.sort(key=lambda one: (tones.index(one.light), -one.gap))
    return [_exception(one, lines, on) for one in found[:EXCEPTIONS]]


def _exception(one: Shown, lines: list[Line], on: date) -> Gap:
    """The area below that lies furthest from the target; a team has no page, so it is not named."""
    code = one.indicator.code
    judged = [
        (by, line)
        for line in lines
        if line.area and (by := missed(one.indicator, line.figures.get(code, NOTHING), on)) is not None
    ]
    if len(judged) < 2:
        return Gap(one, told(one), "", "", "")
    _by, worst = max(judged, key=lambda pair: pair[0])
    area = cast(Area, worst.area)
    value = percent(worst.figures.get(code, NOTHING).share)
    return Gap(one, told(one), worst.name, Links(area.pk, on).to_indicator(code), value)


def _row(line: Line, found: Board, pledged: Pledged) -> Row:
    area = line.area or found.area
    links = Links(area.pk, found.cut.on, line.team)
    pick = lambda code: shown(code, line.figures, links, found.cut.on, pledged)  # noqa: E731
    return Row(
        name=line.name or gettext("Without a team"),
        url=_row_url(line, links, found.area),
        size=[pick(code) for code in SIZE],
        cells=[(head, pick(code)) for code, head in COLUMNS.items()],
    )


def _row_url(line: Line, links: Links, area: Area) -> str:
    """An area leads to its own board, a team to the people it looks after."""
    if line.team is not None:
        return links.to_list("residents", INDICATORS["residents"].sides[0])
    return "" if line.area == area else links.to_board()

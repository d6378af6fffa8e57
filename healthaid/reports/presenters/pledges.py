"""Pledges in words: unit, target beside what was reached, points, score, rank."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.base.charts import Bar, Chart, bars
from healthaid.reports.indicators import Indicator, Shows, Side
from healthaid.reports.models import Direction
from healthaid.reports.presenters.figures import leads_to
from healthaid.reports.presenters.links import Links
from healthaid.reports.presenters.words import number, unit
from healthaid.reports.queries.pledges import Judged, Scored, day_of

GOOD, FAIR = Decimal(90), Decimal(70)
ONE_DECIMAL = Decimal("0.1")


@dataclass(frozen=True)
class ShownTarget:
    """One line of the pledge; `url` opens the list that can be worked on."""

    name: Any
    definition: Any
    target: str
    reached: str
    counts: str
    points: str
    weight: int
    status: str
    tone: str
    url: str


@dataclass(frozen=True)
class ShownPledge:
    pk: int
    unit: str
    kind: str
    url: str
    rank: int | None
    score: str
    tone: str
    met: int
    targets: int
    has_file: bool


def present_pledge(scored: Scored, rank: int | None = None) -> ShownPledge:
    pledge = scored.pledge
    institution = pledge.institution
    return ShownPledge(
        pk=pledge.pk,
        unit=pledge.unit,
        kind=institution.get_kind_display() if institution else pledge.area.get_level_display(),
        url=reverse("reports:pledge", args=[pledge.pk]),
        rank=rank,
        score=_("n/a") if scored.score is None else plain(scored.score),
        tone=tone_of(scored.score),
        met=scored.met,
        targets=len(scored.judged),
        has_file=bool(pledge.path),
    )


def present_targets(scored: Scored, today: date) -> list[ShownTarget]:
    links = Links(scored.pledge.area_id, day_of(scored.pledge.year, today))
    return [_target(one, links) for one in scored.judged]


def _target(judged: Judged, links: Links) -> ShownTarget:
    indicator, target = judged.indicator, judged.target
    status, tone = _status(judged)
    sign = "≤" if target.direction == Direction.AT_MOST else "≥"
    return ShownTarget(
        name=indicator.name,
        definition=indicator.definition,
        target=f"{sign} {_value(indicator, target.value)}",
        reached=_("n/a") if judged.reached is None else _value(indicator, judged.reached),
        counts=_counts(judged),
        points="—" if judged.points is None else plain(judged.points.quantize(ONE_DECIMAL, ROUND_HALF_UP)),
        weight=target.weight,
        status=status,
        tone=tone,
        url=links.to_list(indicator.code, leads_to(indicator)),
    )


def _status(judged: Judged) -> tuple[str, str]:
    if judged.attained is None:
        return pgettext("pledge", "nothing to count"), "quiet"
    if judged.attained == 1:
        return pgettext("pledge", "reached"), "good"
    tone = "warn" if judged.attained * 100 >= GOOD else "bad"
    return pgettext("pledge", "not yet reached"), tone


def _value(indicator: Indicator, value: Decimal) -> str:
    if indicator.shows == Shows.SHARE:
        return f"{plain(value)} %"
    return f"{number(int(value))} {unit(indicator.unit, int(value))}"


def _counts(judged: Judged) -> str:
    """The sums behind a share; a number speaks for itself."""
    if judged.indicator.shows != Shows.SHARE or judged.reached is None:
        return ""
    figure = judged.figure
    return f"{number(figure.count(Side.MET))}/{number(figure.count(Side.ALL))}"


def tone_of(score: Decimal | None) -> str:
    if score is None:
        return "quiet"
    return "good" if score >= GOOD else "warn" if score >= FAIR else "bad"


def plain(value: Decimal) -> str:
    """Without an empty decimal."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def present_group(order: list[tuple[int | None, Scored]]) -> dict[str, Any]:
    """Units of one kind in the order of their rank; one alone has none."""
    is_alone = len(order) == 1
    shown = [present_pledge(one, None if is_alone else rank) for rank, one in order]
    return {"kind": shown[0].kind, "shown": shown, "chart": None if is_alone else _compared(order)}


def _compared(shown: list[tuple[int | None, Scored]]) -> Chart:
    """The scores side by side, the highest first."""
    tones = {"good": "good", "warn": "warn", "bad": "bad"}
    listed = [
        Bar(one.pledge.unit, one.score, tones[tone_of(one.score)])
        for _rank, one in shown
        if one.score is not None
    ]
    return bars(
        listed, title=_("Scores"), unit=pgettext("score", "points"), first_column=_("Unit"), maximum=100
    )

"""Pledges with what has become of them: the figure reached, the points for it, the score, the rank."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import QuerySet
from django.http import Http404

from core.accounts.models import Area, Level, User
from core.accounts.queries import areas_below
from core.clinics.models import Institution
from healthaid.reports.indicators import INDICATORS, NOTHING, Figure, Indicator, Shows, quarter_so_far
from healthaid.reports.models import Direction, Pledge, PledgeTarget
from healthaid.reports.queries.figures import Figures, figures, total

ONE_DECIMAL = Decimal("0.1")


@dataclass(frozen=True)
class Judged:
    """A target beside what was reached; `points` is None where there was nothing to count."""

    target: PledgeTarget
    indicator: Indicator
    figure: Figure
    reached: Decimal | None
    attained: Decimal | None

    @property
    def points(self) -> Decimal | None:
        return None if self.attained is None else (self.attained * self.target.weight)


@dataclass(frozen=True)
class Scored:
    """A pledge with its targets judged; `score` is out of 100, None where nothing could be counted."""

    pledge: Pledge
    judged: list[Judged]

    @property
    def points(self) -> Decimal:
        return sum((one.points for one in self.judged if one.points is not None), Decimal(0))

    @property
    def possible(self) -> int:
        return sum(one.target.weight for one in self.judged if one.points is not None)

    @property
    def score(self) -> Decimal | None:
        if not self.possible:
            return None
        return (self.points * 100 / self.possible).quantize(ONE_DECIMAL, ROUND_HALF_UP)

    @property
    def met(self) -> int:
        return sum(1 for one in self.judged if one.attained == 1)


def targets_for(area: Area, year: int) -> dict[str, Decimal]:
    """Indicator code → what the area has pledged for the year, in the unit in which the indicator is shown.

    Where the area itself has pledged no share, the nearest area above speaks for it; a number is never
    handed down, because the part of it that falls on the area was not agreed."""
    found = PledgeTarget.objects.filter(
        pledge__year=year, pledge__institution=None, pledge__area__in=area.ancestors
    )
    pledged = found.values_list("pledge__area_id", "indicator", "value")
    nearest: dict[str, tuple[int, Decimal]] = {}
    for area_id, code, value in pledged:
        depth = area.ancestors.index(area_id)
        if _speaks_for(code, area_id == area.pk) and depth >= nearest.get(code, (-1, value))[0]:
            nearest[code] = (depth, value)
    return {code: value for code, (_depth, value) in nearest.items()}


def _speaks_for(code: str, is_own: bool) -> bool:
    return code in INDICATORS and (is_own or INDICATORS[code].shows == Shows.SHARE)


def pledges(user: User, year: int) -> QuerySet[Pledge]:
    """The pledges of a year of units at or below the user's area, areas first, from the top down."""
    found: QuerySet[Pledge] = Pledge.objects.filter(year=year, area__ancestors__contains=[user.area_id])
    return found.select_related("area", "institution").order_by(
        "institution__name", "area__ancestors__len", "area__code", "pk"
    )


def years_of(user: User) -> list[int]:
    """Years in which units of the user's area have pledged something, the latest first."""
    found = Pledge.objects.filter(area__ancestors__contains=[user.area_id])
    return list(found.values_list("year", flat=True).distinct().order_by("-year"))


def get_pledge(user: User, pk: int) -> Pledge:
    """:raises Http404: outside the user's area."""
    found = Pledge.objects.filter(pk=pk, area__ancestors__contains=[user.area_id])
    pledge: Pledge | None = found.select_related("area", "institution", "recorded_by").first()
    if pledge is None:
        raise Http404
    return pledge


def areas_that_pledge(user: User) -> QuerySet[Area]:
    """Counties, townships and villages at or below the user's area that exist today."""
    return areas_below(user).filter(level__in=[Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE])


def institutions_that_pledge(user: User) -> QuerySet[Institution]:
    found = Institution.objects.filter(area__ancestors__contains=[user.area_id])
    return found.order_by("area__code", "name")


def day_of(year: int, today: date) -> date:
    """The day up to which a year is judged: its last, or today while it runs."""
    return min(today, date(year, 12, 31))


def scored(user: User, found: Iterable[Pledge], *, today: date) -> list[Scored]:
    """Each pledge judged by what the user may see; one count for all of them, however many."""
    listed = list(found)
    targets: dict[int, list[PledgeTarget]] = defaultdict(list)
    for target in PledgeTarget.objects.filter(pledge__in=listed).order_by("pk"):
        if target.indicator in INDICATORS:
            targets[target.pledge_id].append(target)
    reached = _reached(user, listed, targets, today)
    return [
        Scored(pledge, [judge(target, reached[pledge.pk]) for target in targets[pledge.pk]])
        for pledge in listed
    ]


def judge(target: PledgeTarget, reached: Figures) -> Judged:
    """How much of a target is reached: 1 is all of it, and never more.

    At least: reached ÷ target. At most: 1 within the target, else target ÷ reached."""
    indicator = INDICATORS[target.indicator]
    figure = reached.get(target.indicator, NOTHING)
    value = shown_value(indicator, figure)
    if value is None:
        return Judged(target, indicator, figure, None, None)
    return Judged(target, indicator, figure, value, _attained(value, target))


def shown_value(indicator: Indicator, figure: Figure) -> Decimal | None:
    """What stands large on the board; None for a share of nothing."""
    if indicator.shows == Shows.SHARE:
        return figure.share
    return Decimal(figure.part if indicator.shows == Shows.PART else figure.whole)


def _attained(value: Decimal, target: PledgeTarget) -> Decimal:
    if target.direction == Direction.AT_MOST:
        return Decimal(1) if value <= target.value else target.value / value
    return Decimal(1) if value >= target.value else value / target.value


def _reached(
    user: User, found: list[Pledge], targets: dict[int, list[PledgeTarget]], today: date
) -> dict[int, Figures]:
    """By pledge: its figures, counted by village in one go for each year and summed up for each area."""
    codes = dict.fromkeys(target.indicator for listed in targets.values() for target in listed)
    indicators = [INDICATORS[code] for code in codes]
    villages = _villages_in({pledge.area_id for pledge in found})
    counted: dict[int, dict[int | None, Figures]] = {}
    for year in {pledge.year for pledge in found}:
        wanted = {village for one in found if one.year == year for village in villages[one.area_id]}
        cut = quarter_so_far(
            tuple(sorted(wanted)), on=day_of(year, today), today=today, sees_sensitive=user.sees_sensitive
        )
        counted[year] = figures(cut, indicators)
    return {
        one.pk: total((counted[one.year].get(village, {}) for village in villages[one.area_id]), indicators)
        for one in found
    }


def _villages_in(areas: set[int]) -> dict[int, list[int]]:
    """By area: the villages at or below it."""
    villages = Area.objects.filter(level=Level.VILLAGE, ancestors__overlap=list(areas))
    found: dict[int, list[int]] = defaultdict(list)
    for pk, ancestors in villages.values_list("pk", "ancestors"):
        for area in areas.intersection(ancestors):
            found[area].append(pk)
    return found


def groups_of(found: list[Scored]) -> list[list[Scored]]:
    """Only like is compared with like: areas of one level, top down, then institutions of one kind."""
    grouped: dict[tuple[bool, int, str], list[Scored]] = defaultdict(list)
    for one in found:
        institution = one.pledge.institution
        depth = len(one.pledge.area.ancestors)
        key = (True, depth, institution.kind) if institution else (False, depth, "")
        grouped[key].append(one)
    return [grouped[key] for key in sorted(grouped)]


def ranked(found: list[Scored]) -> list[tuple[int | None, Scored]]:
    """The highest score first; equal scores share a rank; what cannot be scored stands last, without one."""
    order = sorted(found, key=lambda one: (one.score is None, -(one.score or 0)))
    scores = [one.score for one in order]
    return [(scores.index(one.score) + 1 if one.score is not None else None, one) for one in order]

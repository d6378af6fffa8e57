"""Counting villages from the facts, for those who see everything and for the others."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Count

from healthaid.reports.indicators import INDICATORS, STATEMENTS, Indicator, quarter_so_far
from healthaid.reports.queries.figures import Teams, figures_by_team
from households.models import Person

Counted = dict[bool, dict[int, Teams]]
"""By village and team, for each answer to "are sensitive facts seen?"; villages with nothing are absent."""

PORTION = 20_000
"""People counted at once: some seconds of work, and few enough for the plans of the statements to hold."""
_ASKS = "%(sensitive)s"


def portions(villages: Iterable[int]) -> Iterator[list[int]]:
    """The villages in order, in lots of so many people; a larger village is a lot of its own."""
    wanted = sorted(villages)
    people = _people(wanted)
    lot: list[int] = []
    for village in wanted:
        if lot and sum(people[each] for each in lot) + people[village] > PORTION:
            yield lot
            lot = []
        lot.append(village)
    if lot:
        yield lot


def _people(villages: list[int]) -> Counter[int]:
    found = Person.objects.filter(village__in=villages).values_list("village").annotate(n=Count("pk"))
    return Counter(dict(found.order_by()))


def count(villages: Iterable[int], *, on: date, today: date) -> Counted:
    """The figures of villages as they stand on a day, from the facts. What is no secret is counted once."""
    cut = quarter_so_far(tuple(villages), on=on, today=today, sees_sensitive=True)
    everyone = figures_by_team(cut, [each for each in INDICATORS.values() if not _is_told_apart(each)])
    apart = [each for each in INDICATORS.values() if _is_told_apart(each)]
    return {
        sees: _merged(everyone, figures_by_team(cut.seen_by(sees_sensitive=sees), apart))
        for sees in (True, False)
    }


def _merged(one: dict[int, Teams], other: dict[int, Teams]) -> dict[int, Teams]:
    return {village: _of_teams(one.get(village, {}), other.get(village, {})) for village in {*one, *other}}


def _of_teams(one: Teams, other: Teams) -> Teams:
    return {team: one.get(team, {}) | other.get(team, {}) for team in {*one, *other}}


def _is_told_apart(indicator: Indicator) -> bool:
    texts = (indicator.whole, indicator.part, indicator.whole_sum, indicator.part_sum)
    return any(_ASKS in text for text in (STATEMENTS[indicator.fact], *texts))

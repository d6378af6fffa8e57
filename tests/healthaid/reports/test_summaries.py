"""Kept figures: they say what counting says, for the board, for months gone by and for the areas beside."""

from datetime import timedelta

from healthaid.reports.indicators import INDICATORS, NOTHING, quarter_so_far
from healthaid.reports.queries import summaries
from healthaid.reports.queries.areas import below
from healthaid.reports.queries.board import board as live

ALL = list(INDICATORS.values())


def cut_of(area, on, *, today=None, sees_sensitive=True):
    return quarter_so_far(below(area).villages, on=on, today=today or on, sees_sensitive=sees_sensitive)


def shown(found):
    """Each line by its area, and the whole; codes that nothing was counted for left out."""
    lines = {line.area.pk if line.area else line.team: line.figures for line in found.lines}
    return {key: without_nothing(figures) for key, figures in [*lines.items(), ("whole", found.whole)]}


def without_nothing(figures):
    return {code: figure for code, figure in figures.items() if figure != NOTHING}


def test_the_board_says_what_counting_says(township, county, today):
    for area in (county.county, county.dongping, county.lianhe):
        cut = cut_of(area, today)
        kept, counted = (
            summaries.board(area, below(area), cut, ALL),
            live(area, below(area), cut, ALL),
        )
        assert shown(kept) == shown(counted)


def test_a_trend_ends_with_the_day_asked_for_and_leaves_out_what_was_not_kept(township, county, today):
    [(month, figures)] = summaries.months(county.dongping, 3, ALL, on=today, today=today, sees_sensitive=True)
    assert month == today.replace(day=1)
    assert figures["residents"].whole > 0


def test_the_areas_beside_are_those_of_the_same_parent(township, county, today):
    found = summaries.siblings(county.lianhe, ALL, on=today, today=today, sees_sensitive=True)
    assert county.lianhe.pk in {area.pk for area, _figures in found}
    assert {area.parent_id for area, _figures in found} == {county.lianhe.parent_id}


def test_a_day_gone_by_is_counted_as_of_that_day(township, county, today):
    before = today - timedelta(40)
    cut = cut_of(county.dongping, before, today=today)
    kept = summaries.board(county.dongping, below(county.dongping), cut, ALL)
    assert shown(kept) == shown(live(county.dongping, below(county.dongping), cut, ALL))

from datetime import date
from decimal import Decimal
from xml.dom.minidom import Element, parseString

import pytest

from core.base.charts import (
    Band,
    Bar,
    Point,
    Series,
    Share,
    bars,
    blood_pressure_trend,
    glucose_trend,
    sparkline,
    stacked_share,
    trend,
)

READINGS = [(date(2025, 1, 9), 156, 94), (date(2025, 3, 5), 148, None), (date(2025, 5, 22), 138, 86)]


def drawn(svg: str, tag: str, css: str = "") -> list[Element]:
    elements = parseString(svg).getElementsByTagName(tag)
    return [element for element in elements if css in element.getAttribute("class")]


def pressure():
    return blood_pressure_trend(READINGS, systolic_target=140, diastolic_target=90)


def every_chart():
    return [
        pressure().svg,
        glucose_trend([(date(2025, 1, 9), Decimal("6.8"))], low=4, high=7).svg,
        bars([Bar("荷塘街道", 70)], title="t", unit="%", first_column="c").svg,
        stacked_share([Share("a", 1), Share("b", 2)], title="t", unit="人", first_column="c").svg,
        sparkline([1, None, 3], label="l"),
    ]


@pytest.mark.parametrize("svg", every_chart())
def test_chart_is_well_formed_and_has_no_inline_style_or_script(svg):
    assert parseString(svg).documentElement.getAttribute("role") == "img"
    assert "style=" not in svg
    assert "<script" not in svg


def test_trend_names_itself_and_says_the_latest_readings():
    svg = parseString(pressure().svg).documentElement
    said = svg.getElementsByTagName("desc")[0].firstChild.data
    assert svg.getElementsByTagName("title")[0].firstChild.data
    assert "138 mmHg" in said
    assert "86 mmHg" in said


def test_trend_leaves_a_missing_value_out_of_the_drawing_and_a_dash_in_the_table():
    chart = pressure()
    assert len(drawn(chart.svg, "circle", "chart-dot")) == 3
    assert len(drawn(chart.svg, "rect", "chart-dot")) == 2
    assert [row.values for row in chart.rows] == [["138", "86"], ["148", "–"], ["156", "94"]]


def test_trend_gives_each_series_its_own_shape():
    svg = pressure().svg
    assert drawn(svg, "circle", "tone-a")
    assert drawn(svg, "rect", "tone-b")


def test_blood_pressure_shades_each_target_in_the_tone_of_its_series():
    svg = pressure().svg
    systolic, diastolic = drawn(svg, "rect", "chart-band")
    above, below = (float(line.getAttribute("y1")) for line in drawn(svg, "line", "chart-target"))
    assert "tone-a" in systolic.getAttribute("class")
    assert "tone-b" in diastolic.getAttribute("class")
    assert float(systolic.getAttribute("y")) == pytest.approx(above, abs=0.02)
    assert float(diastolic.getAttribute("y")) == pytest.approx(below, abs=0.02)
    assert above < below


def test_glucose_draws_both_limits_of_its_target():
    svg = glucose_trend([(date(2025, 1, 9), 9)], low=Decimal("3.9"), high=7).svg
    assert len(drawn(svg, "line", "chart-target")) == 2


def test_trend_puts_a_higher_reading_higher():
    dots = drawn(pressure().svg, "circle", "chart-dot")
    heights = [float(dot.getAttribute("cy")) for dot in dots]
    assert heights == sorted(heights)


def test_trend_places_days_in_proportion_to_time():
    points = [Point(date(2025, 1, 1), 1), Point(date(2025, 1, 11), 2), Point(date(2025, 4, 11), 3)]
    dots = drawn(trend([Series("s", points)], title="t", unit="u").svg, "circle")
    places = [float(dot.getAttribute("cx").rstrip("%")) for dot in dots]
    assert (places[1] - places[0]) / (places[2] - places[0]) == pytest.approx(0.1, abs=0.001)


def test_trend_sorts_readings_given_in_any_order():
    shuffled = [READINGS[2], READINGS[0], READINGS[1]]
    chart = blood_pressure_trend(shuffled, systolic_target=140, diastolic_target=90)
    assert chart.svg == pressure().svg


def test_trend_keeps_two_readings_of_one_day_in_two_rows():
    day = date(2025, 3, 5)
    chart = blood_pressure_trend([(day, 150, 90), (day, 140, 85)], systolic_target=140, diastolic_target=90)
    assert [row.values for row in chart.rows] == [["140", "85"], ["150", "90"]]


@pytest.mark.parametrize("readings", [[], [(date(2025, 1, 9), None, None)]])
def test_trend_without_a_reading_is_empty(readings):
    assert blood_pressure_trend(readings, systolic_target=140, diastolic_target=90).empty


@pytest.mark.parametrize("value", [0, 7, Decimal("6.85"), 250])
def test_trend_of_a_single_reading_draws_one_dot_inside_the_paper(value):
    chart = trend([Series("s", [Point(date(2025, 1, 9), value)])], title="t", unit="u")
    [dot] = drawn(chart.svg, "circle")
    assert 0 <= float(dot.getAttribute("cy")) <= 220


def test_trend_with_an_open_band_shades_to_the_edge():
    series = [Series("s", [Point(date(2025, 1, 9), 5), Point(date(2025, 2, 9), 9)])]
    svg = trend(series, title="t", unit="u", bands=[Band("below 7", high=7)]).svg
    assert len(drawn(svg, "line", "chart-target")) == 1
    assert float(drawn(svg, "rect", "chart-band")[0].getAttribute("height")) > 0


def test_charts_escape_the_words_they_are_given():
    svg = bars([Bar("<b>&", 1)], title="<i>", unit="", first_column="c").svg
    assert "<b>" not in svg
    assert parseString(svg)


def test_bars_reach_the_full_width_at_the_maximum_and_never_beyond():
    svg = bars([Bar("a", 50), Bar("b", 130)], title="t", unit="%", first_column="c", maximum=100).svg
    widths = [bar.getAttribute("width") for bar in drawn(svg, "rect", "chart-bar")]
    assert widths == ["50%", "100%"]


def test_bars_of_zero_and_missing_values_have_no_length():
    svg = bars([Bar("a", 0), Bar("b", None)], title="t", unit="", first_column="c").svg
    assert {bar.getAttribute("width") for bar in drawn(svg, "rect", "chart-bar")} == {"0%"}


def test_bars_without_items_are_empty():
    assert bars([], title="t", unit="", first_column="c").empty


def test_stacked_share_adds_up_to_the_whole():
    chart = stacked_share([Share("a", 1), Share("b", 3)], title="t", unit="人", first_column="c")
    assert [row.values for row in chart.rows] == [["1", "25.0"], ["3", "75.0"]]
    starts = [bar.getAttribute("x") for bar in drawn(chart.svg, "rect", "chart-bar")]
    assert starts == ["0%", "25%"]


def test_stacked_share_of_nothing_is_empty():
    assert stacked_share([Share("a", 0)], title="t", unit="人", first_column="c").empty


def test_sparkline_says_its_values_and_dots_the_last_known():
    svg = sparkline([162, None, 134], label="收缩压")
    assert parseString(svg).documentElement.getAttribute("aria-label") == "收缩压: 162, –, 134"
    assert len(drawn(svg, "circle")) == 1


def test_sparkline_without_values_is_nothing():
    assert sparkline([None], label="l") == ""

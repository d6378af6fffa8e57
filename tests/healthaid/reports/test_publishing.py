"""Papers on the notice board: laid side by side they tell no hidden number."""

import random
from datetime import date, datetime
from itertools import permutations

import pytest
from django.urls import reverse
from django.utils import timezone

from core.base.periods import add_months, month_end, month_start
from healthaid.reports.documents.model import Column, Kind, Part, Take
from healthaid.reports.documents.together import CannotBePublished, Paper, determined, hide_beside
from healthaid.reports.models import Report
from healthaid.reports.queries.publications import cells_of
from healthaid.reports.services import filing, making, publishing, requests
from tests.factories.registry import a_household, a_person

NUMBER = Column("g", "n", "persons", "n", Take.NUMBER)
AREAS = Kind("t", "t", "t", frozenset(), (Part("t", (NUMBER,)),), lambda asked: {})
CAUSES = Kind("c", "t", "t", frozenset(), (Part("t", (NUMBER,), "causes"),), lambda asked: {})
COUNTY = 1


def by_area(area: int, above: int | None, counts: dict[int, int]) -> Paper:
    rows = [{"code": str(pk), "area": pk, "name": str(pk), "figures": {"n": n}} for pk, n in counts.items()]
    return Paper(AREAS, area, above, {"rows": rows, "together": {"n": sum(counts.values())}})


def by_cause(area: int, above: int | None, counts: dict[str, int]) -> Paper:
    rows = [{"code": code, "figures": {"n": n}} for code, n in counts.items()]
    table = {"rows": rows, "together": {"n": sum(counts.values())}}
    return Paper(CAUSES, area, above, {"tables": {"causes": table}})


def published(papers: list[Paper]) -> list[Paper]:
    """One after another, each beside those before; what cannot be published is left out."""
    out: list[Paper] = []
    for paper in papers:
        try:
            hide_beside(paper, out)
        except CannotBePublished:
            continue
        out.append(paper)
    return out


def hidden(paper: Paper) -> set[str]:
    return {str(place[1]) for cell, (place, _n) in paper.cells.items() if cell in paper.hidden}


def test_a_total_told_in_the_upper_paper_is_no_cover_in_the_lower_one():
    county = by_area(COUNTY, None, {10: 12, 20: 40, 30: 50})
    lower = by_area(10, COUNTY, {11: 3, 12: 0, 13: 9})
    out = published([county, lower])
    assert determined(out) == set()
    assert {"11", "13"} <= hidden(lower)


def test_what_the_upper_paper_hides_the_lower_one_hides_as_its_total():
    county = by_area(COUNTY, None, {10: 3, 20: 8, 30: 50})
    lower = by_area(20, COUNTY, {21: 8, 22: 0})
    assert published([county, lower]) == [county, lower]
    assert hidden(county) == {"10", "20"}
    assert "20" in hidden(lower)
    assert determined([county, lower]) == set()


def test_a_correction_opens_nothing_that_the_first_edition_hid():
    first = by_area(COUNTY, None, {10: 3, 20: 9, 30: 50})
    second = by_area(COUNTY, None, {10: 3, 20: 9, 30: 90, 40: 7})
    published([first, second])
    assert {"10", "20"} <= hidden(second)
    assert determined([first, second]) == set()


def test_a_number_that_a_correction_moved_by_less_than_five_is_not_told_again():
    first, second = (
        by_area(COUNTY, None, {10: 40, 20: 60, 30: 80}),
        by_area(COUNTY, None, {10: 41, 20: 60, 30: 80}),
    )
    published([first, second])
    assert hidden(first) == set()
    assert {"10", str(COUNTY)} <= hidden(second)


def test_the_last_of_the_townships_does_not_tell_what_the_county_left_hidden():
    county = by_cause(COUNTY, None, {"illness": 60, "disaster": 42})
    lower = [
        by_cause(10, COUNTY, {"illness": 30, "disaster": 20}),
        by_cause(20, COUNTY, {"illness": 27, "disaster": 20}),
        by_cause(30, COUNTY, {"illness": 3, "disaster": 2}),
    ]
    for papers in permutations([county, *lower]):
        for paper in papers:
            paper.hidden = set()
        assert determined(published(list(papers))) == set()


@pytest.mark.parametrize("seed", range(25))
def test_no_order_of_publishing_tells_a_hidden_number(seed):
    draw = random.Random(seed)
    villages = {
        town: {town + n: draw.choice([0, 1, 2, 4, 6, 9, 30, 70]) for n in range(1, draw.randint(3, 6))}
        for town in (10, 20, 30)
    }
    papers = [by_area(town, COUNTY, counts) for town, counts in villages.items()]
    papers.append(by_area(COUNTY, None, {town: sum(counts.values()) for town, counts in villages.items()}))
    changed = {key: n + draw.choice([0, 0, 1, 8]) for key, n in villages[10].items()}
    papers.append(by_area(10, COUNTY, changed))
    draw.shuffle(papers)
    out = published(papers)
    assert determined(out) == set()
    small = [(cell, known) for paper in out for cell, known in paper.cells.items() if 0 < known[1] < 5]
    assert all(any(cell in paper.hidden for paper in out) for cell, _known in small)


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def at() -> datetime:
    return timezone.now()


def an_approved(area, cast, since: date, until: date, at, **more) -> Report:
    asked = requests.request_report(area=area, since=since, until=until, by=cast.township, **more)
    making.make_report(report_id=asked.pk, at=at)
    return approved(Report.objects.get(pk=asked.pk), cast, at)


def approved(report: Report, cast, at) -> Report:
    filing.submit(report=report, by=cast.township, at=at)
    return filing.approve(report=report, by=cast.county, at=at)


@pytest.fixture
def last_month(today) -> tuple[date, date]:
    since = add_months(month_start(today), -1)
    return since, month_end(since)


class TestThePage:
    def test_an_approved_month_is_published_once_and_then_taken_out(
        self, township, county, cast, signed_in, at, last_month
    ):
        report = an_approved(county.dongping, cast, *last_month, at)
        client, url = signed_in(cast.county), reverse("reports:public", args=[report.pk, "xlsx"])
        assert client.get(url).status_code == 404
        assert client.get(reverse("reports:report", args=[report.pk])).context["may_publish"]
        client.post(reverse("reports:publish", args=[report.pk]))
        assert client.get(url).status_code == 200
        assert client.get(url).getvalue()[:2] == b"PK"
        with pytest.raises(filing.FilingRefused):
            publishing.publish(report=report, by=cast.county, at=at)

    def test_neither_a_draft_nor_any_days_hang_on_the_board(self, township, county, cast, at, last_month):
        since, until = last_month
        asked = requests.request_report(area=county.dongping, since=since, until=until, by=cast.township)
        making.make_report(report_id=asked.pk, at=at)
        draft = Report.objects.get(pk=asked.pk)
        few = an_approved(county.dongping, cast, since, until.replace(day=20), at)
        for report in (draft, few):
            with pytest.raises(filing.FilingRefused):
                publishing.publish(report=report, by=cast.county, at=at)

    def test_a_correction_hides_what_the_first_edition_hid(self, township, county, cast, at, last_month):
        report = an_approved(county.dongping, cast, *last_month, at)
        first = publishing.publish(report=report, by=cast.county, at=at)
        a_person(a_household(county.lianhe))
        second = filing.correct(report=report, reason="补录一户", by=cast.township)
        making.make_report(report_id=second.pk, at=at)
        again = approved(Report.objects.get(pk=second.pk), cast, at)
        made = publishing.publish(report=again, by=cast.county, at=at)
        kept = {cell for cell in cells_of(first) if _value(report, cell) == _value(again, cell)}
        assert kept <= cells_of(made)


def _value(report: Report, cell):
    _table, row, (code, place) = cell
    figures = report.figures["together"] if row < 0 else report.figures["rows"][row]["figures"]
    found = figures.get(code)
    return found[place] if isinstance(found, list) and place is not None else found

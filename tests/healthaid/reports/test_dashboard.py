"""The board: what it says, where its numbers lead, and what it costs."""

import re
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.ground import an_area
from tests.factories.registry import a_household, a_person

LINK = re.compile(r'<a[^>]*href="([^"]*/lists/[^"]*)"[^>]*data-count="(-?[\d.]+)"', re.S)
TOTAL = re.compile(r'data-total="(-?[\d.]+)"')
AMOUNT = re.compile(r'data-amount="(-?[\d.]+)"')
ROW = re.compile(r'<th scope="row">')
PAGES = re.compile(r'<a[^>]*href="([^"]*/(?:dashboard|slogans)/[^"]*)"')


def numbers(page: str) -> list[tuple[str, str]]:
    return [(unescape(url), count) for url, count in LINK.findall(page)]


def listed(client, url: str) -> tuple[Decimal, Decimal]:
    """The total a list states, and the rows one really meets on its pages: their number, or their yuan or beds."""
    page = client.get(url)
    assert page.status_code == 200, url
    texts = [page.content.decode()]
    length = page.context["length"]
    while len(ROW.findall("".join(texts))) < length and len(texts) < 20:
        texts.append(client.get(f"{url}&page={len(texts) + 1}").content.decode())
    text = "".join(texts)
    total = TOTAL.search(text)[1]
    amounts = AMOUNT.findall(text)
    met = sum(map(Decimal, amounts)) if amounts else Decimal(len(ROW.findall(text)))
    return Decimal(total), met


@pytest.mark.parametrize(("who", "days_ago"), [("county", 0), ("county", 40), ("township_administration", 0)])
def test_every_number_opens_a_list_of_that_length(township, bills, cast, signed_in, today, who, days_ago):
    """Walks from the county to the village's teams, today through every figure's page and every slogan, too,
    and opens every number on the way; a list of a figure once for each length it has."""
    client, day = signed_in(getattr(cast, who)), today - timedelta(days_ago)
    pages, seen, opened = [f"{reverse('reports:dashboard')}?on={day}"], set(), set()
    while pages:
        url = pages.pop()
        if (place := _once(url)) in seen:
            continue
        seen.add(place)
        page = client.get(url)
        assert page.status_code == 200, url
        text = page.content.decode()
        pages += [
            found
            for found in map(unescape, PAGES.findall(text))
            if f"on={day}" in found and (not days_ago or "/dashboard/?" in found)
        ]
        for link, count in numbers(text):
            if (kind := (link.split("?")[0], count)) not in opened:
                opened.add(kind)
                assert listed(client, link) == (Decimal(count), Decimal(count)), link
    assert len(opened) > 100
    assert days_ago or any("/actual_ratio/met/" in path for path, _count in opened)


def _once(url: str) -> str:
    """A board for each area; a page of a figure or a slogan once."""
    path, _query = url.split("?")
    return url if path.endswith("/dashboard/") else path


def test_the_coverages_stand_first_with_their_counts(township, cast, signed_in):
    page = signed_in(cast.township).get(reverse("reports:dashboard"), headers={"accept-language": "zh-hans"})
    coverage = {figure.indicator.code: figure for figure, _other in page.context["coverage"]}
    assert list(coverage) == ["insured", "contracted", "circle"]
    assert [(f.figure.part, f.figure.whole) for f in coverage.values()] == [(2, 4), (2, 4), (3, 4)]
    assert coverage["circle"].value == "75"
    beside = [other.figure.whole for _figure, other in page.context["coverage"]]
    assert beside == [4, 3, 1]


def test_nobody_to_count_is_not_applicable(county, cast, signed_in):
    page = signed_in(cast.township).get(reverse("reports:dashboard"))
    assert {figure.value for figure, _other in page.context["coverage"]} == {"不适用"}
    assert "没有建档户" in page.content.decode()


def test_a_village_shows_its_teams_and_those_without(township, county, cast, signed_in):
    page = signed_in(cast.township).get(reverse("reports:dashboard"), {"area": county.lianhe.pk})
    assert [row.name for row in page.context["rows"]] == ["联合团队", "没有签约团队"]
    assert [row.size[1].figure.whole for row in page.context["rows"]] == [2, 1]


def test_the_crumbs_lead_back_up_to_the_users_own_area(township, county, cast, signed_in):
    client = signed_in(cast.county)
    page = client.get(reverse("reports:dashboard"), {"area": county.lianhe.pk})
    assert [crumb["label"] for crumb in page.context["crumbs"]] == ["岳塘区", "东坪街道"]
    assert all(client.get(crumb["url"]).status_code == 200 for crumb in page.context["crumbs"])


def test_health_facts_are_not_counted_for_the_administration(township, cast, signed_in):
    url = reverse("reports:dashboard")
    ill = [
        next(
            f
            for group in signed_in(user).get(url).context["groups"]
            for f in group.figures
            if f.indicator.code == "ill"
        )
        for user in (cast.township, cast.township_administration)
    ]
    assert [figure.figure.part for figure in ill] == [3, 2]


def test_an_earlier_day_is_kept_on_every_link(township, cast, signed_in, today):
    day = (today - timedelta(3)).isoformat()
    page = signed_in(cast.township).get(reverse("reports:dashboard"), {"on": day}).content.decode()
    assert all(f"on={day}" in url for url, _count in numbers(page))


def test_a_day_that_cannot_be_is_named_and_kept(county, cast, signed_in, today):
    client = signed_in(cast.township)
    for day in ("2026-13-40", "x", "2999-01-01", "1999-01-01"):
        page = client.get(reverse("reports:dashboard"), {"on": day})
        assert page.status_code == 200
        assert page.context["filter_form"].errors["on"]
        assert page.context["on"] == today
        assert f'value="{day}"' in page.content.decode()


def test_the_board_costs_the_same_for_one_village_and_for_many(township, county, cast, signed_in):
    client, url = signed_in(cast.county), reverse("reports:dashboard")
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(url)
    for number in range(12):
        street = an_area("township", f"4303040{number + 20}", f"街道{number}", county.county)
        village = an_area("village", f"4303040{number + 20}201", f"村{number}", street)
        for _each in range(3):
            a_person(a_household(village))
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few) <= 40


def test_others_have_no_board(cast, signed_in):
    for other in (cast.doctor, cast.team_doctor, cast.clerk, cast.administrator):
        assert signed_in(other).get(reverse("reports:dashboard")).status_code == 403


def test_a_foreign_area_is_not_there(township, county, cast, signed_in):
    client, url = signed_in(cast.township), reverse("reports:dashboard")
    for area in (county.hetang, county.qingshui, county.county, county.other_county, county.far):
        assert client.get(url, {"area": area.pk}).status_code == 404
    for area in (county.dongping, county.lianhe):
        assert client.get(url, {"area": area.pk}).status_code == 200
    assert client.get(url, {"area": "x"}).status_code == 404

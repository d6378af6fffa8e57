"""A village doctor and a committee clerk carry a case to the county, and it comes back once."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from households.models import IdentificationCase
from tests.factories.identification import a_list, a_round
from tests.factories.registry import a_household, a_person
from tests.journeys.conftest import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def choose(page, words: str) -> None:
    """One of the choices of a form, by what stands on it."""
    page.locator(".choices label", has_text=words).first.click()


def _speak(screen, path: str, words: str = "", *, agrees: bool = True):
    page = screen.go(path)
    choose(page, "同意" if agrees else "不同意")
    if words:
        page.locator('section#opinion [name="grounds"]').fill(words)
    page.get_by_role("button", name="提交意见").click()
    expect(page.get_by_text("您的意见已登记")).to_be_visible()
    return page


def test_a_case_climbs_comes_back_once_and_is_confirmed(screen, cast, county):
    phone, desk = screen(PHONE), screen(DESK)
    # given an open round and a family of two
    on = timezone.localdate()
    held = a_round(
        county.county,
        cast.county,
        name="春季排查",
        opens_on=on,
        due_on=on + timedelta(30),
        catalogue=a_list("stroke"),
    )
    home = a_household(county.lianhe, main_cause="skill")
    ill = a_person(home, name="陈铁光")
    a_person(home, name="左双宁", relation="10")

    # when the village doctor finds a disease with one, and nothing with the other
    phone.let_in(cast.doctor)
    page = phone.go(f"/identification/rounds/{held.uuid}/homes/{home.uuid}/")
    page.get_by_role("link", name="陈铁光").click()
    choose(page, "发现患病")
    choose(page, "stroke")
    page.fill('[name="note"]', "县医院2025年出院小结")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("button", name="其余1人均未发现").click()
    expect(page.get_by_text("已为1人登记“未发现”")).to_be_visible()

    # and gives an opinion on all that waits
    page = phone.go("/identification/")
    page.locator("td label.check").first.click()
    choose(page, "同意")
    page.get_by_role("button", name="提交意见").click()
    expect(page.get_by_text("已登记1条意见")).to_be_visible()
    path = f"/identification/cases/{IdentificationCase.objects.get(person=ill).uuid}/"

    # and the committee agrees, the township's health office returns it, and all agree the second time
    desk.let_in(cast.committee)
    _speak(desk, path)
    desk.let_in(cast.township)
    page = _speak(desk, path, "出院小结没有盖章", agrees=False)
    expect(page.get_by_text("退回，在村级")).to_be_visible()
    for who in (cast.doctor, cast.committee, cast.township, cast.township_administration, cast.county):
        desk.let_in(who)
        _speak(desk, path)
    desk.let_in(cast.county_administration)
    page = desk.go(path)
    page.locator('[name="sets_cause"]').check()
    page.fill('[name="cause_reason"]', "住院自付超过全年收入")
    choose(page, "同意")
    page.get_by_role("button", name="提交意见").click()

    # then it is confirmed, with every opinion of both turns, and illness is the main cause
    expect(page.get_by_text("已认定").first).to_be_visible()
    expect(page.locator("ol.timeline > li")).to_have_count(9)
    expect(page.get_by_text("出院小结没有盖章")).to_be_visible()
    home.refresh_from_db()
    assert (home.main_cause, home.other_causes) == ("illness", ["skill"])

"""The doctor with a phone: from Today to a visit that is saved, and what happens when it is not so simple."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from followups.models import Duty, Need, Visit
from tests.factories.followups import a_duty
from tests.factories.registry import a_condition, a_household, a_person
from tests.journeys.conftest import PASSWORD, with_password

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def family(county, cast) -> SimpleNamespace:
    """A couple in the doctor's village; the man has hypertension and was to be visited by yesterday."""
    with_password(cast.doctor)
    today = timezone.localdate()
    home = a_household(county.lianhe)
    man = a_person(home, name="陈铁光")
    woman = a_person(home, name="左双宁", relation="10", sex="2")
    a_condition(man)
    duty = a_duty(man, starts_on=today - timedelta(days=30), ends_on=today - timedelta(days=1))
    return SimpleNamespace(home=home, man=man, woman=woman, duty=duty, today=today)


class Taps:
    """Everything a thumb does, counted: a touch, or one key of the number pad; and how long a person takes for it.

    A key takes 0.6 s: 20 words of five characters a minute, as measured on soft keyboards (MacKenzie and Zhang,
    Behaviour & Information Technology 20, 2001). For a touch one makes up one's mind for 1.35 s, aims for 1.10 s and
    presses for 0.28 s (keystroke-level model: Card, Moran and Newell, CACM 23(7), 1980). Reading the cuff is not
    typing and is not counted."""

    KEY, TOUCH = 0.6, 1.35 + 1.10 + 0.28

    def __init__(self, page: Page) -> None:
        self.page = page
        self.touches = self.typed = 0

    @property
    def count(self) -> int:
        return self.touches + self.typed

    @property
    def seconds(self) -> float:
        return self.typed * self.KEY + self.touches * self.TOUCH

    def touch(self, where) -> None:
        where.click()
        self.touches += 1

    def keys(self, text: str) -> None:
        for key in text:
            self.page.keyboard.press(key)
            self.typed += 1


def option(page: Page, field: str, code: str):
    return page.locator(f'label[for="id_{field}_{code}"]')


def opened_sheet(phone, cast) -> Page:
    page = phone.sign_in(cast.doctor)
    page.locator(".day-line").first.click()
    expect(page.locator('[name="sbp"]')).to_be_visible()
    return page


def test_routine_visit_takes_ten_taps_and_leaves_today(phone, cast, family):
    # given the doctor is signed in and Today says whom to visit and why
    page = phone.sign_in(cast.doctor)
    expect(page).to_have_url(phone.house.url + "/today/")
    expect(page.locator(".day-line").first).to_contain_text("陈铁光")
    expect(page.locator(".day-line").first).to_contain_text("逾期 1 天")

    # when they open the first duty and type 138/86
    taps = Taps(page)
    taps.touch(page.locator(".day-line").first)
    taps.touch(page.locator('[name="sbp"]'))
    taps.keys("138")
    expect(page.locator('[name="dbp"]')).to_be_focused()
    taps.keys("86")

    # then the class is told while typing, with the next date
    expect(page.locator("[data-assessment-word]")).to_have_text("控制满意")
    assert page.input_value('[name="next_date"]') > family.today.isoformat()

    # and the visit is saved within ten taps
    taps.touch(option(page, "adherence", "1"))
    taps.touch(page.get_by_role("button", name="保存随访"))
    expect(page.locator("#messages")).to_contain_text("控制满意")
    expect(page.locator("#messages")).to_contain_text("下次随访")
    assert taps.count <= 10
    assert taps.seconds <= 15

    # and it is gone from Today, done in the register, and on the person's page
    expect(page.locator(".day-line")).to_have_count(0)
    visit = Visit.objects.get()
    assert (visit.sbp, visit.dbp, visit.by) == (138, 86, cast.doctor)
    assert Duty.objects.get(pk=family.duty.pk).state == "done"
    phone.go(f"/persons/{family.man.uuid}/")
    expect(page.locator("#main")).to_contain_text("138/86")


def test_impossible_reading_and_future_day_are_refused_and_nothing_typed_is_lost(phone, cast, family):
    # given an open sheet
    page = opened_sheet(phone, cast)

    # when the doctor types what cannot be: 400/20, tomorrow
    tomorrow = (family.today + timedelta(days=1)).isoformat()
    page.fill('[name="sbp"]', "400")
    page.fill('[name="dbp"]', "20")
    page.locator("#section-body > summary").click()
    page.fill('[name="weight"]', "61.5")
    page.locator('details:has([name="visit_date"]) > summary').click()
    page.fill('[name="visit_date"]', tomorrow)
    page.get_by_role("button", name="保存随访").click()

    # then the summary has the focus and says what may be typed
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("处需要修改")
    expect(summary).to_contain_text("50")
    kept = [page.input_value(f'[name="{name}"]') for name in ("sbp", "dbp", "weight", "visit_date")]
    assert kept == ["400", "20", "61.5", tomorrow]
    assert Visit.objects.count() == 0

    # and corrected, it is taken
    page.fill('[name="sbp"]', "138")
    page.fill('[name="dbp"]', "86")
    page.fill('[name="visit_date"]', family.today.isoformat())
    page.fill('[name="next_date"]', (family.today + timedelta(days=80)).isoformat())
    option(page, "adherence", "1").click()
    page.get_by_role("button", name="保存随访").click()
    expect(page.locator("#messages")).to_contain_text("控制满意")
    assert Visit.objects.get().answers["weight"] == 61.5


def test_session_that_ends_under_a_half_filled_sheet_loses_nothing(phone, cast, family):
    # given half a visit on the screen
    page = opened_sheet(phone, cast)
    page.fill('[name="sbp"]', "152")
    page.fill('[name="dbp"]', "94")
    page.locator('[name="sbp"]').focus()

    # when the session ended meanwhile and the doctor saves
    Session.objects.all().delete()
    option(page, "adherence", "1").click()
    page.get_by_role("button", name="保存随访").click()

    # then the sign-in page says that it waits on the phone
    expect(page.locator("[data-waiting-here]")).to_contain_text("1 条记录没有上传")
    page.fill("#id_login", cast.doctor.username)
    page.fill("#id_password", PASSWORD)
    page.locator("form.form .button-primary").click()

    # and signed in again it goes on by itself
    expect(page.locator(".day-line")).to_contain_text("已收到")
    assert Visit.objects.get().sbp == 152


def test_nobody_there_is_noted_with_its_reason_and_the_duty_stays(phone, cast, family):
    # given a house with a closed door
    page = phone.sign_in(cast.doctor)
    page.get_by_role("link", name="没见到人").first.click()

    # when the doctor saves without a reason, the page asks for it
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".error-summary")).to_be_focused()

    # and with the reason
    page.locator("label", has_text="外出打工").click()
    page.get_by_role("button", name="保存").click()

    # then the attempt is kept and the person is still to be visited
    expect(page.locator(".day-line").first).to_contain_text("陈铁光")
    assert [attempt.by for attempt in family.duty.attempts.all()] == [cast.doctor]
    assert Duty.objects.get(pk=family.duty.pk).state == "open"


def test_need_of_another_member_is_followed_to_satisfaction(phone, cast, family):
    # given the doctor visits the man and his wife lacks a medicine
    page = phone.sign_in(cast.doctor)
    page.get_by_role("link", name="登记需求").first.click()
    page.locator("label", has_text="左双宁").click()
    page.locator("label", has_text="用药").first.click()
    page.fill('[name="description"]', "二甲双胍卫生室没有了")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(re.compile(r"/needs/[0-9a-f-]{36}/$"))
    need = Need.objects.get()
    assert need.person == family.woman

    # when it was brought to her, the doctor closes it
    page = phone.go("/needs/")
    page.get_by_role("link", name="左双宁").first.click()
    page.locator("label", has_text="已解决").click()
    page.fill('[name$="outcome"]', "已送药上门")
    page.locator("label", has_text="很满意").click()
    page.locator('button[name="close"]').click()

    # then it counts as met, and how satisfied she is stands beside it
    expect(page.locator("#main")).to_contain_text("已送药上门")
    need.refresh_from_db()
    assert (need.state, need.satisfaction) == ("met", 5)

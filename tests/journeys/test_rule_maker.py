"""The rule-maker: a draft from the rules in force, a slip of the pen told at once, last year's bills tried, two persons."""

from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from claims.models import PolicyVersion
from core.accounts.roles import Role
from tests.factories.claims import a_hospital_at, a_policy_document, an_approved_policy
from tests.factories.ground import a_user
from tests.factories.registry import a_household, a_person
from tests.factories.simulations import a_settled_bill
from tests.journeys.conftest import DESK

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def second(county):
    return a_user(Role.COUNTY_STAFF, county.county)


@pytest.fixture
def last_year(county, cast, second) -> int:
    """The rules in force, and three bills of last year that they settled. Gives the year."""
    rules = an_approved_policy(county.county, cast.county, second, document=a_policy_document(county.county))
    hospital, year = a_hospital_at(county.county), timezone.localdate().year - 1
    for month in (3, 6, 9):
        person = a_person(a_household(county.lianhe))
        a_settled_bill(person, rules, hospital, cast.clerk, left=date(year, month, 5))
    return year


def test_a_rule_is_drafted_tried_and_approved_by_a_second_officer(
    staffed_house, screen, desk, cast, second, last_year
):
    # given a county officer in front of the rules
    desk.let_in(cast.county)
    page = desk.go("/policies/")
    expect(page.locator(".policy-current")).to_contain_text("小政策")

    # when they draft a new version from the one in force and write a share of 1.2
    page.get_by_role("link", name="起草新版本").click()
    page.get_by_role("button", name="建立草稿").click()
    page.get_by_label("目标").fill("1.2")
    page.get_by_role("button", name="保存草稿").click()

    # then the slip is told beside the field, and nothing typed is lost
    expect(page.locator(".field-wrong")).to_contain_text("1.2% 恐怕不是本意")
    expect(page.get_by_label("目标")).to_have_value("1.2")

    # and with 95 and a day to come the draft is kept
    page.get_by_label("目标").fill("95")
    page.get_by_label("生效日期").fill(f"{last_year + 2}-01-01")
    page.get_by_role("button", name="保存草稿").click()
    expect(page.locator(".policy-layer").last).to_contain_text("95 %")

    # when they look at the text, a mistake is told with its line while they type
    page.get_by_role("link", name="编辑文本").click()
    text = page.locator("#id_text")
    good = text.input_value()
    text.fill(good.replace("rate = 0.70", "rate = 1.2"))
    expect(page.locator("#checked")).to_contain_text("1 处错误")
    page.locator("#checked [data-line]").click()
    expect(text).to_be_focused()
    text.fill(good)
    expect(page.locator("#checked")).to_contain_text("没有错误")
    page.get_by_role("button", name="保存草稿").click()

    # and they try it on last year's bills
    page.get_by_role("link", name="用真实账单试算").click()
    page.get_by_role("button", name="开始试算").click()

    # then the page turns to the result by itself when the worker is done: 50 yuan less for each patient
    fund = page.locator("tr", has_text="兜底基金").first
    expect(fund).to_contain_text("+150.00", timeout=60_000)
    page.get_by_role("link", name="全部", exact=True).click()
    page.locator("tbody a").first.click()
    expect(page.locator(".simulation-total")).to_contain_text("100.00")
    expect(page.locator(".simulation-total")).to_contain_text("50.00")

    # when the drafter looks at the draft, there is nothing to approve with
    draft = PolicyVersion.objects.get(state="draft")
    page = desk.go(f"/policies/{draft.pk}/")
    expect(page.get_by_role("link", name="审阅并批准")).to_have_count(0)

    # and the second officer reads what changes and approves
    other = screen(DESK)
    other.let_in(second)
    page = other.go(f"/policies/{draft.pk}/")
    page.get_by_role("link", name="审阅并批准").click()
    expect(page.locator(".policy-changes").last).to_contain_text("95 %")
    page.get_by_label("我已读过内容和变化").check()
    page.get_by_role("button", name="批准", exact=True).click()
    expect(page.locator(".page-lede")).to_contain_text("已批准，未生效")
    draft.refresh_from_db()
    assert (draft.state, draft.approved_by) == ("approved", second)

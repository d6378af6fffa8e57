"""The visit sheet on a phone: few taps, live assessment, drafts that survive, and the same without script."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("tests.followups.visit_pages"),
]
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "rules": {"target-size": {"enabled": True}},
}
TYPED = {"sbp": "152", "dbp": "94"}


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    """The sheet asks the database nothing, so this server runs without one."""
    running = LiveServer("127.0.0.1")
    yield running
    running.stop()


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN")
    yield context
    context.close()


@pytest.fixture
def sheet(phone: BrowserContext, server: LiveServer) -> Page:
    return opened(phone, server)


def opened(phone: BrowserContext, server: LiveServer, code: str = "hypertension", query: str = "") -> Page:
    page = phone.new_page()
    page.faults = []  # type: ignore[attr-defined]
    page.on("console", lambda line: page.faults.append(line.text) if line.type == "error" else None)  # type: ignore[attr-defined]
    page.on("pageerror", lambda fault: page.faults.append(str(fault)))  # type: ignore[attr-defined]
    page.goto(f"{server.url}/sheet/{code}/{query}")
    return page


def word(page: Page) -> str:
    return page.locator("[data-assessment-word]").inner_text()


def reasons(page: Page) -> list[str]:
    return page.locator("[data-assessment-reasons] li").all_inner_texts()


def option(page: Page, field: str, code: str) -> Any:
    return page.locator(f'label[for="id_{field}_{code}"]')


def test_routine_visit_takes_ten_taps_at_most(sheet: Page) -> None:
    taps = ["1", "2", "8", "7", "8"]
    sheet.locator('[name="sbp"]').click()
    for key in taps:
        sheet.keyboard.type(key)
    option(sheet, "adherence", "1").click()
    expect(sheet.locator("[data-verdict-pill]")).to_have_text("控制满意")
    sheet.get_by_role("button", name="保存随访").click()
    saved = sheet.locator("#saved").inner_text()
    assert "'sbp': 128, 'dbp': 78" in saved
    assert "'next_date': '2027-02-22'" in saved
    assert 1 + len(taps) + 2 <= 10
    assert sheet.faults == []  # type: ignore[attr-defined]


def test_three_digits_move_on_to_the_lower_pressure(sheet: Page) -> None:
    sheet.locator('[name="sbp"]').click()
    sheet.keyboard.type("152")
    expect(sheet.locator('[name="dbp"]')).to_be_focused()


def test_two_digits_stay_in_the_upper_pressure(sheet: Page) -> None:
    sheet.locator('[name="sbp"]').click()
    sheet.keyboard.type("98")
    expect(sheet.locator('[name="sbp"]')).to_be_focused()


def test_a_pair_in_one_go_fills_both(sheet: Page) -> None:
    sheet.fill('[name="sbp"]', "138/86")
    assert (sheet.input_value('[name="sbp"]'), sheet.input_value('[name="dbp"]')) == ("138", "86")


def test_assessment_follows_every_keystroke(sheet: Page) -> None:
    assert word(sheet) == "边填边显示评估结果"
    sheet.fill('[name="sbp"]', "152")
    sheet.fill('[name="dbp"]', "94")
    assert word(sheet) == "控制不满意"
    assert reasons(sheet) == [
        "收缩压 152 mmHg ≥ 140",
        "舒张压 94 mmHg ≥ 90",
        "上次（8月20日）也是：血压控制不满意",
    ]
    assert sheet.input_value('[name="next_date"]') == "2026-12-06"
    sheet.fill('[name="sbp"]', "１８５")
    assert word(sheet) == "危急：先处理，马上转诊"
    sheet.fill('[name="sbp"]', "128")
    sheet.fill('[name="dbp"]', "78")
    assert word(sheet) == "控制满意"
    assert sheet.input_value('[name="next_date"]') == "2027-02-22"


def test_a_date_of_ones_own_is_not_overwritten(sheet: Page) -> None:
    sheet.fill('[name="sbp"]', "152")
    sheet.get_by_role("button", name="1周后").click()
    sheet.fill('[name="dbp"]', "94")
    assert sheet.input_value('[name="next_date"]') == "2026-11-29"
    expect(sheet.get_by_role("button", name="1周后")).to_have_attribute("aria-pressed", "true")


def test_no_symptoms_excludes_the_others_both_ways(sheet: Page) -> None:
    option(sheet, "symptoms", "8").click()
    expect(sheet.locator("#id_symptoms_1")).not_to_be_checked()
    option(sheet, "symptoms", "1").click()
    expect(sheet.locator("#id_symptoms_8")).not_to_be_checked()


def test_vomiting_opens_the_danger_signs_and_waits_for_them(sheet: Page) -> None:
    sheet.fill('[name="sbp"]', "128")
    sheet.fill('[name="dbp"]', "78")
    expect(option(sheet, "danger_signs", "2")).to_be_hidden()
    option(sheet, "symptoms", "3").click()
    assert word(sheet) == "危急：先处理，马上转诊"
    option(sheet, "danger_signs", "1").click()
    assert word(sheet) == "控制满意"


def test_a_reaction_asks_what_it_was(sheet: Page) -> None:
    expect(sheet.locator('[name="adr_text"]')).to_be_hidden()
    option(sheet, "adr", "2").click()
    expect(sheet.locator('[name="adr_text"]')).to_be_visible()
    option(sheet, "adr", "1").click()
    expect(sheet.locator('[name="adr_text"]')).to_be_hidden()


def test_an_optional_choice_can_be_taken_back(sheet: Page) -> None:
    option(sheet, "adherence", "2").click()
    expect(sheet.locator("#id_adherence_2")).to_be_checked()
    option(sheet, "adherence", "2").click()
    expect(sheet.locator("#id_adherence_2")).not_to_be_checked()
    option(sheet, "adr", "1").click()
    expect(sheet.locator("#id_adr_1")).to_be_checked()


def test_body_mass_index_appears_while_typing(sheet: Page) -> None:
    sheet.locator("#section-body > summary").click()
    sheet.fill('[name="weight"]', "62.5")
    expect(sheet.locator('[data-computed="bmi"]')).to_have_text("23.0")


def test_a_rare_reading_is_confirmed_before_it_is_saved(sheet: Page) -> None:
    sheet.fill('[name="sbp"]', "230")
    sheet.fill('[name="dbp"]', "100")
    sheet.get_by_role("button", name="保存随访").click()
    expect(sheet.locator(".error-summary")).to_contain_text("很少见")
    sheet.get_by_text("已核对，确实如此").first.click()
    sheet.get_by_role("button", name="保存随访").click()
    expect(sheet.locator("#saved")).to_contain_text("'sbp': 230")


def test_an_impossible_reading_is_told_at_once(sheet: Page) -> None:
    sheet.fill('[name="sbp"]', "380")
    sheet.locator('[name="dbp"]').focus()
    expect(sheet.locator("[data-live]").first).to_have_text("可填 50–300")


def test_errors_take_the_focus_and_lead_to_their_fields(sheet: Page) -> None:
    sheet.fill('[name="sbp"]', "380")
    sheet.fill('[name="dbp"]', "86")
    sheet.locator("#section-body > summary").click()
    sheet.fill('[name="weight"]', "abc")
    sheet.get_by_role("button", name="保存随访").click()
    expect(sheet.locator(".error-summary")).to_be_focused()
    expect(sheet.locator(".error-summary h2")).to_contain_text("有 2 处需要修改")
    sheet.locator(".error-summary a").nth(1).click()
    expect(sheet.locator('[name="weight"]')).to_be_focused()
    assert sheet.input_value('[name="sbp"]') == "380"


def test_unfinished_visit_is_there_again_and_goes_once_received(
    phone: BrowserContext, server: LiveServer
) -> None:
    page = opened(phone, server)
    number = page.input_value('[name="client_id"]')
    page.fill('[name="sbp"]', "152")
    page.fill('[name="dbp"]', "94")
    option(page, "symptoms", "8").click()
    page.locator("#section-notes > summary").click()
    page.fill('[name="notes"]', "儿子在外打工")
    page.locator('[name="sbp"]').focus()
    page.close()

    again = opened(phone, server)
    expect(again.locator("[data-draft]")).to_be_visible()
    assert [again.input_value(f'[name="{name}"]') for name in ("sbp", "dbp", "notes")] == [
        "152",
        "94",
        "儿子在外打工",
    ]
    assert again.input_value('[name="client_id"]') == number
    expect(again.locator("#id_symptoms_8")).to_be_checked()
    assert word(again) == "控制不满意"
    again.get_by_role("button", name="保存随访").click()
    expect(again.locator("#saved")).to_contain_text("152")

    fresh = opened(phone, server)
    expect(fresh.locator("[data-draft]")).to_be_hidden()
    assert fresh.input_value('[name="client_id"]') != number


def test_draft_can_be_dropped(phone: BrowserContext, server: LiveServer) -> None:
    page = opened(phone, server)
    page.fill('[name="sbp"]', "152")
    page.locator('[name="dbp"]').focus()
    page.close()
    again = opened(phone, server)
    again.get_by_role("button", name="重新开始").click()
    expect(again.locator("[data-draft]")).to_be_hidden()
    assert again.input_value('[name="sbp"]') == ""
    expect(opened(phone, server).locator("[data-draft]")).to_be_hidden()


def test_untouched_sheet_leaves_no_draft(phone: BrowserContext, server: LiveServer) -> None:
    opened(phone, server).close()
    expect(opened(phone, server).locator("[data-draft]")).to_be_hidden()


def test_draft_survives_a_refusal_by_the_server(phone: BrowserContext, server: LiveServer) -> None:
    page = opened(phone, server)
    page.fill('[name="sbp"]', "380")
    page.get_by_role("button", name="保存随访").click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.close()
    again = opened(phone, server)
    expect(again.locator('[name="sbp"]')).to_have_value("380")


def test_visits_of_one_phone_are_numbered_without_a_gap(phone: BrowserContext, server: LiveServer) -> None:
    seen = []
    for reading in ("380", "152"):
        page = opened(phone, server)
        page.fill('[name="sbp"]', reading)
        page.fill('[name="dbp"]', "86")
        page.get_by_role("button", name="保存随访").click()
        if reading == "380":
            page.fill('[name="sbp"]', "138")
            page.locator('[name="dbp"]').focus()
            seen.append(page.input_value('[name="device_seq"]'))
            page.get_by_role("button", name="保存随访").click()
        expect(page.locator("#saved")).to_be_visible()
    script = "() => JSON.parse(localStorage.getItem('healthaid.device')).seq"
    assert (seen, page.evaluate(script)) == (["1"], 2)


def test_numbers_made_in_the_browser_are_version_seven_and_rise(sheet: Page) -> None:
    made = sheet.evaluate("() => Array.from({ length: 3 }, () => window.healthaidDrafts.uuid7())")
    assert all(number[14] == "7" and number[19] in "89ab" for number in made)
    assert made[0][:8] <= made[2][:8]


def test_medicine_lines_open_one_by_one(sheet: Page) -> None:
    sheet.locator("#section-medicines > summary").click()
    assert sheet.locator("[data-line]:visible").count() == 2
    sheet.get_by_role("button", name="加一种药").click()
    assert sheet.locator("[data-line]:visible").count() == 3


def test_missing_glucose_asks_why_only_after_it_was_passed_over(
    phone: BrowserContext, server: LiveServer
) -> None:
    page = opened(phone, server, "type2_diabetes")
    why = page.locator('[data-field="fpg_not_measured"]')
    expect(why).to_be_hidden()
    page.locator('[name="fpg"]').focus()
    page.locator('[name="sbp"]').focus()
    expect(why).to_be_visible()
    page.fill('[name="fpg"]', "6.2")
    expect(why).to_be_hidden()


def test_without_script_the_sheet_saves_and_asks_back(browser: Browser, server: LiveServer) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, locale="zh-CN", java_script_enabled=False
    )
    page = context.new_page()
    page.goto(f"{server.url}/sheet/hypertension/")
    page.fill('[name="sbp"]', "152")
    page.fill('[name="dbp"]', "94")
    option(page, "adr", "2").click()
    page.get_by_role("button", name="先看评估").click()
    assert word(page) == "不良反应"
    assert page.input_value('[name="sbp"]') == "152"
    page.fill('[name="adr_text"]', "干咳")
    page.get_by_role("button", name="保存随访").click()
    expect(page.locator("#saved")).to_contain_text("'adr_text': '干咳'")
    context.close()


@pytest.mark.parametrize(
    ("code", "size"),
    [
        ("hypertension", "normal"),
        ("hypertension", "large"),
        ("type2_diabetes", "normal"),
        ("home_visit", "normal"),
    ],
)
def test_sheet_fits_a_phone_and_passes_axe(
    phone: BrowserContext, server: LiveServer, code: str, size: str
) -> None:
    phone.add_cookies([{"name": "type_size", "value": size, "url": server.url}])
    page = opened(phone, server, code)
    if code != "home_visit":
        page.fill('[name="sbp"]', "380")
        page.get_by_role("button", name="保存随访").click()
    page.locator(".visit details").evaluate_all("(all) => all.forEach((each) => { each.open = true; })")
    # The pinned bar covers whatever the page is scrolled to; axe would call that a small target.
    page.locator(".visit-bar").evaluate("(bar) => { bar.style.position = 'static'; }")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
    found = Axe().run(page, options=AXE)
    assert found.violations_count == 0, found.generate_report()
    assert page.faults == []  # type: ignore[attr-defined]


def test_focus_is_never_hidden_behind_the_pinned_bar(sheet: Page) -> None:
    for name in ("adr", "next_date", "satisfaction"):
        field = sheet.locator(f'[name="{name}"]').first
        field.focus()
        bar = sheet.locator(".visit-bar").bounding_box()
        box = field.bounding_box()
        assert bar and box
        assert box["y"] + box["height"] <= bar["y"]

"""The annual examination on a phone: how far it is filled, what is computed, the next gap, and the first fault."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.followups.test_visit_form_browser import AXE, opened, option

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.followups.visit_pages")]
WOMAN_OF_76 = "?history=0&born=1950&sex=2"


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    running = LiveServer("127.0.0.1")
    yield running
    running.stop()


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN")
    yield context
    context.close()


@pytest.fixture
def exam(phone: BrowserContext, server: LiveServer) -> Page:
    return opened(phone, server, "annual_exam", WOMAN_OF_76)


def section(page: Page, code: str) -> Page:
    page.locator(f"#section-{code} > summary").click()
    return page


def test_the_sheet_fits_a_phone_and_is_accessible(exam: Page) -> None:
    assert exam.evaluate("document.documentElement.scrollWidth") == 360
    exam.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true })")
    assert Axe().run(exam, options=AXE).response["violations"] == []
    assert exam.faults == []  # type: ignore[attr-defined]


def test_progress_counts_what_is_asked_and_skips_what_is_starred(exam: Page) -> None:
    progress = exam.locator("[data-progress]")
    option(exam, "symptoms", "1").click()
    before, asked = (int(part) for part in progress.inner_text().split("/"))
    section(exam, "body")
    option(exam, "skin", "1").click()
    expect(progress).to_have_text(f"{before + 1}/{asked}")
    option(exam, "rectal", "1").click()
    expect(progress).to_have_text(f"{before + 1}/{asked}")


def test_the_rest_of_a_section_is_normal_in_one_tap_and_what_was_found_stays(exam: Page) -> None:
    section(exam, "organs")
    option(exam, "hearing", "2").click()
    exam.locator("#section-organs [data-rest-normal]").click()
    assert exam.locator("#id_hearing_2").is_checked()
    assert exam.locator("#id_lips_1").is_checked() and exam.locator("#id_movement_1").is_checked()
    assert exam.locator("#id_vision_left").input_value() == ""


def test_self_care_is_added_up_as_one_taps(exam: Page) -> None:
    section(exam, "elderly")
    for part in ("feeding", "grooming", "dressing", "toilet"):
        option(exam, f"adl_{part}", "1").click()
    expect(exam.locator('[data-computed="self_care"]')).to_have_text("—")
    option(exam, "adl_moving", "4").click()
    expect(exam.locator('[data-computed="adl_total"]')).to_have_text("10")
    expect(exam.locator('[data-computed="self_care"]')).to_have_text("中度依赖（9–18分）")


def test_the_long_test_opens_after_a_positive_screen(exam: Page) -> None:
    section(exam, "elderly")
    assert exam.locator('[data-field="mmse_total"]').is_hidden()
    option(exam, "recall_now", "1").click()
    option(exam, "recall_later", "2").click()
    assert exam.locator('[data-field="mmse_total"]').is_visible()


def test_a_man_of_58_is_asked_neither_block(phone: BrowserContext, server: LiveServer) -> None:
    page = opened(phone, server, "annual_exam", "?history=0")
    assert page.locator("#section-elderly").is_hidden()
    assert page.locator("#section-women").is_hidden()


def test_the_next_gap_opens_its_section(exam: Page) -> None:
    option(exam, "symptoms", "1").click()
    exam.locator("[data-next-gap]").click()
    assert exam.locator("#section-general").get_attribute("open") is not None
    assert exam.evaluate("document.activeElement.name") == "temperature"


def test_saving_leads_to_the_first_fault_and_keeps_everything(exam: Page) -> None:
    section(exam, "medicines")
    exam.locator("#id_medicines-0-name").fill("氨氯地平片")
    section(exam, "general")
    exam.locator("#id_pulse").fill("7 2")
    exam.locator("#id_waist").fill("8O")
    exam.locator(".visit-bar button[type=submit]").click()
    exam.locator("[data-first-fault]").click()
    assert exam.evaluate("document.activeElement.name") == "symptoms"
    assert exam.locator("#id_waist").input_value() == "8O"
    assert exam.locator("#id_medicines-0-name").input_value() == "氨氯地平片"


def test_tables_open_line_by_line_up_to_their_limit(exam: Page) -> None:
    section(exam, "vaccinations")
    lines = exam.locator("#section-vaccinations [data-line]:visible")
    add = exam.locator("#section-vaccinations [data-line-add]")
    assert lines.count() == 1
    add.click()
    add.click()
    assert lines.count() == 3
    assert add.is_hidden()

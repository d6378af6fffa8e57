import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("tests.look.urls"),
    pytest.mark.django_db(transaction=True),
]

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "rules": {"target-size": {"enabled": True}},
}
WIDTHS = [320, 360, 1280]


def opened(page: Page, address: str, width: int, language: str = "zh-CN", size: str = "normal") -> Page:
    page.set_viewport_size({"width": width, "height": 780})
    page.set_extra_http_headers({"Accept-Language": language})
    page.context.add_cookies([{"name": "type_size", "value": size, "url": address}])
    page.goto(address)
    return page


def found_by_axe(page: Page) -> list[str]:
    # Where the page was scrolled to a summary of errors, the bar above would lie over what happens to be there.
    page.evaluate("scrollTo(0, 0)")
    violations = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in violations]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", ["/_look/", "/account/login/"])
def test_page_passes_axe_and_fits_its_width(live_server, page, path, width):
    opened(page, live_server.url + path, width)
    assert found_by_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", ["/_look/", "/account/login/"])
def test_page_in_large_type_still_fits_a_phone(live_server, page, path):
    opened(page, live_server.url + path, 360, size="large")
    assert found_by_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_main_targets_are_44_pixels_high_and_60_in_large_type(live_server, page):
    for size, least in (("normal", 44), ("large", 60)):
        opened(page, live_server.url + reverse("account_login"), 360, size=size)
        assert page.locator("form.form .button-primary").bounding_box()["height"] >= least
        assert page.locator("#id_login").bounding_box()["height"] >= least


def test_error_summary_takes_the_focus(live_server, page):
    opened(page, live_server.url + reverse("account_login"), 360)
    page.fill("#id_login", "liu")
    page.fill("#id_password", "wrong")
    page.click("form.form .button-primary")
    page.wait_for_selector(".error-summary")
    assert page.evaluate("document.activeElement.classList.contains('error-summary')")
    assert page.input_value("#id_login") == "liu"


def test_confirm_dialog_opens_and_closes_without_leaving_the_page(live_server, page):
    opened(page, f"{live_server.url}/_look/", 1280)
    page.click("[data-dialog]")
    assert page.locator("#sample-dialog").is_visible()
    page.click("#sample-dialog [data-close]")
    assert not page.locator("#sample-dialog").is_visible()


def test_menu_closes_with_escape_and_gives_the_focus_back(live_server, page):
    opened(page, f"{live_server.url}/_look/", 360)
    page.click(".topbar summary")
    page.keyboard.press("Escape")
    assert page.locator(".menu-sheet").is_hidden()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_large_type_switches_at_once_and_stays(live_server, page):
    opened(page, f"{live_server.url}/account/login/", 360)
    with page.expect_response(lambda answer: "type-size" in answer.url):
        page.click("[data-type-switch] button")
    assert page.locator("html").get_attribute("data-type") == "large"
    page.reload()
    assert page.locator("html").get_attribute("data-type") == "large"


def test_progress_is_polled_until_the_work_is_done(live_server, page):
    opened(page, f"{live_server.url}/_look/", 1280)
    expect(page.locator("#progress progress")).to_have_attribute("value", "60000", timeout=15_000)
    assert page.locator("#progress").get_attribute("hx-get") is None


def test_fragment_that_meets_the_sign_in_page_leads_there_and_back(live_server, page):
    sign_in = live_server.url + reverse("account_login")
    page.route("**/_look/?done=*", lambda route: route.fulfill(status=302, headers={"Location": sign_in}))
    opened(page, f"{live_server.url}/_look/", 1280)
    page.wait_for_url(f"{sign_in}?next=%2F_look%2F")


def test_server_that_does_not_answer_is_said_and_the_page_stays(live_server, page):
    page.route("**/_look/?done=*", lambda route: route.abort())
    opened(page, f"{live_server.url}/_look/", 1280)
    expect(page.locator("#offline-strip")).to_be_visible(timeout=15_000)
    assert "服务器没有回应" in page.locator("#offline-strip").inner_text()


def test_no_page_breaks_the_security_policy(live_server, page):
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    for path in ("/_look/", "/account/login/"):
        opened(page, live_server.url + path, 360)
    assert complaints == []

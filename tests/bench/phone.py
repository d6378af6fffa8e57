"""A doctor's phone, four times slower than this machine: the first load on slow 3G, then opening and saving a visit."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, sync_playwright

from healthaid.demo.signins import PASSWORD
from healthaid.launch import browser
from tests.bench.serving import serving
from tests.bench.slow_line import SlowLine

SLOWER = 4
SCREEN = {"width": 360, "height": 740}
LINE = 'a[data-duty-line][href*="protocol=hypertension"]'
OPENS_UNDER, SAVES_UNDER = 1.0, 0.3
# The thumb's touch and what it led to, both on the clock that all pages of the phone share.
_WATCH = """
  const now = () => performance.timeOrigin + performance.now();
  const note = (name) => sessionStorage.setItem("bench." + name, now());
  addEventListener("click", () => note("touched"), true);
  new MutationObserver(() => {
    const shown = document.querySelector("[data-kept]:not([hidden]), #messages .note");
    if (shown && !sessionStorage.getItem("bench.shown")) requestAnimationFrame(() => setTimeout(() => note("shown")));
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["hidden"] });
"""
_HAS_COPIES = "async () => (await healthaidVault.get('meta', 'pages'))?.at > 0"
_DRAWN = """() => {
  const [nav] = performance.getEntriesByType("navigation");
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  return { paint: paint?.startTime ?? 0, ready: nav.domContentLoadedEventEnd, origin: performance.timeOrigin };
}"""


@dataclass(frozen=True)
class Timed:
    """Seconds; `target` is none where nothing is promised."""

    name: str
    seconds: list[float]
    target: float | None = None

    @property
    def median(self) -> float:
        return median(self.seconds)


def measure(rounds: int) -> Iterator[Timed]:
    """Each figure is of `rounds` runs; the first loads each of a browser that has nothing."""
    with serving("healthaid.wsgi:application", "phone") as served, sync_playwright() as playwright:
        line = SlowLine(served.port)
        line.open()
        yield from _first_loads(playwright.chromium, line, rounds)
        with _packed(playwright.chromium, line) as page:
            for name, on_slow_line, without in (
                ("without network", False, True),
                ("with a good network", False, False),
                ("on slow 3G", True, False),
            ):
                line.is_slow = on_slow_line
                page.context.set_offline(without)
                opened, saved = zip(*(_visit(page, line.port) for _round in range(rounds)), strict=True)
                promised = not on_slow_line
                yield Timed(f"open the form, {name}", list(opened), OPENS_UNDER if promised else None)
                yield Timed(f"save the visit, {name}", list(saved), SAVES_UNDER)
        line.close()


def _launched(chromium: BrowserType) -> dict[str, Any]:
    return {"executable_path": browser.find(), "args": ["--no-sandbox", "--disable-gpu"]}


def _first_loads(chromium: BrowserType, line: SlowLine, rounds: int) -> Iterator[Timed]:
    found: dict[str, list[float]] = {"Today": [], "the form": []}
    with chromium.launch(**_launched(chromium)) as running:
        state, form = _signed_in(running, line)
        for _round in range(rounds):
            for name, path in (("Today", "/today/"), ("the form", form)):
                found[name].append(_first_load(running, line, state, path))
    for name, seconds in found.items():
        yield Timed(f"first load of {name} on slow 3G, until it can be used", seconds)


def _signed_in(running: Browser, line: SlowLine) -> tuple[Any, str]:
    context = running.new_context(viewport=SCREEN, locale="zh-CN", service_workers="block")
    page = _sign_in(context.new_page(), line.port)
    form = page.locator(LINE).first.get_attribute("href")
    state = context.storage_state()
    context.close()
    return state, form or ""


def _first_load(running: Browser, line: SlowLine, state: Any, path: str) -> float:
    context = running.new_context(
        viewport=SCREEN, locale="zh-CN", service_workers="block", storage_state=state
    )
    page = context.new_page()
    _slow_down(page)
    line.is_slow = True
    page.goto(f"http://127.0.0.1:{line.port}{path}", wait_until="load")
    drawn = page.evaluate(_DRAWN)
    line.is_slow = False
    context.close()
    return float(max(drawn["paint"], drawn["ready"])) / 1000


@contextmanager
def _packed(chromium: BrowserType, line: SlowLine) -> Iterator[Page]:
    """A phone that was signed in once where there is network and has its copies; its processor is slow from then on."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as disk:
        context: BrowserContext = chromium.launch_persistent_context(
            disk, viewport=SCREEN, locale="zh-CN", **_launched(chromium)
        )
        try:
            context.add_init_script(_WATCH)
            page = _sign_in(context.pages[0], line.port)
            while not page.evaluate(_HAS_COPIES):
                page.wait_for_timeout(500)
            page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
            _slow_down(page)
            yield page
        finally:
            context.close()


def _sign_in(page: Page, port: int) -> Page:
    page.goto(f"http://127.0.0.1:{port}/account/login/")
    page.fill("#id_login", "doctor1")
    page.fill("#id_password", PASSWORD)
    page.locator("form.form .button-primary").click()
    page.wait_for_url("**/today/**")
    return page


def _slow_down(page: Page) -> None:
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def _visit(page: Page, port: int) -> tuple[float, float]:
    """From Today to the next person's form, two readings and one answer, saved: seconds to open, seconds to save."""
    page.goto(f"http://127.0.0.1:{port}/today/", wait_until="load")
    page.wait_for_timeout(1500)
    page.evaluate("() => document.querySelectorAll('details').forEach((folded) => (folded.open = true))")
    page.locator(f"{LINE}:not(:has([data-phone-state]))").first.evaluate("(line) => line.click()")
    page.locator('[name="sbp"]').wait_for()
    page.wait_for_load_state("load")
    drawn = page.evaluate(_DRAWN)
    touched = float(page.evaluate("() => sessionStorage.getItem('bench.touched')"))
    opened = drawn["origin"] + max(drawn["paint"], drawn["ready"]) - touched
    page.fill('[name="sbp"]', "132")
    page.fill('[name="dbp"]', "82")
    page.locator('label[for="id_adherence_1"]').click()
    page.wait_for_timeout(1000)
    page.evaluate("() => sessionStorage.removeItem('bench.shown')")
    page.locator(".visit-bar [type=submit]").click(no_wait_after=True)
    page.wait_for_function("() => sessionStorage.getItem('bench.shown')", timeout=20_000)
    touched, shown = page.evaluate(
        "() => ['touched', 'shown'].map((name) => Number(sessionStorage.getItem('bench.' + name)))"
    )
    page.wait_for_url("**/today/**")
    return opened / 1000, (shown - touched) / 1000

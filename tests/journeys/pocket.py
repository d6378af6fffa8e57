"""A doctor's phone in a pocket: it can lose the network, be killed, and come back with what its disk holds."""

import contextlib
import os
import signal
import time
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import BrowserContext, BrowserType, Page, expect
from playwright.sync_api import Error as PlaywrightError

from core.accounts.models import User
from tests.journeys.conftest import PASSWORD, PHONE
from tests.journeys.house import House

PATIENCE = 40
# The background sync of the browser would send behind the test's back.
_NO_BACKGROUND = """
  Object.defineProperty(ServiceWorkerRegistration.prototype, "sync", { value: undefined });
"""


class Pocket:
    """`page` is the phone's window. `kill()` ends the browser as a flat battery does; `wake()` starts it again."""

    def __init__(
        self, browser_type: BrowserType, arguments: dict[str, Any], house: House, disk: Path
    ) -> None:
        self.browser_type, self.arguments, self.house, self.disk = browser_type, arguments, house, disk
        self.faults: list[str] = []
        self.context: BrowserContext
        self.page: Page
        self.wake()

    def wake(self, *, online: bool = True) -> Page:
        self.context = self.browser_type.launch_persistent_context(
            str(self.disk), viewport=PHONE, locale="zh-CN", accept_downloads=True, **self.arguments
        )
        self.context.add_init_script(_NO_BACKGROUND)
        self.context.set_offline(not online)
        self.page = self.context.pages[0] if self.context.pages else self.context.new_page()
        self.page.on("pageerror", lambda fault: self.faults.append(f"{fault.stack}"[:400]))
        return self.page

    def kill(self) -> None:
        for process in psutil.process_iter(["pid", "cmdline"]):
            if any(str(self.disk) in part for part in process.info["cmdline"] or []):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process.info["pid"], signal.SIGKILL)
        with contextlib.suppress(Exception):
            self.context.close()

    def close(self) -> None:
        with contextlib.suppress(Exception):
            self.context.close()

    def go(self, path: str) -> Page:
        """A page that was just leaving for another may win over the first attempt."""
        try:
            self.page.goto(self.house.url + path)
        except PlaywrightError:
            self.page.wait_for_load_state()
            self.page.goto(self.house.url + path)
        return self.page

    def sign_in(self, user: User) -> Page:
        """Where the session outlived a killed browser, Today is there at once."""
        self.go("/account/login/")
        if "/today/" in self.page.url:
            return self.page
        self.page.fill("#id_login", user.username)
        self.page.fill("#id_password", PASSWORD)
        self.page.locator("form.form .button-primary").click()
        self.page.wait_for_url("**/today/**")
        return self.page

    def network(self, on: bool) -> None:
        self.context.set_offline(not on)

    def settle(self) -> None:
        """Waits until the phone has its key and a copy of every page on its list."""
        assert self.page.evaluate("() => window.healthaidPhone.ready")
        self.until("async () => (await healthaidVault.get('meta', 'pages'))?.at > 0")
        self.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")

    def until(self, question: str) -> None:
        """Asks the page until it says yes."""
        deadline = time.monotonic() + PATIENCE
        while not self.page.evaluate(question):
            assert time.monotonic() < deadline, question
            self.page.wait_for_timeout(200)

    def pack(self, user: User) -> Page:
        """Signed in once with network, as in the morning at the clinic."""
        self.sign_in(user)
        self.settle()
        return self.page

    def counts(self) -> dict[str, int]:
        """Asked again where the page was just leaving for another."""
        for _attempt in range(3):
            with contextlib.suppress(PlaywrightError):
                found: dict[str, int] = self.page.evaluate("() => healthaidPhone.counts()")
                return found
            self.page.wait_for_load_state()
        raise AssertionError("the page does not stand still")

    def wait_for(self, **wanted: int) -> None:
        deadline = time.monotonic() + PATIENCE
        while any(self.counts()[name] != count for name, count in wanted.items()):
            assert time.monotonic() < deadline, self.counts()
            self.page.wait_for_timeout(200)


def open_first_sheet(page: Page) -> None:
    page.locator(".day-line").first.click()
    expect(page.locator('[name="sbp"]')).to_be_visible()


def fill_readings(page: Page, upper: str = "152", lower: str = "94") -> None:
    page.fill('[name="sbp"]', upper)
    page.fill('[name="dbp"]', lower)
    page.locator('label[for="id_adherence_1"]').click()


def save(page: Page) -> None:
    page.get_by_role("button", name="保存随访").click()

"""The people of the journeys, each at their own screen, in front of the product as it runs."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, Page

from core.accounts.models import User
from tests.journeys.house import House

PASSWORD = "a long enough password"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 860}


@pytest.fixture(scope="session")
def open_house(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[House]:
    with django_db_blocker.unblock():
        house = House(tmp_path_factory.mktemp("house"))
    house.open()
    yield house
    house.close()


@pytest.fixture
def house(transactional_db: None, open_house: House) -> House:
    return open_house


@pytest.fixture
def staffed_house(house: House) -> House:
    house.employ()
    return house


class Screen:
    """A browser window of one person. Whatever the console complains of fails the journey at its end."""

    def __init__(self, context: BrowserContext, house: House) -> None:
        self.context = context
        self.house = house
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda fault: self.complaints.append(str(fault)))

    def _listen(self, line: Any) -> None:
        # A refused form answers 422 and a locked door 429: that is meant, and the browser logs both.
        if line.type == "error" and "the server responded with a status of 4" not in line.text:
            self.complaints.append(line.text)

    def go(self, path: str) -> Page:
        self.page.goto(self.house.url + path)
        return self.page

    def sign_in(self, user: User, password: str = PASSWORD) -> Page:
        self.go("/account/login/")
        self.page.fill("#id_login", user.username)
        self.page.fill("#id_password", password)
        self.page.locator("form.form .button-primary").click()
        return self.page

    def let_in(self, user: User) -> None:
        """Signed in without the form, where signing in is not what the journey is about."""
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = BACKEND
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        self.context.add_cookies(
            [{"name": "sessionid", "value": str(session.session_key), "url": self.house.url}]
        )


@pytest.fixture
def screen(browser: Browser, house: House) -> Iterator[Callable[..., Screen]]:
    opened: list[Screen] = []

    def open_screen(size: dict[str, int], locale: str = "zh-CN") -> Screen:
        context = browser.new_context(viewport=size, locale=locale, accept_downloads=True)
        opened.append(Screen(context, house))
        return opened[-1]

    yield open_screen
    for each in opened:
        each.context.close()
    assert [complaint for each in opened for complaint in each.complaints] == []


@pytest.fixture
def phone(screen: Callable[..., Screen]) -> Screen:
    return screen(PHONE)


@pytest.fixture
def desk(screen: Callable[..., Screen]) -> Screen:
    return screen(DESK)


def book_of(download: Any) -> Any:
    """The first sheet of a downloaded .xlsx; the browser keeps it under a name without an ending."""
    return openpyxl.load_workbook(BytesIO(Path(download.path()).read_bytes())).active


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user

"""Fixtures every test may use: the small county and its fixed cast."""

import os
from typing import Any

import pytest
from django.test import Client
from django.urls import set_urlconf

from tests.factories.ground import Cast, County, a_cast, a_county

# Playwright keeps an event loop in the thread that also asks the database for fixtures.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(autouse=True)
def addresses_of_pages():
    """A program's request has addresses of its own; what a test asks for afterwards is a page again."""
    set_urlconf(None)


@pytest.fixture
def county(db: None) -> County:
    return a_county()


@pytest.fixture
def cast(county: County) -> Cast:
    return a_cast(county)


@pytest.fixture
def signed_in():
    """A browser-less client signed in as the given user: `signed_in(cast.doctor)`."""

    def sign_in(user, **defaults) -> Client:
        client = Client(**defaults)
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's chromium, named by `./run test`; no browser is ever downloaded."""
    executable = os.environ.get("HEALTHAID_CHROMIUM") or "/usr/bin/chromium"
    return browser_type_launch_args | {
        "executable_path": executable,
        "args": ["--no-sandbox", "--disable-gpu"],
    }

"""What a doctor's first page costs on a weak network, counted from the bytes that really came."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from tests.factories.followups import a_duty
from tests.factories.registry import a_condition, a_household, a_person
from tests.journeys.conftest import PHONE, Screen
from tests.journeys.house import ROOT, House

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
LIMIT = 150_000
COUNTED = {"Document", "Script", "Stylesheet", "Image", "Font"}


@pytest.fixture(scope="module")
def built_house(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[House]:
    with django_db_blocker.unblock():
        house = House(tmp_path_factory.mktemp("built"))
    house.environment |= {
        "DJANGO_SETTINGS_MODULE": "tests.journeys.built",
        "STATIC_ROOT": str(house.folder / "static"),
    }
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v", "0"]
    subprocess.run(collect, cwd=ROOT, env=house.environment, check=True)
    house.open()
    yield house
    house.close()


def test_first_load_of_a_doctors_pages_is_small(
    transactional_db, built_house, browser: Browser, county, cast
):
    today = timezone.localdate()
    for number in range(20):
        man = a_person(a_household(county.lianhe), name=f"陈铁{number}")
        a_condition(man)
        a_duty(man, starts_on=today - timedelta(days=30), ends_on=today)
    person = f"/visits/new/?person={man.uuid}&protocol=hypertension"
    sizes = {path: _bytes(browser, built_house, cast.doctor, path) for path in ("/today/", person, "/queue/")}
    assert max(sizes.values()) < LIMIT, sizes


def _bytes(browser: Browser, house: House, user: Any, path: str) -> int:
    """A browser that has nothing yet opens one page; copies made afterwards are not part of it."""
    context = browser.new_context(viewport=PHONE, locale="zh-CN", service_workers="block")
    screen = Screen(context, house)
    screen.let_in(user)
    network = context.new_cdp_session(screen.page)
    kinds: dict[str, str] = {}
    came: dict[str, int] = {}
    network.on("Network.responseReceived", lambda told: kinds.update({told["requestId"]: told["type"]}))
    network.on(
        "Network.loadingFinished",
        lambda told: came.update({told["requestId"]: int(told["encodedDataLength"])}),
    )
    network.send("Network.enable")
    screen.go(path)
    screen.page.wait_for_load_state("networkidle")
    context.close()
    return sum(size for request, size in came.items() if kinds.get(request) in COUNTED)

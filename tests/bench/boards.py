"""What a page of figures costs beside a look-up by primary key, however many people are stored.

The two are asked in turn, so that other work of the machine weighs on both."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from statistics import median
from typing import Any

import psutil
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.accounts.models import Area, Level, User
from healthaid.reports.services.summaries.refreshing import counties, recount
from households.models import Person
from tests.bench.volume import multiply

SCALES = (1, 15, 150)
TARGET = 1.5


@dataclass(frozen=True)
class Page:
    """Milliseconds of processor time, page and look-up by primary key in each round; `times` is the first over
    the second. Medians."""

    scale: int
    name: str
    rounds: list[tuple[float, float]]
    statements: int

    @property
    def milliseconds(self) -> float:
        return median(page for page, _look_up in self.rounds)

    @property
    def look_up(self) -> float:
        return median(look_up for _page, look_up in self.rounds)

    @property
    def times(self) -> float:
        return median(page / look_up for page, look_up in self.rounds)


def measure(on: date, *, up_to: int, rounds: int) -> Iterator[Page]:
    """The demo is there; each scale is made from the one before, counted once, then asked for."""
    for scale in (each for each in SCALES if each <= up_to):
        if scale > 1:
            multiply(scale)
        for county in counties():
            recount(county=county, on=on, at=timezone.now())
        persons = cycle(Person.objects.order_by("id").values_list("pk", flat=True)[::97])
        for name, url in _pages():
            yield _page(scale, name, url, persons, rounds)


def _pages() -> list[tuple[str, str]]:
    village = Area.objects.filter(level=Level.VILLAGE, households__isnull=False).order_by("code").first()
    assert village is not None
    areas = {"county": village.county, "township": village.parent, "village": village}
    return [(name, f"{reverse('reports:dashboard')}?area={area.pk}") for name, area in areas.items()]


def _page(scale: int, name: str, url: str, persons: Iterator[int], rounds: int) -> Page:
    client = Client(SERVER_NAME="localhost")
    client.force_login(
        User.objects.get(username="county1"), "allauth.account.auth_backends.AuthenticationBackend"
    )
    _asked(client, url)
    with CaptureQueriesContext(connection) as found:
        _asked(client, url)
    statements = len(found)
    costs = [
        (_cost(lambda: _asked(client, url), 5), _cost(lambda: Person.objects.get(pk=next(persons)), 500))
        for _n in range(rounds)
    ]
    return Page(scale, name, costs, statements)


def _asked(client: Client, url: str) -> None:
    answer = client.get(url)
    if answer.status_code != 200:
        raise RuntimeError(f"{url}: {answer.status_code}")


def _cost(work: Callable[[], Any], count: int) -> float:
    """Milliseconds of processor time for one: this process and its database process."""
    before = _spent()
    for _n in range(count):
        work()
    return (_spent() - before) / count * 1000


def _spent() -> float:
    connection.ensure_connection()
    backend = psutil.Process(connection.connection.info.backend_pid).cpu_times()
    return time.process_time() + backend.user + backend.system

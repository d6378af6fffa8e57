"""How much a doctor's phone copies: counted for the doctor of the demo's first village."""

import gzip
import re
import sys
from collections import defaultdict
from collections.abc import Iterator

import pytest
from django.test import Client

from core.accounts.models import User
from tests.healthaid.demo.conftest import ON

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("demo")]
MOST_PAGES, MOST_BYTES = 200, 2_100_000
LOOKED_AT = 12
HOMES = "/sync/homes?of="


@pytest.fixture
def doctor(demo, monkeypatch) -> Client:
    for view in ("sync", "homes", "today", "blanks"):
        monkeypatch.setattr(f"followups.views.{view}.today", lambda: ON)
    client = Client(headers={"X-Phone-Copy": "1"})
    client.force_login(
        User.objects.get(username="doctor1"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


def _packed(client: Client, url: str) -> int:
    answer = client.post(url) if url.startswith("/call/") else client.get(url)
    assert answer.status_code == 200, url
    return len(gzip.compress(answer.content, 6))


def _kinds(urls: list[str]) -> Iterator[list[str]]:
    """Addresses of one kind together: pages of households, of persons, blank sheets, single pages."""
    found: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        found[re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", url)].append(url)
    yield from found.values()


def test_the_demo_doctors_phone_copies_under_200_pages_and_2_1_megabytes(doctor):
    """Of each kind every n-th page is weighed; what fills the sheets is weighed whole."""
    urls = [page["url"] for page in doctor.get("/sync/list").json()["pages"]]
    homes = [url.removeprefix(HOMES) for url in urls if url.startswith(HOMES)]
    pages = [url for url in urls if not url.startswith(HOMES)]
    weight = sum(_packed(doctor, HOMES + ",".join(homes[at : at + 40])) for at in range(0, len(homes), 40))
    for kind in _kinds(pages):
        weighed = kind[:: max(len(kind) // LOOKED_AT, 1)]
        weight += sum(_packed(doctor, url) for url in weighed) * len(kind) // len(weighed)
    figures = f"{len(pages)} pages, {len(homes)} households to fill sheets with, {weight / 1e6:.2f} MB packed"
    sys.stdout.write(figures)  # seen with -s
    assert len(pages) < MOST_PAGES and weight < MOST_BYTES, figures

"""A register import and the refresh of kept figures, each in its own connection, never wait for each other."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections, transaction
from django.utils import timezone

from healthaid.reports.services.summaries import refreshing
from households.models import RegisterImport
from households.services import imports
from tests.factories.registers import csv_register, household

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = "1s"
"""Whoever meets a lock of the other side gives up after this, and the test fails."""


@contextmanager
def _open(work) -> Iterator[None]:
    """What `work` does stands in another connection, not committed, for as long as the block lasts."""
    written, enough = Event(), Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                work()
                written.set()
                enough.wait(60)
        finally:
            written.set()
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(hold)
        written.wait(60)
        try:
            yield
        finally:
            enough.set()
            held.result()


def _impatient() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout TO '{PATIENCE}'")


@pytest.fixture
def ordered(township, cast, today, settings, tmp_path) -> RegisterImport:
    """Read, compared and to be applied: two new households of the township."""
    settings.MEDIA_ROOT = tmp_path
    content = csv_register([*household(1, size=3), *household(2)])
    found = imports.receive_register(file=SimpleUploadedFile("岳塘区.csv", content), by=cast.county)
    imports.run_preview(import_id=found.pk, on=today)
    found.refresh_from_db()
    imports.order_apply(register_import=found, effective_on=today, by=cast.county, on=today)
    return found


def _refresh(today) -> int:
    return refreshing.refresh_all(on=today, at=timezone.now())


def test_an_import_is_applied_while_figures_are_being_counted(ordered, today):
    with _open(lambda: _refresh(today)):
        _impatient()
        imports.run_apply(import_id=ordered.pk, on=today)
        ordered.refresh_from_db()
        assert (ordered.state, ordered.problem) == ("applied", {})


def test_a_register_is_read_while_figures_are_being_counted(ordered, cast, today):
    content = csv_register([*household(3)])
    again = imports.receive_register(file=SimpleUploadedFile("again.csv", content), by=cast.county)
    with _open(lambda: _refresh(today)):
        _impatient()
        imports.run_preview(import_id=again.pk, on=today)
        again.refresh_from_db()
        assert (again.state, again.problem) == ("previewed", {})


def test_figures_are_counted_while_an_import_is_being_applied(ordered, today):
    _refresh(today)
    with _open(lambda: imports.run_apply(import_id=ordered.pk, on=today)):
        _impatient()
        _refresh(today)
    assert _refresh(today) > 0

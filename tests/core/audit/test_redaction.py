"""No identity or phone number leaves in a log line; durations and short numbers stay readable."""

import logging

import pytest

from core.audit.redaction import RedactPersonal, redact


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("id 11010519491231002X here", "110***2X"),
        ("call 13900000007 now", "139***07"),
        ("fifteen 110105491231002", "110***02"),
    ],
)
def test_numbers_of_persons_are_cut(text, seen):
    assert seen in redact(text)
    assert not any(part.isdigit() and len(part) > 6 for part in redact(text).split())


@pytest.mark.parametrize(
    "text", ["took 1.49413900000007s", "household 4303040022", "port 8000", "2026-11-22"]
)
def test_other_numbers_stay(text):
    assert redact(text) == text


def test_the_filter_also_reads_arguments():
    record = logging.LogRecord("x", logging.INFO, "", 1, "person %s", ("11010519491231002X",), None)
    RedactPersonal().filter(record)
    assert record.getMessage() == "person 110***2X"


def test_a_request_is_logged_without_its_query(cast, signed_in, caplog):
    with caplog.at_level(logging.INFO):
        signed_in(cast.doctor).get("/households/?q=单小华")
    lines = [record.getMessage() for record in caplog.records if "/households/" in record.getMessage()]
    assert lines
    assert "单小华" not in caplog.text
    assert "%E5%8D%95" not in caplog.text

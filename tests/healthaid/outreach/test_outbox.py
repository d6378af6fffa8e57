"""The outbox: one row for each person, purpose and period; delivered once; quiet at night."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from healthaid.outreach.models import Message
from healthaid.outreach.services import sending
from healthaid.outreach.services.queueing import Draft, out_of_quiet_hours, queue_messages
from healthaid.outreach.texts import wordings

NOW = datetime(2026, 5, 20, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    settings.VAR_DIR = tmp_path
    return tmp_path / "outbox"


def queue(user, **more):
    draft = Draft(user_id=user.pk, language=more.pop("language", "zh-hans"), context={"due": 3, "overdue": 1})
    return queue_messages(
        [draft], **{"purpose": "morning", "period": "2026-05-20", "template": "morning_reminder", **more}
    )


def test_the_same_purpose_and_period_leave_one_row(cast):
    assert (queue(cast.doctor), queue(cast.doctor), queue(cast.colleague)) == (1, 0, 1)


def test_a_message_is_said_in_the_language_of_its_reader(cast, folder):
    queue(cast.doctor)
    queue(cast.colleague, language="en")
    assert sending.send_queued(limit=10, at=NOW) == 2
    said = sorted(json.loads(path.read_text())["text"] for path in folder.glob("*.json"))
    assert said[0].startswith("3 visits are due today")
    assert said[1].startswith("今日待访 3 项")


def test_a_message_claimed_by_a_dead_worker_is_sent_once(cast, folder):
    queue(cast.doctor)
    [message] = sending.claim(limit=1, at=NOW)
    sending.channel("file").deliver(message.pk, message.recipient_key, "said")
    assert sending.requeue_stale(at=NOW) == 0
    later = NOW + timedelta(seconds=settings.OUTREACH_CLAIM_LASTS + 1)
    assert sending.requeue_stale(at=later) == 1
    assert sending.send_queued(limit=10, at=later) == 1
    [path] = folder.glob("*.json")
    assert json.loads(path.read_text())["text"] == "said"


def test_a_channel_that_refuses_is_tried_five_times_and_then_reported(cast, folder):
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("a file where the folder should be")
    queue(cast.doctor)
    at = NOW
    for _attempt in range(Message.MAX_ATTEMPTS):
        assert sending.send_queued(limit=10, at=at) == 0
        at += timedelta(days=1)
    message = Message.objects.get()
    assert (message.state, message.attempts, message.error) == ("failed", 5, "FileExistsError")


def test_a_message_waits_for_its_hour(cast):
    queue(cast.doctor, not_before=NOW + timedelta(hours=1))
    assert sending.send_queued(limit=10, at=NOW) == 0
    assert sending.send_queued(limit=10, at=NOW + timedelta(hours=1)) == 1


@pytest.mark.parametrize(
    ("local", "expected"),
    [("20:59", "20:59"), ("21:00", "07:00"), ("23:30", "07:00"), ("06:59", "07:00"), ("07:00", "07:00")],
)
def test_nobody_is_woken_at_night(local, expected):
    hour, minute = map(int, local.split(":"))
    at = datetime(2026, 5, 20, hour, minute, tzinfo=UTC) - timedelta(hours=8)
    assert out_of_quiet_hours(at).strftime("%H:%M") == expected
    assert out_of_quiet_hours(at) >= at


def test_the_inbox_shows_what_is_new_and_then_no_longer(cast, signed_in):
    queue(cast.doctor)
    sending.send_queued(limit=10, at=NOW)
    client = signed_in(cast.doctor)
    assert "<strong>" in client.get(reverse("outreach:inbox")).content.decode()
    assert Message.objects.filter(read_at=None).count() == 0


def test_every_wording_exists_in_both_languages_with_the_same_numbers():
    for name, wording in wordings().items():
        assert set(wording) == {"zh", "en"}, name
        zh, en = (
            {part.split("}")[0] for part in wording[language].split("{")[1:]} for language in ("zh", "en")
        )
        assert {word.removesuffix("_zh") for word in zh} == {word.removesuffix("_en") for word in en}, name

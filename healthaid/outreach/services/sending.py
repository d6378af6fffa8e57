"""Emptying the outbox. A message is claimed, delivered, marked; a death in between delivers nothing twice,
because every channel knows a message by its number."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from healthaid.outreach.channels import channel
from healthaid.outreach.models import Message
from healthaid.outreach.texts import rendered

log = logging.getLogger(__name__)
State = Message.State
BACK_OFF = timedelta(minutes=2)


@transaction.atomic
def claim(*, limit: int, at: datetime) -> list[Message]:
    """This will take up to `limit` waiting messages; two workers never take the same one."""
    ready = Message.objects.filter(Q(not_before=None) | Q(not_before__lte=at), state=State.QUEUED)
    rows = list(ready.select_for_update(skip_locked=True).order_by("id")[:limit])
    ids = [row.pk for row in rows]
    Message.objects.filter(pk__in=ids).update(state=State.SENDING, claimed_at=at, attempts=F("attempts") + 1)
    return list(Message.objects.filter(pk__in=ids).order_by("id"))


def send_queued(*, limit: int, at: datetime) -> int:
    """This will deliver what waits; gives how many were delivered."""
    return sum(_delivered(message, at) for message in claim(limit=limit, at=at))


def _delivered(message: Message, at: datetime) -> bool:
    try:
        channel(message.channel).deliver(message.pk, message.recipient_key, rendered(message))
    except OSError as error:
        _put_back(message, at, error)
        return False
    mine = Message.objects.filter(pk=message.pk, state=State.SENDING)
    return mine.update(state=State.SENT, sent_at=at, error="") == 1


def _put_back(message: Message, at: datetime, error: OSError) -> None:
    over = message.attempts >= Message.MAX_ATTEMPTS
    log.warning("message %s was not delivered: %s", message.pk, type(error).__name__)
    Message.objects.filter(pk=message.pk).update(
        state=State.FAILED if over else State.QUEUED,
        not_before=at + BACK_OFF * 2**message.attempts,
        error=type(error).__name__,
    )


def requeue_stale(*, at: datetime) -> int:
    """This will put back what a dead worker had claimed."""
    before = at - timedelta(seconds=settings.OUTREACH_CLAIM_LASTS)
    lost = Message.objects.filter(state=State.SENDING, claimed_at__lt=before)
    return lost.update(state=State.QUEUED)


def mark_read(*, by: Any, at: datetime) -> int:
    """This will note that the user has opened the inbox."""
    return Message.objects.filter(user=by, state=State.SENT, read_at=None).update(read_at=at)

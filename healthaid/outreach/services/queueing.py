"""Leaving messages in the outbox. The unique key (recipient, purpose, period) makes repeats impossible."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from healthaid.outreach.models import Message

QUIET_FROM, QUIET_UNTIL = time(21), time(7)


@dataclass(frozen=True, slots=True)
class Draft:
    """To one user or one registered person; `context` holds numbers, the text is made when it is sent."""

    user_id: int | None = None
    person_id: int | None = None
    language: str = "zh-hans"
    context: dict[str, Any] = field(default_factory=dict)

    @property
    def recipient_key(self) -> str:
        return f"user:{self.user_id}" if self.user_id else f"person:{self.person_id}"


def out_of_quiet_hours(at: datetime) -> datetime:
    """The moment itself, or the next seven in the morning when it falls into the night (Asia/Shanghai)."""
    local = at.astimezone(ZoneInfo(settings.TIME_ZONE))
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return local
    day = local.date() + timedelta(days=local.time() >= QUIET_FROM)
    return datetime.combine(day, QUIET_UNTIL, tzinfo=local.tzinfo)


def _message(draft: Draft, purpose: str, period: str, template: str, not_before: datetime | None) -> Message:
    return Message(
        recipient_key=draft.recipient_key,
        user_id=draft.user_id,
        person_id=draft.person_id,
        purpose=purpose,
        period=period,
        channel=settings.OUTREACH_CHANNEL,
        template=template,
        language=draft.language,
        context=draft.context,
        not_before=not_before,
    )


def queue_messages(
    drafts: Sequence[Draft], *, purpose: str, period: str, template: str, not_before: datetime | None = None
) -> int:
    """This will leave a row for each draft that has none yet for this purpose and period; gives how many."""
    keys = [draft.recipient_key for draft in drafts]
    known = Message.objects.filter(purpose=purpose, period=period, recipient_key__in=keys)
    before = known.count()
    rows = [_message(draft, purpose, period, template, not_before) for draft in drafts]
    Message.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    return known.count() - before

"""Reading the outbox."""

from typing import Any

from healthaid.outreach.models import Message


def unread_count(user: Any) -> int:
    return Message.objects.filter(user=user, state=Message.State.SENT, read_at=None).count()

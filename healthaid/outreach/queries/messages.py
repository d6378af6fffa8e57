"""Reading the outbox."""

from typing import Any

from django.db.models import QuerySet

from healthaid.outreach.models import Message


def inbox(user: Any) -> QuerySet[Message]:
    return Message.objects.filter(user=user, state=Message.State.SENT).order_by("-id")


def unread_count(user: Any) -> int:
    return inbox(user).filter(read_at=None).count()

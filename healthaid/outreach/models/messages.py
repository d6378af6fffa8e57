"""The outbox: a row is the job, one row per person, purpose and period."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.base.models import Stamped, stamp_trigger
from households.models import Person


class Message(Stamped):
    """Something to tell one user or one registered person. A worker claims the row; Celery only wakes it."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("context", "error")
    PLAIN: ClassVar[tuple[str, ...]] = (
        "purpose",
        "period",
        "channel",
        "template",
        "language",
        "state",
        "recipient_key",
    )

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        SENDING = "sending", _("sending")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    MAX_ATTEMPTS: ClassVar[int] = 5

    recipient_key = models.CharField(max_length=40, help_text="user:<id> or person:<id>")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="messages"
    )
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="messages")
    purpose = models.CharField(max_length=30)
    period = models.CharField(max_length=20)
    channel = models.CharField(max_length=12)
    template = models.CharField(max_length=40)
    language = models.CharField(max_length=8, default="zh-hans")
    context = models.JSONField(
        default=dict, help_text="numbers and ids only; the text is made when it is sent"
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient_key", "purpose", "period"],
                name="one_message_per_person_purpose_and_period",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, person=None) | Q(user=None, person__isnull=False),
                name="message_has_one_recipient",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="sent_message_has_its_time"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "not_before"], name="message_outbox", condition=~Q(state="sent")),
            models.Index(fields=["user", "-id"], name="message_inbox"),
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.recipient_key} {self.purpose} {self.period}"

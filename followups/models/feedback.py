"""What people say about the service, in their own words (DOMAIN A20)."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Area
from core.accounts.scope import ScopedManager
from core.audit.history import tracked
from core.base.ids import uuid7
from core.base.models import Stamped, stamp_trigger
from followups.choices import FeedbackChannel, FeedbackKind, FeedbackState
from followups.models.contracts import Team
from households.models import Person


@tracked()
class Feedback(Stamped):
    """Praise, complaint or suggestion. Unsigned without a person; open until answered."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("words", "about", "answer")
    PLAIN: ClassVar[tuple[str, ...]] = ("kind", "channel", "state", "received_on", "closed_on")
    VILLAGE: ClassVar[str] = "village"

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="feedback")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("village"))
    team = models.ForeignKey(
        Team, null=True, on_delete=models.PROTECT, related_name="feedback", verbose_name=_("team")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=FeedbackKind.choices)
    channel = models.CharField(_("how it came"), max_length=8, choices=FeedbackChannel.choices)
    about = models.CharField(_("about whom"), max_length=60, blank=True)
    words = models.CharField(_("in the person's own words"), max_length=500)
    received_on = models.DateField(_("received on"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        _("state"), max_length=8, choices=FeedbackState.choices, default=FeedbackState.OPEN
    )
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_on = models.DateField(_("closed on"), null=True)

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=FeedbackState.OPEN, closed_on=None, answer="", answered_by=None)
                | (
                    Q(state=FeedbackState.CLOSED, closed_on__gte=F("received_on"), answered_by__isnull=False)
                    & ~Q(answer="")
                ),
                name="closed_feedback_has_its_answer",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="feedback_has_words"),
        ]
        indexes = [models.Index(fields=["village", "state", "received_on"], name="feedback_scope")]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"

"""Meetings of the departments, what was said, and what somebody has to do until when (DOMAIN A76)."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Area
from core.audit.history import tracked
from core.base.models import Stamped, stamp_trigger
from healthaid.outreach.choices import ActionState, Department, MeetingKind
from healthaid.outreach.models.papers import PAPER, WithPaper


@tracked()
class Meeting(WithPaper):
    """`area` is whose meeting it was: a county's or a township's. Minutes name no patient."""

    PLAIN: ClassVar[tuple[str, ...]] = (
        *("kind", "title", "held_on", "place", "chair", "departments", "attendees", "minutes"),
        *PAPER,
    )

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(_("kind"), max_length=12, choices=MeetingKind.choices)
    title = models.CharField(_("title"), max_length=120)
    held_on = models.DateField(_("held on"))
    place = models.CharField(_("place"), max_length=80, blank=True)
    chair = models.CharField(_("chair"), max_length=40)
    departments = ArrayField(models.CharField(max_length=16, choices=Department.choices), default=list)
    attendees = models.CharField(max_length=500, blank=True)
    minutes = models.TextField(_("minutes"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(minutes="") & ~Q(departments=[]), name="meeting_has_its_minutes"
            )
        ]
        indexes = [models.Index(fields=["area", "-held_on"], name="meeting_list")]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.title} {self.held_on}"


@tracked()
class MeetingAction(Stamped):
    """What a meeting asked of one person, until a day; done with a result, or dropped with a reason."""

    PLAIN: ClassVar[tuple[str, ...]] = ("task", "due_on", "state", "ended_on", "result")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="actions")
    task = models.CharField(_("task"), max_length=300)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="meeting_actions"
    )
    due_on = models.DateField(_("due on"))
    state = models.CharField(max_length=8, choices=ActionState.choices, default=ActionState.OPEN)
    ended_on = models.DateField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    result = models.CharField(_("result"), max_length=300, blank=True)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(task=""), name="action_says_what"),
            models.CheckConstraint(
                condition=Q(state="open", ended_on=None, ended_by=None)
                | (~Q(state="open") & Q(ended_on__isnull=False, ended_by__isnull=False) & ~Q(result="")),
                name="ended_action_says_how",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "due_on"], name="action_open", condition=Q(state="open")),
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return self.task


@tracked()
class ActionEscalation(Stamped):
    """That somebody was told of a task past its day; where another day was agreed, it climbs anew."""

    PLAIN: ClassVar[tuple[str, ...]] = ("step", "due_on", "told_on", "channel")

    action = models.ForeignKey(MeetingAction, on_delete=models.CASCADE, related_name="escalations")
    step = models.CharField(max_length=12)
    due_on = models.DateField()
    told = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    told_on = models.DateField()
    channel = models.CharField(max_length=12)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["action", "step", "due_on"], name="one_escalation_per_action_step_and_day"
            ),
            models.CheckConstraint(
                condition=Q(told_on__gt=F("due_on")), name="told_of_an_action_that_is_late"
            ),
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.action_id} {self.step}"

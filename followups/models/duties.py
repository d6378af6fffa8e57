"""What is owed, to whom, by when, and by which rule."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Area
from core.accounts.scope import ScopedManager
from core.audit.history import tracked, tracked_from_second_version
from core.base.models import Stamped, stamp_trigger
from followups.choices import DutyState, NotFoundReason, PlanChangeReason, Risk
from followups.models.contracts import Team
from followups.models.visits import Visit
from households.models import Household, Person
from households.models.triggers import tombstone_on_move


@tracked_from_second_version()
class Duty(Stamped):
    """One visit owed in one window: it can be fulfilled from `starts_on`, is best done by `due_on`, and is
    overdue the day after `ends_on`. Without a person it is owed to the household as a whole."""

    PLAIN: ClassVar[tuple[str, ...]] = (
        *("protocol", "rule", "starts_on", "due_on", "ends_on", "state", "closed_on", "close_reason", "why"),
    )
    VILLAGE: ClassVar[str] = "village"
    SENSITIVE: ClassVar[str] = "is_sensitive"

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="duties")
    person = models.ForeignKey(
        Person, null=True, on_delete=models.CASCADE, related_name="duties", db_index=False
    )
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    county = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    team = models.ForeignKey(Team, null=True, on_delete=models.SET_NULL, related_name="duties")
    protocol = models.CharField(_("form"), max_length=24)
    rule = models.CharField(_("rule"), max_length=30)
    starts_on = models.DateField(_("from"))
    due_on = models.DateField(_("due"))
    ends_on = models.DateField(_("until"))
    risk = models.PositiveSmallIntegerField(_("risk"), choices=Risk.choices, default=Risk.ROUTINE)
    is_sensitive = models.BooleanField(default=False)
    why = models.JSONField(default=dict, help_text="what made it: reading, visit, rule parameters")
    state = models.CharField(max_length=10, choices=DutyState.choices, default=DutyState.OPEN)
    visit = models.ForeignKey(Visit, null=True, on_delete=models.PROTECT, related_name="duties")
    closed_on = models.DateField(null=True)
    close_reason = models.CharField(max_length=30, blank=True)

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "protocol", "rule", "starts_on"],
                name="one_duty_per_person_rule_and_window",
                condition=Q(person__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["household", "protocol", "rule", "starts_on"],
                name="one_duty_per_household_rule_and_window",
                condition=Q(person=None),
            ),
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("due_on")) & Q(due_on__lte=F("ends_on")),
                name="duty_window_in_order",
            ),
            models.CheckConstraint(
                condition=Q(state=DutyState.OPEN, closed_on=None)
                | (~Q(state=DutyState.OPEN) & Q(closed_on__isnull=False)),
                name="closed_duty_has_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(state=DutyState.DONE) | Q(visit__isnull=False), name="done_duty_names_its_visit"
            ),
        ]
        indexes = [
            models.Index(
                fields=["village", "ends_on", "due_on"],
                name="duty_open_scope",
                condition=Q(state=DutyState.OPEN),
            ),
            models.Index(fields=["village", "due_on", "state"], name="duty_scope"),
            models.Index(fields=["county", "changed_xid", "id"], name="duty_feed"),
            models.Index(
                fields=["ends_on"],
                name="duty_by_the_hour",
                condition=Q(state=DutyState.OPEN, why__has_key="until"),
            ),
            models.Index(
                fields=["county", "ends_on"],
                name="duty_cancelled",
                condition=Q(state=DutyState.CANCELLED),
            ),
        ]
        triggers = [stamp_trigger(), tombstone_on_move("duty", key="id")]

    def __str__(self) -> str:
        return f"{self.protocol} {self.due_on}"


@tracked()
class Attempt(Stamped):
    """A call where nobody could be visited. So many on different days, as the rule says, close the duty."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("note",)
    PLAIN: ClassVar[tuple[str, ...]] = ("attempted_on", "reason")
    VILLAGE: ClassVar[str] = "duty__village"
    SENSITIVE: ClassVar[str] = "duty__is_sensitive"

    uuid = models.UUIDField(unique=True)
    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="attempts")
    attempted_on = models.DateField(_("on"))
    reason = models.CharField(_("reason"), max_length=1, choices=NotFoundReason.choices)
    note = models.CharField(_("note"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["duty", "attempted_on"], name="one_attempt_per_duty_and_day"),
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.duty_id} {self.attempted_on}"


@tracked()
class PlanChange(Stamped):
    """A duty put on another day of its window: from when to when, why, by whom. Nothing is moved silently."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("note",)
    PLAIN: ClassVar[tuple[str, ...]] = ("was_on", "now_on", "changed_on", "reason")
    VILLAGE: ClassVar[str] = "duty__village"
    SENSITIVE: ClassVar[str] = "duty__is_sensitive"

    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="changes")
    was_on = models.DateField()
    now_on = models.DateField(_("new day"))
    reason = models.CharField(_("reason"), max_length=12, choices=PlanChangeReason.choices)
    note = models.CharField(_("note"), max_length=200, blank=True)
    changed_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(was_on=F("now_on")), name="plan_change_changes_the_day")
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.duty_id} {self.now_on}"

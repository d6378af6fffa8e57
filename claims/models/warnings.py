"""Warnings before illness makes a family poor again, and the yearly figures their thresholds refer to."""

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.choices import WarningState
from claims.models.settlements import Settlement
from claims.models.triggers import place_of_household
from core.accounts.models import Area
from core.accounts.scope import ScopedManager
from core.accounts.told import Told
from core.audit.history import tracked
from core.base.models import Stamped, stamp_trigger
from core.base.triggers import append_only, never_deleted
from households.models import Household, Person
from households.models.triggers import tombstone_on_move


@tracked()
class ReferenceValue(Stamped):
    """A yearly figure of an area that thresholds name: rural disposable income per head, poverty line, …"""

    PLAIN: ClassVar[tuple[str, ...]] = ("code", "source")

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    amount = models.DecimalField(_("yuan"), max_digits=12, decimal_places=2)
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "code", "year"], name="one_reference_value_per_year"),
            models.CheckConstraint(condition=Q(amount__gt=0) & ~Q(source=""), name="reference_has_a_source"),
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.code} {self.year}"


@tracked()
class BurdenWarning(Stamped):
    """One household over one threshold in one year, or one of its members where the rule counts persons;
    verified at home, helped, closed (DOMAIN B4)."""

    PERSONAL: ClassVar[tuple[str, ...]] = (
        "burden",
        "threshold",
        "projected",
        "finding",
        "measures",
        "grounds",
    )
    PLAIN: ClassVar[tuple[str, ...]] = ("rule", "edition", "state", "raised_on", "due_on", "ended_on")
    VILLAGE: ClassVar[str] = "village"

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="burden_warnings")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", editable=False)
    county = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", editable=False)
    rule = models.CharField(max_length=40)
    edition = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    burden = models.DecimalField(max_digits=12, decimal_places=2)
    projected = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    threshold = models.DecimalField(max_digits=12, decimal_places=2)
    grounds = models.JSONField(default=dict)
    settlement = models.ForeignKey(Settlement, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=WarningState.choices, default=WarningState.RAISED)
    raised_on = models.DateField()
    due_on = models.DateField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    finding = models.CharField(_("what was found at home"), max_length=300, blank=True)
    measures = models.CharField(_("measures"), max_length=300, blank=True)
    ended_on = models.DateField(null=True)

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household", "rule", "year", "person"],
                name="one_warning_per_rule_and_year",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("raised_on")), name="warning_due_after_raised"),
            models.CheckConstraint(
                condition=Q(state__in=["closed", "dismissed"], ended_on__isnull=False)
                | (~Q(state__in=["closed", "dismissed"]) & Q(ended_on=None)),
                name="ended_warning_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state=WarningState.RAISED) | ~Q(finding=""), name="warning_is_verified_first"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["helped", "closed"]) | ~Q(measures=""),
                name="closed_warning_was_helped",
            ),
        ]
        indexes = [
            models.Index(fields=["village", "state", "due_on"], name="warning_scope"),
            models.Index(fields=["county", "changed_xid", "id"], name="warning_feed"),
        ]
        triggers = [
            stamp_trigger(),
            place_of_household(),
            never_deleted(),
            tombstone_on_move("warning", "id"),
            pgtrigger.FSM(
                name="warning_steps",
                field="state",
                transitions=[
                    ("raised", "verified"),
                    ("raised", "dismissed"),
                    ("verified", "helped"),
                    ("verified", "dismissed"),
                    ("helped", "closed"),
                    ("closed", "raised"),
                    ("dismissed", "raised"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.rule} {self.year}"


class WarningStep(models.Model):
    """What was done about a warning, when, by whom."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("note",)
    PLAIN: ClassVar[tuple[str, ...]] = ("state", "done_on")
    VILLAGE: ClassVar[str] = "warning__village"

    warning = models.ForeignKey(BurdenWarning, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=WarningState.choices)
    done_on = models.DateField()
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.warning_id} {self.state}"


@tracked()
class WarningEscalation(Told):
    """That somebody was told of a warning that stays where it is past its day. `due_on` is that day."""

    PLAIN: ClassVar[tuple[str, ...]] = ("step", "due_on", "told_on", "channel")
    VILLAGE: ClassVar[str] = "warning__village"

    warning = models.ForeignKey(BurdenWarning, on_delete=models.CASCADE, related_name="escalations")
    due_on = models.DateField()

    class Meta(Told.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["warning", "step", "due_on"], name="one_escalation_per_warning_step_and_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.warning_id} {self.step}"

"""Monitored households: a risk found, verified at home, measures, the risk removed (DOMAIN A2, B4)."""

from functools import reduce
from operator import or_
from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Area
from core.accounts.scope import ScopedManager
from core.accounts.told import Told
from core.audit.history import tracked
from core.base.ids import uuid7
from core.base.models import Stamped, stamp_trigger
from core.base.triggers import append_only, never_deleted
from households.choices import Cause, Holder, MeasureKind, MonitoredKind, MonitoringSource, MonitoringState
from households.models.family import Household
from households.models.triggers import place_of, tombstone_on_move

# Whose turn it is in each state: exactly one level in an open one, nobody in an ended one.
HOLDERS: dict[str, str] = {
    MonitoringState.FOUND: Holder.VILLAGE,
    MonitoringState.VERIFIED: Holder.TOWNSHIP,
    MonitoringState.HELPED: Holder.TOWNSHIP,
    MonitoringState.ASKED: Holder.COUNTY,
    MonitoringState.REMOVED: "",
    MonitoringState.DISMISSED: "",
    MonitoringState.LEFT: "",
}
_ENDED = [state for state, holder in HOLDERS.items() if not holder]
_AT_RISK = [MonitoringState.VERIFIED, MonitoringState.HELPED, MonitoringState.ASKED, MonitoringState.REMOVED]
_HELD = reduce(or_, (Q(state=state, holder=holder) for state, holder in HOLDERS.items()))
# Whoever copies cases sees that a measure was added or ended.
_TOUCH = """
    UPDATE households_monitoringcase SET updated_at = now() WHERE id = NEW.case_id;
    RETURN NULL;
"""
_DECIDED_AT_THE_COUNTY = """
    IF NEW.state = 'removed' AND NOT EXISTS (
        SELECT 1 FROM accounts_user u
         WHERE u.id = NEW.removed_by_id AND u.role = 'county_staff' AND u.area_id = NEW.county_id) THEN
        RAISE EXCEPTION 'the removal of a risk is decided at the county'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'removal_is_decided_at_the_county';
    END IF;
    RETURN NEW;
"""


@tracked()
class MonitoringCase(Stamped):
    """One household at risk, from the day the risk was found to its end; a relapse is a new case naming it.

    `source_key` is the number of what gave rise to it (a warning, a need), which lies on a floor above;
    `turn_since` the day from which `holder` has to act, `due_on` the last day on which that is in time."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("grounds", "finding", "removal_grounds")
    PLAIN: ClassVar[tuple[str, ...]] = (
        *("kind", "risk", "source", "source_key", "state", "holder", "turn_since", "due_on", "found_on"),
        *("verified_on", "removable_from", "asked_on", "ended_on"),
    )
    VILLAGE: ClassVar[str] = "village"

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="monitoring_cases")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", editable=False)
    county = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", editable=False)
    kind = models.CharField(_("kind of monitored household"), max_length=12, choices=MonitoredKind.choices)
    risk = models.CharField(_("risk"), max_length=12, choices=Cause.choices)
    source = models.CharField(_("how it came to light"), max_length=12, choices=MonitoringSource.choices)
    source_key = models.CharField(max_length=40, blank=True)
    found_on = models.DateField(_("risk found on"))
    found_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    grounds = models.CharField(_("what points to a risk"), max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=MonitoringState.choices, default=MonitoringState.FOUND)
    holder = models.CharField(
        max_length=10, choices=Holder.choices, default=Holder.VILLAGE, blank=True, db_default=Holder.VILLAGE
    )
    turn_since = models.DateField()
    due_on = models.DateField(null=True)
    verified_on = models.DateField(null=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    finding = models.CharField(_("what was found at home"), max_length=300, blank=True)
    removable_from = models.DateField(null=True)
    asked_on = models.DateField(null=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    removal_grounds = models.CharField(_("how it is known that the risk is gone"), max_length=300, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_on = models.DateField(null=True)
    relapse_of = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="relapsed_into"
    )

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=~Q(holder=""), name="one_open_monitoring_per_household"
            ),
            models.CheckConstraint(condition=_HELD, name="open_monitoring_has_its_holder"),
            models.CheckConstraint(
                condition=Q(state__in=_ENDED, ended_on__isnull=False, due_on=None)
                | (~Q(state__in=_ENDED) & Q(ended_on=None, due_on__isnull=False)),
                name="monitoring_is_due_until_it_ends",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_AT_RISK)
                | (Q(verified_on__isnull=False, removable_from__isnull=False) & ~Q(finding="")),
                name="monitoring_is_verified_first",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_AT_RISK)
                | Q(verified_by__isnull=False)
                | Q(source=MonitoringSource.REGISTER),
                name="monitoring_is_verified_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[MonitoringState.ASKED, MonitoringState.REMOVED])
                | (Q(asked_on__isnull=False, asked_by__isnull=False) & ~Q(removal_grounds="")),
                name="removal_is_asked_for_with_grounds",
            ),
            models.CheckConstraint(
                condition=~Q(state=MonitoringState.REMOVED)
                | (Q(removed_by__isnull=False) & ~Q(removed_by=F("asked_by"))),
                name="removal_is_decided_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state=MonitoringState.REMOVED) | Q(ended_on__gte=F("removable_from")),
                name="risk_is_not_removed_too_soon",
            ),
            models.CheckConstraint(
                condition=Q(verified_on=None) | Q(verified_on__gte=F("found_on")),
                name="risk_is_found_before_it_is_verified",
            ),
        ]
        indexes = [
            models.Index(fields=["village", "holder", "due_on"], name="monitoring_scope"),
            models.Index(fields=["county", "changed_xid", "id"], name="monitoring_feed"),
        ]
        triggers = [
            stamp_trigger(),
            place_of("household", name="a_place_of_household"),
            tombstone_on_move("monitoring"),
            never_deleted(),
            pgtrigger.Trigger(
                name="decided_at_the_county",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state", "removed_by_id"),
                func=_DECIDED_AT_THE_COUNTY,
            ),
            pgtrigger.FSM(
                name="monitoring_steps",
                field="state",
                transitions=[
                    ("found", "verified"),
                    ("found", "dismissed"),
                    ("found", "left"),
                    ("verified", "helped"),
                    ("verified", "left"),
                    ("helped", "asked"),
                    ("helped", "left"),
                    ("asked", "removed"),
                    ("asked", "helped"),
                    ("asked", "left"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.kind} {self.found_on}"


@tracked()
class MonitoringMeasure(Stamped):
    """What is done for a monitored household: what, who answers for it, until when, with what result."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("what", "outcome")
    PLAIN: ClassVar[tuple[str, ...]] = ("kind", "who", "since", "until", "done_on")
    VILLAGE: ClassVar[str] = "case__village"

    case = models.ForeignKey(MonitoringCase, on_delete=models.PROTECT, related_name="measures")
    kind = models.CharField(_("kind of measure"), max_length=12, choices=MeasureKind.choices)
    what = models.CharField(_("what is done"), max_length=200)
    who = models.CharField(_("who answers for it"), max_length=60)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    done_on = models.DateField(null=True)
    outcome = models.CharField(_("what came of it"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="measure_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=(Q(done_on=None) & Q(outcome="")) | (Q(done_on__gte=F("since")) & ~Q(outcome="")),
                name="measure_done_says_what_came_of_it",
            ),
            models.CheckConstraint(condition=~Q(what="") & ~Q(who=""), name="measure_says_what_and_who"),
        ]
        triggers = [
            stamp_trigger(),
            pgtrigger.Trigger(
                name="touch_the_case",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_TOUCH,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class MonitoringStep(models.Model):
    """What was done in a case of monitoring, when, by whom, and whose turn it was then."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("note",)
    PLAIN: ClassVar[tuple[str, ...]] = ("state", "holder", "done_on")
    VILLAGE: ClassVar[str] = "case__village"

    case = models.ForeignKey(MonitoringCase, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=MonitoringState.choices)
    holder = models.CharField(max_length=10, choices=Holder.choices, blank=True)
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
        return f"{self.case_id} {self.state}"


@tracked()
class MonitoringEscalation(Told):
    """That somebody was told of a case that stays where it is past its day. `due_on` is that day."""

    PLAIN: ClassVar[tuple[str, ...]] = ("step", "due_on", "told_on", "channel")
    VILLAGE: ClassVar[str] = "case__village"

    case = models.ForeignKey(MonitoringCase, on_delete=models.CASCADE, related_name="escalations")
    due_on = models.DateField()

    class Meta(Told.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["case", "step", "due_on"], name="one_escalation_per_monitoring_step_and_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.step}"

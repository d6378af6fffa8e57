"""Cases of major disease: the episode, its five steps, and the closing that a second person approves."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.accounts.models import Area
from core.accounts.scope import ScopedManager
from core.audit.history import tracked
from core.base.ids import uuid7
from core.base.models import Stamped, stamp_trigger
from core.base.triggers import append_only
from followups.case_choices import (
    GONE,
    CloseReason,
    ClosingState,
    Stage,
    TreatmentStatus,
    WhyNot,
)
from followups.models import case_triggers
from households.models import Condition, Disease, Person
from households.models.triggers import tombstone_on_move


@tracked()
class MajorCase(Stamped):
    """One episode of one major disease (DOMAIN A70). Person, disease and sensitivity are the condition's,
    the stage is the newest step's, the treatment the newest record's: the database keeps them so."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("treatment", "why_not", "close_reason")
    PLAIN: ClassVar[tuple[str, ...]] = ("catalogue", "stage", "registered_on", "closed_on")
    VILLAGE: ClassVar[str] = "village"
    SENSITIVE: ClassVar[str] = "is_sensitive"

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cases")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", editable=False)
    county = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", editable=False)
    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="cases")
    disease = models.ForeignKey(Disease, on_delete=models.PROTECT, related_name="cases", editable=False)
    is_sensitive = models.BooleanField(default=False, editable=False)
    catalogue = models.CharField(_("list"), max_length=10, help_text="the published list it was opened by")
    stage = models.CharField(_("step"), max_length=10, choices=Stage.choices, default=Stage.REGISTERED)
    registered_on = models.DateField(pgettext_lazy("case", "registered on"))
    treatment = models.CharField(
        _("treatment"), max_length=12, choices=TreatmentStatus.choices, blank=True, editable=False
    )
    why_not = models.CharField(max_length=12, choices=WhyNot.choices, blank=True, editable=False)
    closed_on = models.DateField(_("closed on"), null=True)
    close_reason = models.CharField(_("reason"), max_length=10, choices=CloseReason.choices, blank=True)
    previous = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="next")

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "disease"],
                condition=~Q(stage=Stage.CLOSED),
                name="one_open_case_per_disease",
            ),
            models.CheckConstraint(
                condition=(Q(stage=Stage.CLOSED, closed_on__isnull=False) & ~Q(close_reason=""))
                | (~Q(stage=Stage.CLOSED) & Q(closed_on=None, close_reason="")),
                name="closed_case_has_day_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("registered_on")),
                name="case_closes_after_it_is_registered",
            ),
        ]
        indexes = [
            models.Index(fields=["village", "stage"], name="case_scope"),
            models.Index(fields=["county", "changed_xid", "id"], name="case_feed"),
        ]
        triggers = [
            stamp_trigger(),
            case_triggers.follow_condition(),
            case_triggers.begins_registered(),
            case_triggers.stage_has_its_step(),
            tombstone_on_move("case"),
        ]

    def __str__(self) -> str:
        return f"{self.disease_id} {self.uuid}"


class CaseStep(Stamped):
    """One of the five steps as it was taken. None is skipped, none lies before the one it follows on, and
    none is taken back: what a step rests on (doctors, plan, treatment, approval) must be there."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("evidence",)
    PLAIN: ClassVar[tuple[str, ...]] = ("stage", "on")

    case = models.ForeignKey(MajorCase, on_delete=models.PROTECT, related_name="steps")
    stage = models.CharField(_("step"), max_length=10, choices=Stage.choices)
    on = models.DateField(_("on"))
    evidence = models.CharField(_("evidence"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "stage"], name="one_step_per_case_and_stage"),
            models.CheckConstraint(condition=~Q(evidence=""), name="case_step_has_evidence"),
        ]
        triggers = [
            case_triggers.steps_in_order(),
            case_triggers.move_the_case(),
            append_only("never_taken_back"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.stage}"


@tracked()
class CaseClosing(Stamped):
    """销号: asked for with a reason and evidence, approved or returned by somebody else of the health office.

    Without `requested_by` the register asked: the person died or moved away."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("reason", "evidence", "note")
    PLAIN: ClassVar[tuple[str, ...]] = ("requested_on", "state", "decided_on")

    case = models.ForeignKey(MajorCase, on_delete=models.PROTECT, related_name="closings")
    reason = models.CharField(_("reason"), max_length=10, choices=CloseReason.choices)
    evidence = models.CharField(_("evidence"), max_length=300)
    requested_on = models.DateField(_("asked for on"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, choices=ClosingState.choices, default=ClosingState.PENDING)
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(_("why it is returned"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=[ClosingState.PENDING, ClosingState.APPROVED]),
                name="one_closing_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(requested_by=None) | ~Q(decided_by=F("requested_by")),
                name="closing_is_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[ClosingState.APPROVED, ClosingState.RETURNED],
                    decided_by__isnull=False,
                    decided_on__gte=F("requested_on"),
                )
                | Q(
                    state__in=[ClosingState.PENDING, ClosingState.WITHDRAWN], decided_by=None, decided_on=None
                ),
                name="decided_closing_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=ClosingState.RETURNED) | ~Q(note=""), name="returned_closing_says_why"
            ),
            models.CheckConstraint(condition=~Q(evidence=""), name="closing_has_evidence"),
            models.CheckConstraint(
                condition=Q(requested_by__isnull=False) | Q(reason__in=GONE),
                name="closing_is_asked_for_by_somebody",
            ),
        ]
        triggers = [stamp_trigger(), case_triggers.decided_by_the_health_office()]

    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"

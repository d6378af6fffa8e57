"""Home and clinic visits: made once under a number from the phone, never edited, amended by a new version."""

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from core.accounts.models import ApiClient, Area
from core.accounts.scope import ScopedManager
from core.audit.history import tracked_from_second_version
from core.base.models import Stamped, stamp_trigger
from followups.choices import Mode, SubmissionState
from households.models import Household, Person
from households.models.triggers import tombstone_on_move

# Answers that say nobody was met: such a row is kept, but is not a follow-up (DOMAIN B1.0).
NOBODY_SEEN = ["lost_reason", "death_date"]
_FROZEN = ["answers", "visited_on", "mode", "protocol", "edition", "person", "household", "supersedes", "by"]


@tracked_from_second_version()
class Visit(Stamped):
    """What was found and done. `sbp`, `dbp`, `fpg` repeat answers for charts and control rates."""

    PERSONAL: ClassVar[tuple[str, ...]] = (
        *("answers", "assessment", "visit_class", "sbp", "dbp", "fpg", "visited_on", "next_on"),
    )
    PLAIN: ClassVar[tuple[str, ...]] = ("protocol", "edition", "mode", "device_id", "amend_reason")
    VILLAGE: ClassVar[str] = "village"
    SENSITIVE: ClassVar[str] = "is_sensitive"

    uuid = models.UUIDField(primary_key=True, help_text="made on the phone before the first keystroke")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="visits")
    person = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="visits", db_index=False
    )
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    county = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    protocol = models.CharField(_("form"), max_length=24)
    edition = models.CharField(max_length=10)
    visited_on = models.DateField(_("visited on"))
    mode = models.CharField(_("mode"), max_length=1, choices=Mode.choices)
    is_face_to_face = models.GeneratedField(
        expression=Q(mode__in=[Mode.CLINIC, Mode.HOME])  # type: ignore[arg-type]  # the stubs forget Q
        & ~Q(answers__has_any_keys=NOBODY_SEEN),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    answers = models.JSONField(default=dict)
    assessment = models.JSONField(default=dict)
    visit_class = models.CharField(_("class"), max_length=1, blank=True, help_text="as coded on its own form")
    is_assessable = models.BooleanField(default=True)
    is_controlled = models.BooleanField(null=True, help_text="from the readings, not from the class")
    sbp = models.PositiveSmallIntegerField(_("systolic (mmHg)"), null=True)
    dbp = models.PositiveSmallIntegerField(_("diastolic (mmHg)"), null=True)
    fpg = models.DecimalField(_("fasting glucose (mmol/L)"), max_digits=4, decimal_places=1, null=True)
    next_on = models.DateField(_("next visit"), null=True)
    satisfaction = models.PositiveSmallIntegerField(_("satisfaction"), null=True)
    is_sensitive = models.BooleanField(default=False)
    supersedes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    is_current = models.BooleanField(default=True)
    amend_reason = models.CharField(max_length=120, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="visits", db_index=False
    )
    device_id = models.CharField(max_length=40, blank=True)
    device_seq = models.PositiveIntegerField(null=True)
    captured_at = models.DateTimeField(null=True, help_text="by the device's clock")
    trip = models.UUIDField(null=True, help_text="made on the phone; visits of one call share it")
    received_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(satisfaction=None) | Q(satisfaction__range=(1, 5)),
                name="satisfaction_is_one_to_five",
            ),
            models.CheckConstraint(
                condition=Q(sbp=None) | Q(dbp=None) | Q(sbp__gt=models.F("dbp")),
                name="systolic_above_diastolic",
            ),
            models.CheckConstraint(
                condition=Q(next_on=None) | Q(next_on__gt=models.F("visited_on")),
                name="next_visit_lies_ahead",
            ),
            models.UniqueConstraint(
                fields=["device_id", "device_seq"],
                condition=~Q(device_id=""),
                name="one_visit_per_device_number",
            ),
        ]
        indexes = [
            models.Index(fields=["village", "visited_on"], name="visit_scope"),
            models.Index(fields=["county", "changed_xid", "uuid"], name="visit_feed"),
            models.Index(fields=["person", "protocol", "-visited_on"], name="visit_of_person"),
            models.Index(
                fields=["village", "-visited_on"],
                name="visit_asks_to_refer",
                condition=Q(is_current=True, assessment__referral=True),
            ),
        ]
        triggers = [
            stamp_trigger(),
            tombstone_on_move("visit"),
            pgtrigger.ReadOnly(name="never_edited", fields=_FROZEN),
        ]

    def __str__(self) -> str:
        return f"{self.protocol} {self.visited_on}"


class Submission(models.Model):
    """The bytes as they came, kept before anything judges them (TRUST 1.3)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("body", "problem")
    PLAIN: ClassVar[tuple[str, ...]] = ("kind", "sha256", "device_id", "state", "taken_over_at")

    class Kind(models.TextChoices):
        VISIT = "visit", _("visit")
        ATTEMPT = "attempt", _("nobody met")
        NEED = "need", _("need")

    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.VISIT)
    client_id = models.UUIDField()
    sha256 = models.BinaryField()
    body = models.JSONField()
    state = models.CharField(max_length=10, choices=SubmissionState.choices, default=SubmissionState.RECEIVED)
    problem = models.JSONField(default=dict)
    visit = models.ForeignKey(Visit, null=True, on_delete=models.PROTECT, related_name="submissions")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    api_client = models.ForeignKey(
        ApiClient, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    device_id = models.CharField(max_length=40, blank=True)
    device_seq = models.PositiveIntegerField(null=True)
    waits_for = models.UUIDField(null=True, help_text="the visit it corrects, which has not come yet")
    received_at = models.DateTimeField(db_default=Now())
    taken_over_at = models.DateTimeField(null=True, help_text="judged where the household lives now")
    taken_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client_id", "sha256"], name="one_submission_per_body"),
            models.CheckConstraint(
                condition=Q(taken_over_at=None, taken_over_by=None)
                | Q(taken_over_at__isnull=False, taken_over_by__isnull=False),
                name="taken_over_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["device_id", "device_seq"],
                name="submission_of_device",
                condition=~Q(device_id=""),
            ),
            models.Index(
                fields=["received_at"],
                name="submission_unjudged",
                condition=Q(state=SubmissionState.RECEIVED),
            ),
            models.Index(
                fields=["waits_for"], name="submission_waiting", condition=Q(waits_for__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {self.state}"


class Conflict(Stamped):
    """Two truths about one visit or one duty, kept side by side until a person decides."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("resolution",)
    PLAIN: ClassVar[tuple[str, ...]] = ("kind", "resolved_at")
    VILLAGE: ClassVar[str] = "kept__village"
    SENSITIVE: ClassVar[str] = "kept__is_sensitive"

    class Kind(models.TextChoices):
        SAME_NUMBER = "same_number", _("same visit number, different content")
        DUTY_TWICE = "duty_twice", _("the same duty was fulfilled twice")
        STALE_AMENDMENT = "stale", _("the amended version was no longer the current one")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    kept = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="conflicts_kept")
    offered = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="conflicts")
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    resolution = models.JSONField(default=dict)

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kept", "offered"], name="one_conflict_per_pair")]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.kind} {self.kept_id}"

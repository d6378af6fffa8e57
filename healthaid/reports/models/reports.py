"""Reports that are made by a job, kept with their checksum, handed in, and downloaded with a trace."""

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.accounts.models import Area
from core.audit.history import tracked
from core.base.models import Stamped, stamp_trigger
from core.base.triggers import append_only

_FILED_FIGURES_STAY = """
    IF OLD.filing IN ('submitted', 'approved') AND (
        (NEW.kind, NEW.area_id, NEW.since, NEW.until, NEW.language, NEW.for_health, NEW.edition, NEW.sha256,
         NEW.data_time, NEW.xlsx_path, NEW.pdf_path, NEW.xlsx_sha256, NEW.pdf_sha256)
        IS DISTINCT FROM
        (OLD.kind, OLD.area_id, OLD.since, OLD.until, OLD.language, OLD.for_health, OLD.edition, OLD.sha256,
         OLD.data_time, OLD.xlsx_path, OLD.pdf_path, OLD.xlsx_sha256, OLD.pdf_sha256)
        OR NEW.figures IS DISTINCT FROM OLD.figures) THEN
        RAISE EXCEPTION 'what was handed in changes by a correction report'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'filed_figures_stay';
    END IF;
    RETURN NEW;
"""


class Filing(models.TextChoices):
    """草稿、上报、退回、审核通过 (DOMAIN B6.1)."""

    DRAFT = "draft", pgettext_lazy("filing", "draft")
    SUBMITTED = "submitted", pgettext_lazy("filing", "handed in")
    RETURNED = "returned", pgettext_lazy("filing", "returned")
    APPROVED = "approved", pgettext_lazy("filing", "approved")


FILED = (Filing.SUBMITTED, Filing.APPROVED)


@tracked(exclude=("progress_done", "progress_total", "claimed_at", "late_figures", "late_checked_at"))
class Report(Stamped):
    """One table for one area and period. A row is the job: queued, claimed, done or failed; and the paper
    that is handed in. Once handed in its figures stay; what came late makes a further edition."""

    PLAIN: ClassVar[tuple[str, ...]] = (
        *("kind", "since", "until", "language", "state", "figures", "xlsx_path", "pdf_path", "sha256"),
        *("reason", "xlsx_sha256", "pdf_sha256", "problem", "filing"),
    )
    Filing = Filing

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("being made")
        DONE = "done", _("ready")
        FAILED = "failed", _("failed")

    kind = models.CharField(max_length=30, default="monthly")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="reports")
    since = models.DateField(help_text="first day of the period")
    until = models.DateField(help_text="last day of the period")
    language = models.CharField(max_length=8, default="zh-hans")
    for_health = models.BooleanField(default=False, help_text="holds facts for health staff only")
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    figures = models.JSONField(default=dict)
    xlsx_path = models.CharField(max_length=200, blank=True)
    pdf_path = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(
        max_length=64, blank=True, help_text="of the frozen figures; printed in both files"
    )
    data_time = models.DateTimeField(null=True)
    edition = models.PositiveSmallIntegerField(default=1, help_text="above 1: a correction")
    reason = models.CharField(max_length=200, blank=True, help_text="why it was made again")
    corrects = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="corrected_by", help_text="edition before"
    )
    xlsx_sha256 = models.CharField(max_length=64, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    problem = models.CharField(max_length=200, blank=True)
    filing = models.CharField(max_length=10, choices=Filing.choices, default=Filing.DRAFT)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    late_figures = models.PositiveIntegerField(
        default=0, help_text="figures that would be different today, when last counted"
    )
    late_checked_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "area", "since", "until", "language", "for_health", "edition"],
                name="one_report_per_area_period_and_edition",
            ),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="report_covers_days"),
            models.CheckConstraint(
                condition=~Q(state="done") | (~Q(xlsx_path="") & ~Q(pdf_path="")),
                name="finished_report_has_its_files",
            ),
            models.CheckConstraint(
                condition=Q(edition=1) | Q(edition__gt=1) & ~Q(reason=""), name="corrected_report_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(filing__in=FILED) | Q(state="done", submitted_by__isnull=False) & ~Q(sha256=""),
                name="filed_report_is_sealed",
            ),
            models.CheckConstraint(
                condition=~Q(filing=Filing.APPROVED)
                | Q(approved_by__isnull=False) & ~Q(approved_by=F("submitted_by")),
                name="nobody_approves_their_own_report",
            ),
        ]
        indexes = [
            models.Index(fields=["area", "-until"], name="report_list"),
            models.Index(fields=["filing", "until"], name="report_filing"),
        ]
        triggers = [
            stamp_trigger(),
            pgtrigger.Trigger(
                name="filed_figures_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=_FILED_FIGURES_STAY,
            ),
            pgtrigger.FSM(
                name="filing_steps",
                field="filing",
                transitions=[
                    ("draft", "submitted"),
                    ("returned", "submitted"),
                    ("submitted", "returned"),
                    ("submitted", "approved"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.area_id} {self.since} {self.until}"


class FilingStep(models.Model):
    """One move of a report between the desks: who, when, why, and the seal of the figures it was about."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    PLAIN: ClassVar[tuple[str, ...]] = ("to", "reason", "sha256")

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="steps")
    to = models.CharField(max_length=10, choices=Filing.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(to=Filing.RETURNED) | ~Q(reason=""), name="returned_report_says_why"
            ),
        ]
        indexes = [models.Index(fields=["report", "at"], name="filing_history")]
        triggers = [
            append_only(),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.to}"


class Publication(models.Model):
    """The public version of an approved report: what it hides, so that later ones know what is told."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    PLAIN: ClassVar[tuple[str, ...]] = ("hidden",)

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="publication")
    hidden = models.JSONField(default=list, help_text="[table, row, code, place in the pair] of each cell")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.report_id} {self.at}"

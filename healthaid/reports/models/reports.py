"""Reports that are made by a job, kept with their checksum, and downloaded with a trace."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Area
from core.audit.history import tracked
from core.base.models import Stamped, stamp_trigger


@tracked(exclude=("progress_done", "progress_total", "claimed_at"))
class Report(Stamped):
    """One table for one area and month. A row is the job: queued, claimed, done or failed."""

    PLAIN: ClassVar[tuple[str, ...]] = (
        *("kind", "month", "language", "state", "figures", "xlsx_path", "pdf_path", "sha256", "problem"),
        *("reason", "xlsx_sha256", "pdf_sha256"),
    )

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("being made")
        DONE = "done", _("ready")
        FAILED = "failed", _("failed")

    kind = models.CharField(max_length=30, default="monthly")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="reports")
    month = models.DateField(help_text="first day of the month")
    language = models.CharField(max_length=8, default="zh-hans")
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
    xlsx_sha256 = models.CharField(max_length=64, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    problem = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "area", "month", "language"], name="one_report_per_area_month_and_language"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | (~Q(xlsx_path="") & ~Q(pdf_path="")),
                name="finished_report_has_its_files",
            ),
            models.CheckConstraint(
                condition=Q(edition=1) | Q(edition__gt=1) & ~Q(reason=""), name="corrected_report_says_why"
            ),
        ]
        indexes = [models.Index(fields=["area", "-month"], name="report_list")]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.kind} {self.area_id} {self.month}"

"""Figures kept for each area and month, and up to which change they have been counted."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from core.accounts.models import Area
from core.base.models import CurrentTransaction


class Summary(models.Model):
    """The figures of one area as they stood on a day: today's of the running month, the last day's before.

    A village's are counted, those of any area above it are the sums of the rows below. `snapshot` is what
    the counting transaction could see; `seal` names the definitions and the copy of the data counted."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    PLAIN: ClassVar[tuple[str, ...]] = ("month", "on", "figures", "teams", "snapshot", "seal")

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="summaries")
    month = models.DateField(help_text="first day of the month")
    sees_sensitive = models.BooleanField()
    on = models.DateField(help_text="the day the figures stand for")
    figures = models.JSONField(default=dict, help_text="[part, whole] by indicator code")
    teams = models.JSONField(default=dict, help_text="of a village: the same by team, 0 is without one")
    villages = models.PositiveIntegerField(default=0, help_text="villages where something is counted")
    counted_at = models.DateTimeField()
    snapshot = models.TextField()
    seal = models.CharField(max_length=16)

    objects: ClassVar[models.Manager["Summary"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "month", "sees_sensitive"], name="one_summary_per_area_and_month"
            ),
            models.CheckConstraint(
                condition=Q(month__day=1, on__month=F("month__month"), on__year=F("month__year")),
                name="summary_stands_for_a_day_of_its_month",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.on}"


class SummaryHorizon(models.Model):
    """Up to here every change in the county is in its figures; who holds the row is the one who counts."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    PLAIN: ClassVar[tuple[str, ...]] = ("snapshot",)

    county = models.OneToOneField(Area, on_delete=models.CASCADE, related_name="+")
    snapshot = models.TextField()
    oldest_xid = models.BigIntegerField(help_text="no change before this transaction is missing")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.county_id} {self.oldest_xid}"


class Touched(models.Model):
    """A change that can be seen at no row of a feed: below this area (none: anywhere) figures may differ.

    Written by triggers, see touches.py; taken away once it has been counted."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    PLAIN: ClassVar[tuple[str, ...]] = ()

    area_id = models.BigIntegerField(null=True)
    changed_xid = models.BigIntegerField(db_default=CurrentTransaction())

    class Meta:
        indexes = [models.Index(fields=["changed_xid"], name="touched_by_change")]

    def __str__(self) -> str:
        return f"{self.area_id} {self.changed_xid}"

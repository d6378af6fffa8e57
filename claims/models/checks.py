"""The reckoning of every balance from its papers, and each difference it found. Never rewritten."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.choices import FaultKind
from core.accounts.models import Area
from core.base.triggers import append_only


class LedgerCheck(models.Model):
    """One reckoning of one county. `examined` counts what was looked at, by kind of difference."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    PLAIN: ClassVar[tuple[str, ...]] = ("checked_on", "examined")

    county = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="ledger_checks")
    checked_on = models.DateField()
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="nobody: the nightly run",
    )
    examined = models.JSONField(default=dict)
    differences = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["county", "-id"], name="latest_ledger_check")]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.county_id} {self.checked_on}"


class LedgerFault(models.Model):
    """One difference. `subject` is a slip's number, a fund or a claim: never a person's name."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    PLAIN: ClassVar[tuple[str, ...]] = ("kind", "subject", "detail", "expected", "found")

    ledger_check = models.ForeignKey(LedgerCheck, on_delete=models.CASCADE, related_name="faults")
    kind = models.CharField(max_length=14, choices=FaultKind.choices)
    subject = models.CharField(max_length=80)
    subject_id = models.BigIntegerField()
    detail = models.CharField(max_length=80, blank=True)
    expected = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    found = models.DecimalField(max_digits=16, decimal_places=2, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expected=None) | Q(found=None) | ~Q(expected=models.F("found")),
                name="fault_is_a_difference",
            )
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

"""What payers owe hospitals for a month, claimed and paid, with every difference named."""

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.choices import DifferenceKind, PayableState
from claims.models.settlements import SettlementLine
from core.accounts.models import Area
from core.audit.history import tracked
from core.base.models import Stamped, stamp_trigger
from core.base.triggers import never_deleted
from core.clinics.models import Institution

CLAIMING = [("pending", "claimed"), ("claimed", "paid"), ("claimed", "refused"), ("refused", "claimed")]
_CLAIMED_LINES_STAY = """
    PERFORM 1 FROM claims_payable p
      WHERE p.id IN (NEW.payable_id, OLD.payable_id) AND p.state <> 'pending';
    IF FOUND OR TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'what was claimed stays claimed; later lines go to a later month'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'claimed_lines_stay';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""


@tracked()
class Payable(Stamped):
    """One payer, one hospital, one month; the hospital laid the money out (垫付)."""

    PLAIN: ClassVar[tuple[str, ...]] = (
        *("payer", "month", "state", "claimed", "received", "claimed_on", "answered_on", "refuse_reason"),
    )

    county = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="payables")
    payer = models.CharField(_("payer"), max_length=20)
    month = models.DateField(help_text="its first day")
    state = models.CharField(max_length=8, choices=PayableState.choices, default=PayableState.PENDING)
    claimed = models.DecimalField(_("claimed (yuan)"), max_digits=14, decimal_places=2, null=True)
    received = models.DecimalField(_("received (yuan)"), max_digits=14, decimal_places=2, null=True)
    claimed_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    refuse_reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["county", "institution", "payer", "month"], name="one_payable_per_payer_and_month"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="payable_month_is_its_first_day"),
            models.CheckConstraint(
                condition=Q(state=PayableState.PENDING, claimed_on=None, claimed=None)
                | (~Q(state=PayableState.PENDING) & Q(claimed_on__isnull=False, claimed__isnull=False)),
                name="claimed_payable_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=PayableState.PAID)
                | Q(answered_on__gte=F("claimed_on"), received__isnull=False),
                name="paid_payable_says_how_much",
            ),
            models.CheckConstraint(
                condition=~Q(state=PayableState.REFUSED)
                | (Q(answered_on__isnull=False) & ~Q(refuse_reason="")),
                name="refused_payable_says_why",
            ),
        ]
        triggers = [
            stamp_trigger(),
            never_deleted(),
            pgtrigger.FSM(
                name="payable_steps",
                field="state",
                transitions=CLAIMING,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payer} {self.month:%Y-%m}"


class PayableLine(models.Model):
    """One line of a settlement in the claim to its payer; a line is claimed once."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    PLAIN: ClassVar[tuple[str, ...]] = ()

    payable = models.ForeignKey(Payable, on_delete=models.CASCADE, related_name="lines")
    line = models.OneToOneField(SettlementLine, on_delete=models.PROTECT, related_name="payable_line")

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        triggers = [
            pgtrigger.Trigger(
                name="claimed_lines_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_CLAIMED_LINES_STAY,
            )
        ]

    def __str__(self) -> str:
        return f"{self.payable_id} {self.line_id}"


@tracked()
class PayableDifference(Stamped):
    """差异: what the payer's own list says otherwise than ours, and how it was cleared up."""

    PLAIN: ClassVar[tuple[str, ...]] = (
        *("kind", "reference", "ours", "theirs", "reason", "resolution", "resolved_on"),
    )

    payable = models.ForeignKey(Payable, on_delete=models.CASCADE, related_name="differences")
    line = models.ForeignKey(SettlementLine, null=True, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(_("number on the payer's list"), max_length=60, blank=True)
    kind = models.CharField(max_length=10, choices=DifferenceKind.choices)
    ours = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    theirs = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    reason = models.CharField(_("the payer's reason"), max_length=200, blank=True)
    resolution = models.CharField(max_length=200, blank=True)
    resolved_on = models.DateField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_on=None, resolution="", resolved_by=None)
                | (Q(resolved_on__isnull=False, resolved_by__isnull=False) & ~Q(resolution="")),
                name="difference_is_cleared_with_words",
            )
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.payable_id} {self.kind}"

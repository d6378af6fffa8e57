"""Public money that is set aside: an append-only ledger whose balance the database keeps."""

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.choices import EntryKind, FundCause
from claims.models.settlements import SettlementLine
from core.accounts.models import Area
from core.audit.history import tracked
from core.base.models import Stamped, stamp_trigger
from core.base.triggers import append_only, never_deleted

_MOVE_THE_BALANCE = """
    UPDATE claims_fund SET balance = balance + NEW.amount WHERE id = NEW.fund_id;
    RETURN NULL;
"""
_NO_OTHER_WAY = """
    IF NEW.balance IS DISTINCT FROM OLD.balance AND pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'a balance moves by its entries'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'balance_moves_by_entries';
    END IF;
    RETURN NEW;
"""


@tracked(exclude=("balance",))
class Fund(Stamped):
    """Money of one payer in one county and year (DOMAIN A85). At `warns_at` of what was put in it warns."""

    PLAIN: ClassVar[tuple[str, ...]] = ("code", "name_zh", "name_en", "payer", "warns_at", "balance")

    county = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="funds")
    code = models.CharField(_("code"), max_length=40)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    payer = models.CharField(_("payer"), max_length=20)
    year = models.PositiveSmallIntegerField(_("year"))
    balance = models.DecimalField(_("balance (yuan)"), max_digits=14, decimal_places=2, default=0)
    warns_at = models.DecimalField(max_digits=3, decimal_places=2, default="0.20")
    may_overdraw = models.BooleanField(
        default=True, help_text="whether bills are still settled when it is empty; else the layer waits"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "payer", "year"], name="one_fund_per_payer_and_year"),
            models.CheckConstraint(
                condition=Q(may_overdraw=True) | Q(balance__gte=0), name="fund_holds_money"
            ),
            models.CheckConstraint(
                condition=Q(warns_at__gte=0, warns_at__lte=1), name="fund_warns_at_a_share"
            ),
        ]
        triggers = [
            stamp_trigger(),
            never_deleted(),
            pgtrigger.Trigger(
                name="balance_moves_by_entries",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("balance"),
                func=_NO_OTHER_WAY,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name_zh} {self.year}"


class FundEntry(models.Model):
    """One movement; negative where money goes out. Never rewritten: a mistake gets a correction."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    PLAIN: ClassVar[tuple[str, ...]] = ("kind", "amount", "entered_on", "note")

    key = models.UUIDField(
        null=True, unique=True, help_text="made with the form: the same one twice is one entry"
    )
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10, choices=EntryKind.choices)
    amount = models.DecimalField(_("amount (yuan)"), max_digits=14, decimal_places=2)
    entered_on = models.DateField()
    line = models.ForeignKey(SettlementLine, null=True, on_delete=models.PROTECT, related_name="fund_entries")
    note = models.CharField(max_length=200, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line"], name="one_entry_per_line"),
            models.CheckConstraint(
                condition=Q(kind=EntryKind.SETTLEMENT, amount__lt=0, line__isnull=False)
                | Q(kind=EntryKind.REVERSAL, amount__gt=0, line__isnull=False)
                | Q(kind__in=[EntryKind.OPENING, EntryKind.GRANT], amount__gt=0, line=None)
                | (Q(kind=EntryKind.CORRECTION, line=None) & ~Q(amount=0) & ~Q(note="")),
                name="entry_fits_its_kind",
            ),
        ]
        indexes = [models.Index(fields=["fund", "entered_on", "id"], name="fund_ledger")]
        triggers = [
            append_only(),
            pgtrigger.Trigger(
                name="move_the_balance",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func=_MOVE_THE_BALANCE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fund_id} {self.amount}"


@tracked()
class FundNotice(Stamped):
    """That a fund is low, empty or will not last; over once it is not so any more. The roof tells of it."""

    PLAIN: ClassVar[tuple[str, ...]] = ("cause", "noted_on", "balance", "ends_on", "over_on")

    fund = models.ForeignKey(Fund, on_delete=models.CASCADE, related_name="notices")
    cause = models.CharField(max_length=5, choices=FundCause.choices)
    noted_on = models.DateField()
    balance = models.DecimalField(max_digits=14, decimal_places=2)
    ends_on = models.DateField(null=True, help_text="the day the money runs out, as reckoned then")
    over_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "cause"], condition=Q(over_on=None), name="one_open_notice_per_fund_and_cause"
            ),
            models.CheckConstraint(
                condition=Q(over_on=None) | Q(over_on__gte=F("noted_on")), name="notice_ends_after_start"
            ),
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.fund_id} {self.cause}"


@tracked()
class ClosedMonth(Stamped):
    """Nothing is settled into a closed month any more: what comes late counts in the open one."""

    PLAIN: ClassVar[tuple[str, ...]] = ("month", "closed_on")

    county = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="closed_months")
    month = models.DateField(help_text="its first day")
    closed_on = models.DateField()
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "month"], name="month_closes_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="month_is_its_first_day"),
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.county_id} {self.month:%Y-%m}"

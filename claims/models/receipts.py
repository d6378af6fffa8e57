"""What the patient has paid of a bill, and has promised to pay in parts."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.choices import (
    PayWay,
    ReceiptKind,
)
from claims.models.admissions import Admission
from core.accounts.scope import ScopedManager
from core.audit.history import tracked
from core.base.models import Stamped, stamp_trigger
from core.base.triggers import append_only, never_deleted


@tracked()
class Receipt(Stamped):
    """What the patient handed over, or got back. `amount` is negative for a refund. Never rewritten."""

    PLAIN: ClassVar[tuple[str, ...]] = ("kind", "number", "way", "received_on", "note")
    VILLAGE: ClassVar[str] = "admission__village"
    SENSITIVE: ClassVar[str] = "admission__is_sensitive"

    uuid = models.UUIDField(unique=True, help_text="made with the form: the same one twice is one receipt")
    admission = models.ForeignKey(Admission, on_delete=models.PROTECT, related_name="receipts")
    kind = models.CharField(max_length=8, choices=ReceiptKind.choices, default=ReceiptKind.PAYMENT)
    number = models.CharField(_("receipt number"), max_length=30, unique=True)
    amount = models.DecimalField(_("amount (yuan)"), max_digits=12, decimal_places=2)
    way = models.CharField(_("paid by"), max_length=8, choices=PayWay.choices, default=PayWay.CASH)
    received_on = models.DateField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=120, blank=True)

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ReceiptKind.REFUND, amount__lt=0)
                | (~Q(kind=ReceiptKind.REFUND) & Q(amount__gt=0)),
                name="only_a_refund_is_negative",
            )
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return self.number


@tracked()
class InstalmentPlan(Stamped):
    """The agreement of somebody who cannot pay at once; village or township may stand surety (B3.2)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("guarantor", "note")
    PLAIN: ClassVar[tuple[str, ...]] = ("agreed_on",)
    VILLAGE: ClassVar[str] = "admission__village"
    SENSITIVE: ClassVar[str] = "admission__is_sensitive"

    admission = models.OneToOneField(Admission, on_delete=models.PROTECT, related_name="instalment_plan")
    agreed_on = models.DateField()
    guarantor = models.CharField(_("who stands surety"), max_length=80, blank=True)
    note = models.CharField(max_length=200, blank=True)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        triggers = [stamp_trigger(), never_deleted()]

    def __str__(self) -> str:
        return f"{self.admission_id} {self.agreed_on}"


@tracked()
class Instalment(Stamped):
    PLAIN: ClassVar[tuple[str, ...]] = ("due_on",)
    VILLAGE: ClassVar[str] = "plan__admission__village"
    SENSITIVE: ClassVar[str] = "plan__admission__is_sensitive"

    plan = models.ForeignKey(InstalmentPlan, on_delete=models.CASCADE, related_name="instalments")
    due_on = models.DateField()
    amount = models.DecimalField(_("amount (yuan)"), max_digits=12, decimal_places=2)

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "due_on"], name="one_instalment_per_day"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="instalment_is_an_amount"),
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.due_on}"

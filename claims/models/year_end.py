"""What is paid back to persons when a year is over: one batch for each rule, one row for each person."""

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.choices import PayableState
from claims.models.payables import CLAIMING
from claims.models.policies import PolicyVersion
from claims.models.triggers import place_of_person
from core.accounts.models import Area
from core.accounts.scope import ScopedManager
from core.audit.history import tracked
from core.base.models import Stamped, stamp_trigger
from core.base.triggers import append_only, never_deleted
from households.models import Household, Person


@tracked()
class YearEndBatch(Stamped):
    """One rule of a policy for one county and year, decided once: what its payer owes these persons."""

    PLAIN: ClassVar[tuple[str, ...]] = (
        *("year", "rule", "payer", "persons", "amount", "state", "made_on", "claimed_on", "answered_on"),
        "refuse_reason",
    )

    county = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    policy = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="year_end_batches")
    year = models.PositiveSmallIntegerField()
    rule = models.CharField(max_length=40)
    payer = models.CharField(_("payer"), max_length=40)
    persons = models.PositiveIntegerField()
    amount = models.DecimalField(_("yuan"), max_digits=14, decimal_places=2)
    state = models.CharField(max_length=8, choices=PayableState.choices, default=PayableState.PENDING)
    made_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    claimed_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    refuse_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "year", "rule"], name="one_year_end_per_rule"),
            models.CheckConstraint(condition=Q(persons__gt=0, amount__gt=0), name="year_end_pays_somebody"),
            models.CheckConstraint(
                condition=Q(state=PayableState.PENDING, claimed_on=None)
                | (~Q(state=PayableState.PENDING) & Q(claimed_on__isnull=False)),
                name="claimed_year_end_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[PayableState.PAID, PayableState.REFUSED])
                | Q(answered_on__isnull=False, answered_on__gte=F("claimed_on")),
                name="answered_year_end_says_when",
            ),
        ]
        triggers = [
            stamp_trigger(),
            never_deleted(),
            pgtrigger.FSM(
                name="year_end_steps",
                field="state",
                transitions=CLAIMING,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.year}"


class YearEndTopUp(models.Model):
    """One person's year: `own` yuan borne of `whole`; `kept` of it stays with them, `amount` is paid back."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("bills", "whole", "own", "kept", "amount")
    PLAIN: ClassVar[tuple[str, ...]] = ()
    VILLAGE: ClassVar[str] = "village"
    SENSITIVE: ClassVar[str] = "is_sensitive"

    batch = models.ForeignKey(YearEndBatch, on_delete=models.PROTECT, related_name="top_ups")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="year_end_top_ups")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", editable=False)
    county = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", editable=False)
    is_sensitive = models.BooleanField(default=False)
    bills = models.PositiveSmallIntegerField()
    whole = models.DecimalField(max_digits=12, decimal_places=2)
    own = models.DecimalField(max_digits=12, decimal_places=2)
    kept = models.DecimalField(max_digits=12, decimal_places=2)
    amount = models.DecimalField(max_digits=12, decimal_places=2)

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "person"], name="one_year_end_per_person"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, kept__gte=0) & Q(amount__lte=F("own")),
                name="year_end_within_own_share",
            ),
        ]
        triggers = [place_of_person(), append_only()]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.person_id}"

"""Stays and visits that cost money, and what they cost."""

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from claims.choices import (
    AdmissionState,
    Care,
    HospitalLevel,
    ItemCategory,
    ItemClass,
    NoCredit,
    ReferralStanding,
)
from claims.models.triggers import place_of_person
from core.accounts.models import Area
from core.accounts.scope import ScopedManager
from core.audit.history import tracked, tracked_from_second_version
from core.base.ids import uuid7
from core.base.models import Stamped, stamp_trigger
from core.base.triggers import never_deleted
from core.clinics.models import Institution
from households.models import Household, Person
from households.models.triggers import tombstone_on_move

_LEFT = [AdmissionState.DISCHARGED, AdmissionState.SETTLED, AdmissionState.CLOSED]
_BILL_IS_OPEN = """
    PERFORM 1 FROM claims_admission a WHERE a.id = COALESCE(NEW.admission_id, OLD.admission_id)
        AND a.state IN ('settled', 'closed', 'cancelled');
    IF FOUND THEN
        RAISE EXCEPTION 'the bill of a settled stay changes by a correction'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'settled_bill_stays';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""


class DateSpan(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


@tracked()
class Admission(Stamped):
    """One stay in hospital, or one visit to an outpatient window. `level` is the hospital's on that day.

    `treats_first` is 先诊疗后付费 (DOMAIN A3, A47); without it `no_credit` says why."""

    PERSONAL: ClassVar[tuple[str, ...]] = (
        "diagnosis",
        "icd10",
        "signer_name",
        "cancel_reason",
        "hospital_no",
        "reported",
    )
    PLAIN: ClassVar[tuple[str, ...]] = (
        *("care", "level", "state", "admitted_on", "discharged_on", "no_credit", "agreed_on", "referral"),
        "referral_no",
    )
    VILLAGE: ClassVar[str] = "village"
    SENSITIVE: ClassVar[str] = "is_sensitive"

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="admissions")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="admissions")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", editable=False)
    county = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", editable=False)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="admissions")
    hospital_no = models.CharField(_("hospital's own number"), max_length=40, blank=True)
    care = models.CharField(_("care"), max_length=20, choices=Care.choices, default=Care.INPATIENT)
    level = models.CharField(_("hospital level"), max_length=10, choices=HospitalLevel.choices)
    is_in_county = models.BooleanField(default=True)
    is_designated = models.BooleanField(default=True)
    admitted_on = models.DateField(_("admitted on"))
    discharged_on = models.DateField(_("discharged on"), null=True, blank=True)
    diagnosis = models.CharField(_("diagnosis"), max_length=120)
    icd10 = models.CharField(_("ICD-10 code"), max_length=20, blank=True)
    is_sensitive = models.BooleanField(default=False)
    referral = models.CharField(
        _("referral"), max_length=12, choices=ReferralStanding.choices, default=ReferralStanding.NOT_NEEDED
    )
    referral_no = models.CharField(_("referral number"), max_length=40, blank=True)
    treats_first = models.BooleanField(_("treated before paying"), default=True)
    no_credit = models.CharField(
        _("why not treated first"), max_length=12, choices=NoCredit.choices, blank=True
    )
    agreed_on = models.DateField(_("agreement signed on"), null=True, blank=True)
    signer_name = models.CharField(_("agreement signed by"), max_length=40, blank=True)
    is_priority = models.BooleanField(_("seen first"), default=False)
    in_reserved_bed = models.BooleanField(_("in a reserved bed"), default=False)
    reported = models.JSONField(
        default=dict, blank=True, help_text="yuan as text by layer: what an outside payer says it pays"
    )
    state = models.CharField(max_length=10, choices=AdmissionState.choices, default=AdmissionState.ADMITTED)
    cancel_reason = models.CharField(_("reason for cancelling"), max_length=120, blank=True)
    admitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    continues = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="continued_by",
        help_text="the part before New Year of a stay that was divided there",
    )

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["continues"],
                condition=~Q(state=AdmissionState.CANCELLED),
                name="one_part_after_new_year",
            ),
            models.CheckConstraint(
                condition=Q(continues=None) | Q(admitted_on__month=1, admitted_on__day=1),
                name="part_after_new_year_begins_on_it",
            ),
            models.UniqueConstraint(
                fields=["institution", "hospital_no"],
                condition=~Q(hospital_no="") & ~Q(state=AdmissionState.CANCELLED),
                name="one_admission_per_hospital_number",
            ),
            ExclusionConstraint(
                name="one_bed_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (DateSpan(F("admitted_on"), F("discharged_on")), RangeOperators.OVERLAPS),
                ],
                condition=Q(care=Care.INPATIENT) & ~Q(state=AdmissionState.CANCELLED),
            ),
            models.CheckConstraint(
                condition=Q(discharged_on=None) | Q(discharged_on__gte=F("admitted_on")),
                name="discharge_follows_admission",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_LEFT) | Q(discharged_on__isnull=False),
                name="discharged_stay_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=AdmissionState.CANCELLED) | ~Q(cancel_reason=""),
                name="cancelled_stay_says_why",
            ),
            models.CheckConstraint(
                condition=Q(treats_first=True, no_credit="") | (Q(treats_first=False) & ~Q(no_credit="")),
                name="paying_first_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["village", "admitted_on"], name="admission_scope"),
            models.Index(fields=["institution", "state", "admitted_on"], name="admission_window"),
            models.Index(fields=["county", "changed_xid", "id"], name="admission_feed"),
        ]
        triggers = [
            stamp_trigger(),
            place_of_person(),
            never_deleted(),
            tombstone_on_move("admission"),
            pgtrigger.FSM(
                name="admission_steps",
                field="state",
                transitions=[
                    ("admitted", "discharged"),
                    ("discharged", "admitted"),
                    ("discharged", "settled"),
                    ("settled", "discharged"),
                    ("settled", "closed"),
                    ("closed", "settled"),
                    ("closed", "discharged"),
                    ("admitted", "cancelled"),
                    ("discharged", "cancelled"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.hospital_no or str(self.uuid)


@tracked_from_second_version()
class BillItem(Stamped):
    """One line of the hospital's bill. Class B's `first_pay` and what is `over_limit` are outside of what is
    compliant, where the policy says so (DOMAIN B3.3)."""

    PLAIN: ClassVar[tuple[str, ...]] = ("category", "item_class", "first_pay", "over_limit")
    PERSONAL: ClassVar[tuple[str, ...]] = ("name",)
    VILLAGE: ClassVar[str] = "admission__village"
    SENSITIVE: ClassVar[str] = "admission__is_sensitive"

    admission = models.ForeignKey(Admission, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    category = models.CharField(_("kind of cost"), max_length=14, choices=ItemCategory.choices)
    item_class = models.CharField(_("cost class"), max_length=1, choices=ItemClass.choices)
    name = models.CharField(_("name"), max_length=80, blank=True)
    amount = models.DecimalField(_("amount (yuan)"), max_digits=12, decimal_places=2)
    first_pay = models.DecimalField(_("paid first (yuan)"), max_digits=12, decimal_places=2, default=0)
    over_limit = models.DecimalField(_("over the limit (yuan)"), max_digits=12, decimal_places=2, default=0)

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["admission", "position"], name="one_item_per_position"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, first_pay__gte=0, over_limit__gte=0)
                & Q(amount__gte=F("first_pay") + F("over_limit")),
                name="item_holds_its_parts",
            ),
            models.CheckConstraint(
                condition=Q(item_class=ItemClass.B) | Q(first_pay=0), name="only_class_b_pays_first"
            ),
        ]
        triggers = [
            stamp_trigger(),
            pgtrigger.Trigger(
                name="settled_bill_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_BILL_IS_OPEN,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.admission_id} {self.position}"

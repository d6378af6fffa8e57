"""Referrals: sent with a reason, answered by the hospital, back with a result, asked after in two weeks."""

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Area
from core.accounts.scope import ScopedManager
from core.audit.history import tracked
from core.base.ids import uuid7
from core.base.models import Stamped, stamp_trigger
from core.clinics.models import Institution
from followups.choices import (
    CheckResult,
    PriorityKind,
    ReferralResult,
    ReferralState,
    Urgency,
)
from followups.models.needs import PLACE_AND_SECRECY, Need
from followups.models.visits import Visit
from households.models import Household, Person
from households.models.triggers import tombstone_on_move

_ANSWERED = [
    ReferralState.ACCEPTED,
    ReferralState.DECLINED,
    ReferralState.ARRIVED,
    ReferralState.RETURNED,
]
_THERE = [ReferralState.ARRIVED, ReferralState.RETURNED]
_WITH_ITS_NEED = f"""
    IF NEW.need_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM followups_need n WHERE n.id = NEW.need_id AND n.person_id = NEW.person_id) THEN
        RAISE EXCEPTION 'a referral and its need are of one person'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'referral_is_of_the_person_in_need';
    END IF;
    IF NOT NEW.is_sensitive AND NEW.need_id IS NOT NULL THEN
        SELECT n.is_sensitive INTO NEW.is_sensitive FROM followups_need n WHERE n.id = NEW.need_id;
    END IF;
    {PLACE_AND_SECRECY}
"""  # noqa: S608 - our own texts


@tracked()
class Referral(Stamped):
    """转诊. `check_by` is the last day of the two-week check (DOMAIN B1.1); `is_priority` is 三优先 (A11)."""

    CHECK_DAYS: ClassVar[int] = 14
    PERSONAL: ClassVar[tuple[str, ...]] = (
        *("reason", "department", "decline_reason", "cancel_reason", "diagnosis", "advice", "result"),
        "check_note",
    )
    PLAIN: ClassVar[tuple[str, ...]] = (
        *("urgency", "state", "referred_on", "check_by", "arrived_on", "discharged_on", "checked_on"),
        "check_result",
    )
    VILLAGE: ClassVar[str] = "village"
    SENSITIVE: ClassVar[str] = "is_sensitive"

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="referrals")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="referrals")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    county = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="+", editable=False, db_index=False
    )
    need = models.ForeignKey(Need, null=True, on_delete=models.PROTECT, related_name="referrals")
    visit = models.ForeignKey(
        Visit, null=True, on_delete=models.PROTECT, related_name="referrals", db_index=False
    )
    follows = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    is_sensitive = models.BooleanField(default=False, db_default=False)
    from_institution = models.ForeignKey(Institution, null=True, on_delete=models.PROTECT, related_name="+")
    to_institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="referrals")
    department = models.CharField(_("department"), max_length=40, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    urgency = models.CharField(_("urgency"), max_length=10, choices=Urgency.choices, default=Urgency.ROUTINE)
    is_priority = models.BooleanField(_("priority"), default=True)
    referred_at = models.DateTimeField()
    referred_on = models.DateField()
    referred_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    check_by = models.DateField(_("to be asked after by"))
    state = models.CharField(max_length=10, choices=ReferralState.choices, default=ReferralState.SENT)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decline_reason = models.CharField(max_length=200, blank=True)
    cancel_reason = models.CharField(max_length=200, blank=True)
    arrived_on = models.DateField(null=True)
    is_admitted = models.BooleanField(default=False)
    discharged_on = models.DateField(null=True)
    returned_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    result = models.CharField(max_length=12, choices=ReferralResult.choices, blank=True)
    diagnosis = models.CharField(max_length=200, blank=True)
    advice = models.CharField(max_length=300, blank=True)
    checked_on = models.DateField(null=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    check_result = models.CharField(max_length=12, choices=CheckResult.choices, blank=True)
    check_note = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="referral_says_why"),
            models.CheckConstraint(
                condition=Q(check_by__gte=F("referred_on")), name="referral_check_lies_ahead"
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=_ANSWERED, answered_by__isnull=False, answered_at__gte=F("referred_at"))
                )
                | Q(state=ReferralState.SENT, answered_at=None, answered_by=None)
                | Q(state=ReferralState.CANCELLED),
                name="referral_answer_has_time_and_person",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReferralState.DECLINED) | ~Q(decline_reason=""),
                name="declined_referral_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReferralState.CANCELLED) | ~Q(cancel_reason=""),
                name="cancelled_referral_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_THERE, arrived_on__gte=F("referred_on"))
                | (~Q(state__in=_THERE) & Q(arrived_on=None)),
                name="referral_arrival_after_it_was_made",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=ReferralState.RETURNED, returned_by__isnull=False)
                    & Q(returned_at__gte=F("answered_at"))
                    & ~Q(result="")
                    & ~Q(diagnosis="")
                )
                | (~Q(state=ReferralState.RETURNED) & Q(returned_at=None, result="", discharged_on=None)),
                name="referral_result_after_receipt",
            ),
            models.CheckConstraint(
                condition=Q(discharged_on=None) | Q(discharged_on__gte=F("arrived_on")),
                name="discharge_after_arrival",
            ),
            models.CheckConstraint(
                condition=(
                    Q(checked_on__gte=F("referred_on"), checked_by__isnull=False) & ~Q(check_result="")
                )
                | Q(checked_on=None, checked_by=None, check_result=""),
                name="referral_check_has_day_person_and_result",
            ),
            models.UniqueConstraint(
                fields=["visit"],
                condition=Q(visit__isnull=False)
                & ~Q(state__in=[ReferralState.DECLINED, ReferralState.CANCELLED]),
                name="one_standing_referral_per_visit",
            ),
        ]
        indexes = [
            models.Index(fields=["village", "state", "check_by"], name="referral_scope"),
            models.Index(fields=["village", "referred_on"], name="referral_period"),
            models.Index(fields=["county", "changed_xid", "id"], name="referral_feed"),
        ]
        triggers = [
            stamp_trigger(),
            tombstone_on_move("referral"),
            pgtrigger.Trigger(
                name="with_its_need",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("person_id", "village_id", "visit_id", "need_id"),
                func=_WITH_ITS_NEED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.uuid}"


@tracked()
class PriorityService(Stamped):
    """One of the three priorities (DOMAIN A11), from the request to the service."""

    PLAIN: ClassVar[tuple[str, ...]] = ("kind",)
    VILLAGE: ClassVar[str] = "referral__village"
    SENSITIVE: ClassVar[str] = "referral__is_sensitive"

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="services")
    kind = models.CharField(max_length=12, choices=PriorityKind.choices)
    asked_at = models.DateTimeField()
    served_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral", "kind"], name="one_priority_of_a_kind_per_referral"),
            models.CheckConstraint(
                condition=Q(served_at=None) | Q(served_at__gte=F("asked_at")),
                name="served_after_it_was_asked",
            ),
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.kind}"

"""What climbed the ladder: who was told of a visit, a need or a referral, when, and when they saw it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.accounts.told import Told
from core.audit.history import tracked_from_second_version
from followups.choices import EscalationCause, ReferralCause, Rung
from followups.models.duties import Duty
from followups.models.needs import Need
from followups.models.referrals import Referral


class Climbed(Told):
    """`seen_by` is whom it was told, or who stood in for them that day."""

    step = models.CharField(max_length=12, choices=Rung.choices)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(Told.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(seen_at=None, seen_by=None) | Q(seen_at__isnull=False, seen_by__isnull=False),
                name="%(class)s_seen_says_by_whom",
            )
        ]


@tracked_from_second_version()
class Escalation(Climbed):
    """A visit that stays away, or that nobody could be found for."""

    PLAIN: ClassVar[tuple[str, ...]] = ("step", "cause", "told_on", "channel")
    VILLAGE: ClassVar[str] = "duty__village"
    SENSITIVE: ClassVar[str] = "duty__is_sensitive"

    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="escalations")
    cause = models.CharField(max_length=10, choices=EscalationCause.choices, default=EscalationCause.OVERDUE)

    class Meta(Climbed.Meta):
        constraints = [
            *Climbed.Meta.constraints,
            models.UniqueConstraint(
                fields=["duty", "step", "cause"], name="one_escalation_per_duty_step_and_cause"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty_id} {self.step}"


@tracked_from_second_version()
class NeedEscalation(Climbed):
    """A need that was not met by its day; where another day was agreed, it climbs anew after that."""

    PLAIN: ClassVar[tuple[str, ...]] = ("step", "due_on", "told_on", "channel")
    VILLAGE: ClassVar[str] = "need__village"
    SENSITIVE: ClassVar[str] = "need__is_sensitive"

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="escalations")
    due_on = models.DateField(_("to be met by"))

    class Meta(Climbed.Meta):
        constraints = [
            *Climbed.Meta.constraints,
            models.UniqueConstraint(
                fields=["need", "step", "due_on"], name="one_escalation_per_need_step_and_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} {self.step}"


@tracked_from_second_version()
class ReferralEscalation(Climbed):
    """A referral that the hospital does not answer, or that nobody has asked after within two weeks."""

    PLAIN: ClassVar[tuple[str, ...]] = ("step", "cause", "told_on", "channel")
    VILLAGE: ClassVar[str] = "referral__village"
    SENSITIVE: ClassVar[str] = "referral__is_sensitive"

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="escalations")
    cause = models.CharField(max_length=10, choices=ReferralCause.choices)

    class Meta(Climbed.Meta):
        constraints = [
            *Climbed.Meta.constraints,
            models.UniqueConstraint(
                fields=["referral", "step", "cause"], name="one_escalation_per_referral_step_and_cause"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.step}"

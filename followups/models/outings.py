"""What is owed beside the visits: teams back in their village each month, a paired doctor for a household."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Area
from core.accounts.scope import ScopedManager
from core.audit.history import tracked
from core.base.models import Stamped, stamp_trigger
from core.clinics.models import Practitioner
from followups.models.contracts import Team
from households.models import Household


@tracked()
class TeamReturn(Stamped):
    """A team was back in its village in a month (一月一回村, DOMAIN A68)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("note",)
    PLAIN: ClassVar[tuple[str, ...]] = ("month", "returned_on")
    VILLAGE: ClassVar[str] = "village"

    uuid = models.UUIDField(unique=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="returns")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    month = models.DateField(help_text="its first day")
    returned_on = models.DateField(_("on"))
    served = models.PositiveSmallIntegerField(_("people served"))
    satisfaction = models.PositiveSmallIntegerField(_("satisfaction of the village"))
    note = models.CharField(_("what was done"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "village", "month"], name="one_return_per_team_village_and_month"
            ),
            models.CheckConstraint(
                condition=Q(satisfaction__range=(1, 5)), name="return_satisfaction_is_one_to_five"
            ),
            models.CheckConstraint(
                condition=Q(returned_on__year=F("month__year"), returned_on__month=F("month__month")),
                name="return_lies_in_its_month",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="month_of_return_is_its_first_day"),
        ]
        indexes = [models.Index(fields=["village", "month"], name="return_scope")]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.team_id} {self.village_id} {self.month}"


@tracked()
class Pairing(Stamped):
    """包联: one named doctor answers for a household beside the contracted one (DOMAIN A69)."""

    PLAIN: ClassVar[tuple[str, ...]] = ("period",)
    VILLAGE: ClassVar[str] = "household__village"

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="pairings")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="pairings")
    period = DateRangeField(_("period"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_paired_doctor_at_a_time",
                expressions=[("household", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="pairing_lasts_a_day"),
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.household_id} {self.practitioner_id}"

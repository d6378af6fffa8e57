"""Why a household is poor, and since when."""

from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from core.accounts.scope import ScopedManager
from core.audit.history import tracked
from core.base.models import Stamped, stamp_trigger
from households.choices import Cause
from households.models.family import Household


@tracked()
class HouseholdCause(Stamped):
    """A cause of poverty, and since when: what a policy asks for is the cause on its day, not today's.

    Kept by the database from the household's present causes (`keep_causes`)."""

    PLAIN: ClassVar[tuple[str, ...]] = ("cause", "period")
    VILLAGE: ClassVar[str] = "household__village"

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="causes")
    cause = models.CharField(max_length=12, choices=Cause.choices)
    is_main = models.BooleanField()
    period = DateRangeField()

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_cause_of_a_kind_at_a_time",
                expressions=[
                    ("household", RangeOperators.EQUAL),
                    ("cause", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="one_main_cause_at_a_time",
                expressions=[("household", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(is_main=True),
            ),
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.household_id} {self.cause}"

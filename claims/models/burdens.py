"""What a household's burden is measured against: the rules a county works by, and what a family spends."""

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
from households.models import Household


@tracked()
class RuleSetInForce(Stamped):
    """Which set of warning rules a county works by, and when: one at a time.

    What holds everywhere needs no row."""

    PLAIN: ClassVar[tuple[str, ...]] = ("code", "period")

    county = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("rules"), max_length=40)
    period = DateRangeField(_("in force during"))
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_rule_set_in_force_at_a_time",
                expressions=[("county", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                condition=Q(period__isempty=False, period__lower_inf=False) & ~Q(code=""),
                name="rule_set_has_a_beginning",
            ),
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.county_id} {self.code}"


@tracked()
class ConsumptionSurvey(Stamped):
    """What a household spent in a year, as a survey found.

    Who was not asked has no row: unknown, never nothing."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("spent", "food")
    PLAIN: ClassVar[tuple[str, ...]] = ("surveyed_on",)
    VILLAGE: ClassVar[str] = "household__village"

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="consumption_surveys")
    year = models.PositiveSmallIntegerField(_("year"))
    spent = models.DecimalField(_("spent in the year (yuan)"), max_digits=12, decimal_places=2)
    food = models.DecimalField(_("of it on food (yuan)"), max_digits=12, decimal_places=2, null=True)
    size = models.PositiveSmallIntegerField(_("persons at the table"))
    surveyed_on = models.DateField(_("asked on"))
    surveyed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["household", "year"], name="one_survey_per_household_and_year"),
            models.CheckConstraint(
                condition=Q(spent__gt=0, size__gt=0) & (Q(food=None) | Q(food__gte=0, food__lte=F("spent"))),
                name="survey_adds_up",
            ),
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.household_id} {self.year}"

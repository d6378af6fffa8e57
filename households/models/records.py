"""The record of a person: the file, the health class and its history, the year's campaign, benefits used."""

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Area
from core.accounts.scope import ScopedManager
from core.audit.history import tracked
from core.base.models import Stamped, stamp_trigger
from core.clinics.models import Institution
from households.choices import HealthClass
from households.models.family import Person
from households.record_choices import Basis, Bearer

# The period without an end is the one that holds: the person's class is that one's, whoever writes it.
_TAKE_OVER = """
    UPDATE households_person p SET health_class = n.health_class FROM new_values n
     WHERE p.id = n.person_id AND upper_inf(n.period) AND p.health_class <> n.health_class;
    RETURN NULL;
"""


class _Lower(Func):
    function = "lower"
    output_field = models.DateField()


def _person_follows(operation: Any, name: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=operation,
        level=pgtrigger.Statement,
        referencing=pgtrigger.Referencing(new="new_values"),
        func=_TAKE_OVER,
    )


@tracked()
class HealthClassPeriod(Stamped):
    """Which of the four classes a person was in, since when and by what (DOMAIN A52).

    A class set by hand holds until `holds_until`; the rule leaves it alone until that day has passed."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("reason",)
    PLAIN: ClassVar[tuple[str, ...]] = ("health_class", "period", "basis", "rule", "holds_until")
    VILLAGE: ClassVar[str] = "person__village"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="health_classes")
    health_class = models.CharField(_("health class"), max_length=12, choices=HealthClass.choices)
    period = DateRangeField()
    basis = models.CharField(max_length=10, choices=Basis.choices, default=Basis.RULE)
    rule = models.CharField(max_length=30, blank=True, default="")
    reason = models.CharField(_("reason"), max_length=200, blank=True, default="")
    holds_until = models.DateField(_("holds until"), null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_health_class_at_a_time",
                expressions=[("person", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                condition=Q(basis=Basis.RULE, by=None, holds_until=None) & ~Q(rule="")
                | (Q(basis=Basis.OVERRIDE, by__isnull=False, holds_until__isnull=False) & ~Q(reason="")),
                name="class_set_by_hand_says_who_why_and_until",
            ),
            models.CheckConstraint(
                condition=Q(holds_until=None) | Q(holds_until__gte=_Lower("period")),
                name="class_holds_until_after_it_begins",
            ),
        ]
        triggers = [
            stamp_trigger(),
            _person_follows(pgtrigger.Insert, "person_follows"),
            _person_follows(pgtrigger.Update, "person_follows_change"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.health_class}"


@tracked()
class HealthRecord(Stamped):
    """健康档案: who keeps it, since when, when it was last looked at, and what is missing (DOMAIN A30, A51).

    `missing` holds codes of the form; `visit` is the visit on the form of the record it rests on, where there
    is one: a record that stands on paper has none."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("archive_number",)
    PLAIN: ClassVar[tuple[str, ...]] = ("unit", "doctor", "made_on", "updated_on", "missing")
    VILLAGE: ClassVar[str] = "person__village"

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="health_record")
    archive_number = models.CharField(_("archive number"), max_length=24)
    owner = models.ForeignKey(
        Institution, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("kept by")
    )
    unit = models.CharField(_("archive unit"), max_length=60, blank=True, default="")
    doctor = models.CharField(_("responsible doctor"), max_length=40, blank=True, default="")
    made_on = models.DateField(_("first made on"))
    updated_on = models.DateField(_("last brought up to date"))
    missing = ArrayField(models.CharField(max_length=30), default=list)
    visit = models.UUIDField(null=True)

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(updated_on__gte=F("made_on")), name="record_is_updated_after_it_is_made"
            ),
            models.CheckConstraint(condition=~Q(archive_number=""), name="record_has_its_number"),
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.person_id} {self.updated_on}"


@tracked()
class ExamCampaign(Stamped):
    """The year's free examination in a county: from when to when, and who bears what it costs."""

    PLAIN: ClassVar[tuple[str, ...]] = ("opens_on", "due_on", "borne_by", "cost_per_head")

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    opens_on = models.DateField(_("begins on"))
    due_on = models.DateField(_("to be finished by"))
    borne_by = models.CharField(
        _("borne by"), max_length=14, choices=Bearer.choices, default=Bearer.TOWNSHIP_HOSPITAL
    )
    cost_per_head = models.DecimalField(
        _("cost per person (yuan)"), max_digits=8, decimal_places=2, null=True
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "year"], name="one_exam_campaign_per_county_and_year"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opens_on"), opens_on__year=F("year"), due_on__year=F("year")),
                name="exam_campaign_lies_in_its_year",
            ),
            models.CheckConstraint(
                condition=Q(cost_per_head=None) | Q(cost_per_head__gte=0), name="exam_cost_is_not_negative"
            ),
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.area_id} {self.year}"


@tracked()
class BenefitUse(Stamped):
    """One use of a benefit that no other row proves (DOMAIN A77); `benefit` is of benefits.toml."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("note",)
    PLAIN: ClassVar[tuple[str, ...]] = ("benefit", "used_on", "giver")
    VILLAGE: ClassVar[str] = "person__village"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="benefit_uses")
    benefit = models.CharField(max_length=30)
    used_on = models.DateField(_("used on"))
    amount = models.DecimalField(_("amount (yuan)"), max_digits=10, decimal_places=2, null=True)
    giver = models.CharField(_("given by"), max_length=80)
    note = models.CharField(_("note"), max_length=200, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "benefit", "used_on"], name="one_use_of_a_benefit_per_day"
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0), name="benefit_is_not_negative"
            ),
            models.CheckConstraint(condition=~Q(giver=""), name="benefit_has_a_giver"),
        ]
        indexes = [models.Index(fields=["benefit", "used_on"], name="benefit_used")]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.person_id} {self.benefit}"

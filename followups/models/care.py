"""Who takes a case on, what they agree to do, and what is done: doctors, plans, signatures, treatment."""

from typing import Any, ClassVar

import pgtrigger
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
from core.base.triggers import append_only
from core.clinics.models import Institution, Practitioner
from followups.case_choices import CareLevel, TreatmentStatus, WhyNot
from followups.models import case_triggers
from followups.models.cases import MajorCase
from households.models import Person
from households.models.triggers import follow_person


@tracked()
class CaseAssignment(Stamped):
    """包联: a doctor of one level answers for a person, for a time. Of each level there is one at a time; the
    one of the county's hospital is the responsible doctor. A person with two cases has the same three."""

    PLAIN: ClassVar[tuple[str, ...]] = ("level", "period")
    VILLAGE: ClassVar[str] = "village"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="case_doctors")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", editable=False)
    level = models.CharField(_("level"), max_length=8, choices=CareLevel.choices)
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="case_persons")
    period = DateRangeField(_("period"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_doctor_of_a_level_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("level", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="three_different_doctors",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("practitioner", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="assignment_lasts_a_day"),
        ]
        triggers = [stamp_trigger(), follow_person(), case_triggers.touch_the_cases()]

    def __str__(self) -> str:
        return f"{self.person_id} {self.level}"


_WRITTEN = (
    *("case", "version", "goals", "treatment", "hospital", "visits", "medicines", "cost", "payers"),
    *("change_reason", "made_by", "made_on"),
)


@tracked()
class CarePlan(Stamped):
    """The joint plan (A67). A change is a new version that all three sign anew; the one before stays in
    force until then, and is kept. `visits`, `medicines` and `payers` are read by the family: plain words."""

    PERSONAL: ClassVar[tuple[str, ...]] = (
        *("goals", "treatment", "visits", "medicines", "cost", "payers", "change_reason"),
    )
    PLAIN: ClassVar[tuple[str, ...]] = ("made_on", "effective_on", "superseded_on")

    case = models.ForeignKey(MajorCase, on_delete=models.PROTECT, related_name="plans")
    version = models.PositiveSmallIntegerField(_("version"))
    goals = models.CharField(_("goals"), max_length=300)
    treatment = models.CharField(_("treatment"), max_length=300)
    hospital = models.ForeignKey(
        Institution, on_delete=models.PROTECT, related_name="+", verbose_name=_("hospital")
    )
    visits = models.CharField(_("visits"), max_length=200)
    medicines = models.CharField(_("medicines"), max_length=300, blank=True)
    cost = models.DecimalField(_("expected cost (yuan)"), max_digits=10, decimal_places=2, null=True)
    payers = models.CharField(_("who pays what"), max_length=300, blank=True)
    change_reason = models.CharField(_("what is changed and why"), max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField(_("made on"))
    effective_on = models.DateField(_("in force since"), null=True)
    superseded_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="one_plan_per_version"),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(effective_on__isnull=False, superseded_on=None),
                name="one_plan_in_force",
            ),
            models.CheckConstraint(
                condition=Q(version=1) | Q(version__gt=1) & ~Q(change_reason=""),
                name="changed_plan_says_why",
            ),
            models.CheckConstraint(
                condition=Q(cost=None) | Q(cost__gte=0), name="expected_cost_is_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(effective_on=None) | Q(effective_on__gte=F("made_on")),
                name="plan_in_force_after_it_is_made",
            ),
        ]
        triggers = [
            stamp_trigger(),
            case_triggers.three_signatures_first(),
            pgtrigger.ReadOnly(name="a_change_is_a_new_version", fields=[*_WRITTEN]),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} v{self.version}"


class PlanSignature(Stamped):
    """One of the three under one version: each for himself, never taken back."""

    PLAIN: ClassVar[tuple[str, ...]] = ("level", "signed_on")

    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="signatures")
    level = models.CharField(_("level"), max_length=8, choices=CareLevel.choices)
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_on = models.DateField(_("signed on"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "level"], name="one_signature_per_plan_and_level"),
            models.UniqueConstraint(fields=["plan", "signer"], name="one_signature_per_plan_and_signer"),
        ]
        triggers = [
            case_triggers.signed_for_oneself(),
            case_triggers.in_force_with_the_third(),
            append_only("never_taken_back"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.level}"


class Treatment(Stamped):
    """Where the treatment stands on a day, and where; or why there is none (A75). Records are only added."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("status", "place", "why_not", "note")
    PLAIN: ClassVar[tuple[str, ...]] = ("on",)

    case = models.ForeignKey(MajorCase, on_delete=models.PROTECT, related_name="treatments")
    status = models.CharField(_("treatment"), max_length=12, choices=TreatmentStatus.choices)
    on = models.DateField(_("on"))
    hospital = models.ForeignKey(
        Institution, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("hospital")
    )
    place = models.CharField(_("another hospital"), max_length=80, blank=True)
    why_not = models.CharField(_("why not"), max_length=12, choices=WhyNot.choices, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status=TreatmentStatus.NOT_TREATED) & ~Q(why_not="")
                | ~Q(status=TreatmentStatus.NOT_TREATED) & Q(why_not=""),
                name="not_treated_says_why",
            ),
            models.CheckConstraint(
                condition=Q(status=TreatmentStatus.NOT_TREATED) | Q(hospital__isnull=False) | ~Q(place=""),
                name="treatment_names_the_hospital",
            ),
            models.CheckConstraint(
                condition=~Q(why_not=WhyNot.OTHER) | ~Q(note=""), name="another_reason_is_written_down"
            ),
        ]
        triggers = [
            case_triggers.newest_treatment(),
            append_only("never_taken_back"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.status}"

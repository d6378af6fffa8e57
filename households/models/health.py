"""What is known of a person's health: conditions, yearly exams, insurance."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Area
from core.accounts.scope import ScopedManager
from core.audit.history import tracked
from core.base.models import Stamped, stamp_trigger
from core.clinics.models import Institution
from households.choices import DiseaseGroup, Scheme
from households.models.family import Person
from households.models.triggers import follow_person
from households.record_choices import Bearer

_SENSITIVITY = (
    "SELECT d.is_sensitive INTO NEW.is_sensitive FROM households_disease d WHERE d.id = NEW.disease_id;"
)


@tracked()
class Disease(Stamped):
    """One disease of the catalogue. `catalogues` names the published lists it stands in (11, 30, …)."""

    PLAIN: ClassVar[tuple[str, ...]] = (
        *("code", "name_zh", "name_en", "group", "icd10_prefixes", "catalogues", "valid_from", "valid_to"),
    )

    code = models.CharField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80)
    group = models.CharField(max_length=10, choices=DiseaseGroup.choices)
    icd10_prefixes = ArrayField(models.CharField(max_length=10), default=list)
    catalogues = ArrayField(models.CharField(max_length=10), default=list)
    is_sensitive = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="disease_ends_after_start"
            )
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return self.name_zh if (get_language() or "zh").startswith("zh") else self.name_en


@tracked()
class Condition(Stamped):
    """A disease a person has; sensitive ones (mental disorder, TB, HIV) are for health staff only."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("icd10", "confirmed_on", "confirmed_at", "ended_on", "end_reason")
    VILLAGE: ClassVar[str] = "village"
    SENSITIVE: ClassVar[str] = "is_sensitive"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="conditions")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", editable=False)
    disease = models.ForeignKey(Disease, on_delete=models.PROTECT, related_name="conditions")
    is_sensitive = models.BooleanField(default=False, editable=False)
    icd10 = models.CharField(max_length=20, blank=True)
    confirmed_on = models.DateField(_("confirmed on"))
    confirmed_at = models.CharField(_("confirmed at"), max_length=80, blank=True)
    noticed_at = models.DateTimeField(
        _("notice received"), null=True, help_text="when the institution's notice came, where it is known"
    )
    is_managed = models.BooleanField(_("under management"), default=True)
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=20, blank=True)

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "disease"],
                condition=Q(ended_on=None),
                name="one_open_condition_per_disease",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("confirmed_on")),
                name="condition_ends_after_start",
            ),
        ]
        indexes = [
            models.Index(fields=["disease", "village"], name="condition_scope", condition=Q(ended_on=None))
        ]
        triggers = [stamp_trigger(), follow_person(_SENSITIVITY)]

    def __str__(self) -> str:
        return f"{self.person_id} {self.disease_id}"


@tracked()
class Enrolment(Stamped):
    """Insurance of one person in one scheme and year; when not enrolled, why."""

    PLAIN: ClassVar[tuple[str, ...]] = ("scheme", "paid_by", "paid_on", "why_not")
    VILLAGE: ClassVar[str] = "village"

    class PaidBy(models.TextChoices):
        SELF = "self", _("the family")
        GOVERNMENT = "government", _("the government")
        SHARED = "shared", _("family and government")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="enrolments")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", editable=False)
    scheme = models.CharField(max_length=14, choices=Scheme.choices)
    year = models.PositiveSmallIntegerField()
    is_enrolled = models.BooleanField(default=True)
    paid_by = models.CharField(max_length=12, choices=PaidBy.choices, blank=True)
    amount = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    paid_on = models.DateField(null=True)
    why_not = models.CharField(max_length=60, blank=True)

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "scheme", "year"], name="one_enrolment_per_scheme_and_year"
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0), name="premium_is_not_negative"
            ),
        ]
        indexes = [models.Index(fields=["year", "scheme", "village"], name="enrolment_scope")]
        triggers = [stamp_trigger(), follow_person()]

    def __str__(self) -> str:
        return f"{self.person_id} {self.scheme} {self.year}"


@tracked()
class Exam(Stamped):
    """The yearly free examination (DOMAIN A33, A50)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("examined_on", "findings", "advice")
    PLAIN: ClassVar[tuple[str, ...]] = ("borne_by",)
    VILLAGE: ClassVar[str] = "village"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="exams")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", editable=False)
    year = models.PositiveSmallIntegerField()
    examined_on = models.DateField()
    institution = models.ForeignKey(Institution, null=True, on_delete=models.PROTECT, related_name="exams")
    is_normal = models.BooleanField(default=True)
    findings = models.JSONField(default=dict)
    advice = models.CharField(max_length=200, blank=True)
    borne_by = models.CharField(
        _("borne by"),
        max_length=14,
        choices=Bearer.choices,
        default=Bearer.TOWNSHIP_HOSPITAL,
        db_default=Bearer.TOWNSHIP_HOSPITAL,
    )

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "year"], name="one_exam_per_year"),
            models.CheckConstraint(condition=Q(examined_on__year=F("year")), name="exam_lies_in_its_year"),
        ]
        triggers = [stamp_trigger(), follow_person()]

    def __str__(self) -> str:
        return f"{self.person_id} {self.year}"

"""Institutions, the people who work there, their licences, and how far a village is from care."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Area
from core.accounts.scope import ScopedManager
from core.audit.history import tracked
from core.base.models import Stamped, stamp_trigger


@tracked()
class Institution(Stamped):
    PLAIN: ClassVar[tuple[str, ...]] = (
        *("code", "name", "kind", "ownership"),
        *("floor_area", "rooms", "equipment"),
    )
    RESERVED_SHARE: ClassVar[int] = 5
    """Beds to be set aside for the registered poor, per cent, of each institution rounded up (DOMAIN A48)."""

    class Kind(models.TextChoices):
        VILLAGE_CLINIC = "village_clinic", _("village clinic")
        TOWNSHIP_HOSPITAL = "township_hospital", _("township hospital")
        COUNTY_HOSPITAL = "county_hospital", _("county hospital")
        HIGHER_HOSPITAL = "higher_hospital", _("higher hospital")

    class Ownership(models.TextChoices):
        PUBLIC = "public", _("public")
        PRIVATE = "private", _("private")
        RENTED = "rented", _("rented")

    class Room(models.TextChoices):
        """DOMAIN A26: what a standard village clinic is divided into."""

        CONSULTATION = "consultation", _("consultation room")
        TREATMENT = "treatment", _("treatment room")
        OBSERVATION = "observation", _("observation room")
        DISPOSAL = "disposal", _("dressing room")
        PHARMACY = "pharmacy", _("pharmacy")
        PREVENTION = "prevention", _("public health room")

    class Equipment(models.TextChoices):
        CABINET = "cabinet", _("cabinet of Western and Chinese drugs")
        CHAIRS = "chairs", _("infusion chairs")
        BED = "bed", _("observation bed")
        PRESSURE = "pressure", _("blood pressure monitor")
        GLUCOSE = "glucose", _("glucose meter")
        ECG = "ecg", _("electrocardiograph")
        OXYGEN = "oxygen", _("oxygen")
        COMPUTER = "computer", _("computer with the network")

    code = models.CharField(_("code"), max_length=22, unique=True)
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="institutions")
    ownership = models.CharField(max_length=10, choices=Ownership.choices, default=Ownership.PUBLIC)
    is_standardised = models.BooleanField(default=False)
    is_designated = models.BooleanField(default=False)
    has_settlement_window = models.BooleanField(default=False)
    beds = models.PositiveIntegerField(default=0)
    reserved_beds = models.PositiveIntegerField(default=0)
    floor_area = models.DecimalField(_("floor area (m²)"), max_digits=7, decimal_places=1, null=True)
    rooms = ArrayField(models.CharField(max_length=14, choices=Room.choices), default=list, db_default=[])
    equipment = ArrayField(
        models.CharField(max_length=14, choices=Equipment.choices), default=list, db_default=[]
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reserved_beds__lte=F("beds")), name="reserved_beds_within_beds"
            ),
            models.CheckConstraint(
                condition=Q(floor_area=None) | Q(floor_area__gt=0), name="floor_area_is_above_zero"
            ),
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return self.name

    @property
    def needed_beds(self) -> int:
        """Beds it has to set aside."""
        return -(-self.beds * self.RESERVED_SHARE // 100)

    @property
    def lacking_beds(self) -> int:
        return max(self.needed_beds - self.reserved_beds, 0)


@tracked()
class RebuildProject(Stamped):
    """Bringing a clinic up to standard (DOMAIN A94): its budget, what was spent, when it was accepted."""

    PLAIN: ClassVar[tuple[str, ...]] = ("title", "budget", "spent", "began_on", "accepted_on")

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="rebuilds")
    title = models.CharField(_("what is built"), max_length=120)
    budget = models.DecimalField(_("budget (yuan)"), max_digits=12, decimal_places=2)
    spent = models.DecimalField(_("spent (yuan)"), max_digits=12, decimal_places=2, default=0)
    began_on = models.DateField(_("begun on"))
    accepted_on = models.DateField(_("accepted on"), null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & Q(budget__gt=0), name="rebuild_has_its_budget"),
            models.CheckConstraint(condition=Q(spent__gte=0), name="rebuild_spends_from_zero"),
            models.CheckConstraint(
                condition=Q(accepted_on=None) | Q(accepted_on__gte=F("began_on")),
                name="rebuild_is_accepted_after_it_began",
            ),
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.institution} {self.title}"


@tracked()
class Practitioner(Stamped):
    PLAIN: ClassVar[tuple[str, ...]] = ("name", "title")

    name = models.CharField(_("name"), max_length=40)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="practitioners")
    is_general_practitioner = models.BooleanField(_("general practitioner"), default=False)
    title = models.CharField(max_length=40, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="practitioner"
    )
    home_village = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return self.name


@tracked()
class Licence(Stamped):
    PLAIN: ClassVar[tuple[str, ...]] = ("kind", "number", "valid_from", "valid_to")

    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="licences")
    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gt=F("valid_from")), name="licence_ends_after_start"
            ),
            models.UniqueConstraint(fields=["kind", "number"], name="one_licence_per_number"),
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return self.number


@tracked()
class CareCircle(Stamped):
    """Minutes from a village to its nearest qualified clinic; above 15 it lies outside the circle."""

    PLAIN: ClassVar[tuple[str, ...]] = ("measured_on",)
    VILLAGE: ClassVar[str] = "village"
    MINUTES: ClassVar[int] = 15

    village = models.OneToOneField(Area, on_delete=models.CASCADE, related_name="care_circle")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="circle")
    minutes = models.PositiveSmallIntegerField()
    measured_on = models.DateField()

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.village} {self.minutes} min"


@tracked()
class InstitutionRole(Stamped):
    """What a hospital is to a county's treatment of major disease (DOMAIN A72), and when."""

    PLAIN: ClassVar[tuple[str, ...]] = ("role", "period")

    class Role(models.TextChoices):
        DESIGNATED = "designated", _("designated hospital")
        SUPPORT = "support", _("paired support hospital")
        COOPERATION = "cooperation", _("cooperating hospital")

    county = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    period = DateRangeField(_("period"))

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_role_of_a_kind_at_a_time",
                expressions=[
                    ("county", RangeOperators.EQUAL),
                    ("institution", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="role_lasts_a_day"),
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.institution} {self.role}"

    @property
    def last_day(self) -> date | None:
        """None while no end is set."""
        return self.period.upper - timedelta(days=1) if self.period.upper else None


@tracked()
class HospitalTown(Stamped):
    """划片包干 (DOMAIN A74): the hospital whose doctors answer for a town, one at a time."""

    PLAIN: ClassVar[tuple[str, ...]] = ("period",)

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="towns")
    township = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="hospitals")
    period = DateRangeField(_("period"))

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_hospital_per_town_at_a_time",
                expressions=[("township", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="town_is_kept_a_day"),
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.institution} {self.township}"

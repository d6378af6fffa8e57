"""What a unit has signed to reach in a year (军令状, DOMAIN A76), figure by figure."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Area
from core.audit.history import tracked
from core.base.models import Stamped, stamp_trigger
from core.clinics.models import Institution


class Direction(models.TextChoices):
    AT_LEAST = "at_least", _("at least")
    AT_MOST = "at_most", _("at most")


@tracked()
class Pledge(Stamped):
    """One unit and year. `area` is where its figures are counted: of an institution, the area it serves."""

    PLAIN: ClassVar[tuple[str, ...]] = (
        *("signer", "signed_with", "signed_on"),
        *("path", "sha256", "media_type"),
    )

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="pledges")
    institution = models.ForeignKey(
        Institution, null=True, blank=True, on_delete=models.PROTECT, related_name="pledges"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    signer = models.CharField(_("who signed"), max_length=40)
    signed_with = models.CharField(_("signed to"), max_length=80)
    signed_on = models.DateField(_("day of signing"))
    path = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    media_type = models.CharField(max_length=20, blank=True)
    size = models.PositiveIntegerField(default=0)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "year"],
                condition=Q(institution=None),
                name="one_pledge_per_area_and_year",
            ),
            models.UniqueConstraint(
                fields=["institution", "year"], name="one_pledge_per_institution_and_year"
            ),
            models.CheckConstraint(
                condition=~Q(signer="") & ~Q(signed_with=""), name="pledge_says_who_signed"
            ),
        ]
        indexes = [models.Index(fields=["year", "area"], name="pledge_list")]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}"

    @property
    def unit(self) -> str:
        """The name of who pledged."""
        return self.institution.name if self.institution else self.area.name


@tracked()
class PledgeTarget(Stamped):
    """One figure of the pledge, in the unit in which its indicator is shown: per cent, or a number."""

    PLAIN: ClassVar[tuple[str, ...]] = ("indicator", "value", "direction")

    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="targets")
    indicator = models.CharField(max_length=60)
    value = models.DecimalField(_("target"), max_digits=10, decimal_places=2)
    weight = models.PositiveSmallIntegerField(_("points"), default=10)
    direction = models.CharField(max_length=8, choices=Direction.choices, default=Direction.AT_LEAST)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pledge", "indicator"], name="one_target_per_pledge_and_indicator"
            ),
            models.CheckConstraint(condition=Q(weight__range=(1, 100)), name="target_has_its_points"),
            models.CheckConstraint(condition=Q(value__gte=0), name="target_is_not_below_zero"),
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.indicator} {self.value}"

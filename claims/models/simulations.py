"""A policy tried on real bills. Nothing here touches a settlement."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.choices import SimulationState
from claims.models.policies import PolicyVersion
from claims.models.settlements import Settlement
from core.accounts.models import Area
from core.accounts.scope import ScopedManager
from core.audit.history import tracked_from_second_version
from core.base.models import Stamped, stamp_trigger


@tracked_from_second_version(exclude=("progress",))
class Simulation(Stamped):
    """One run of one text over the bills settled between two days. `summary` holds the finished figures."""

    PLAIN: ClassVar[tuple[str, ...]] = (
        *("text", "sha256", "from_on", "to_on", "state", "summary", "error", "name"),
    )

    county = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="simulations")
    name = models.CharField(_("name"), max_length=80)
    policy = models.ForeignKey(
        PolicyVersion, null=True, on_delete=models.SET_NULL, related_name="simulations"
    )
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    from_on = models.DateField(_("bills from"))
    to_on = models.DateField(_("to"))
    state = models.CharField(max_length=10, choices=SimulationState.choices, default=SimulationState.QUEUED)
    bills = models.PositiveIntegerField(default=0)
    progress = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    summary = models.JSONField(default=dict)
    error = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="simulated_days_in_order")
        ]
        indexes = [models.Index(fields=["county", "-created_at"], name="simulation_list")]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return self.name


class SimulatedBill(models.Model):
    """What a bill would have been. Only bills that change are kept."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("patient_before", "patient_after", "payers_after")
    PLAIN: ClassVar[tuple[str, ...]] = ()
    VILLAGE: ClassVar[str] = "settlement__village"
    SENSITIVE: ClassVar[str] = "settlement__is_sensitive"

    simulation = models.ForeignKey(Simulation, on_delete=models.CASCADE, related_name="changed_bills")
    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="+")
    patient_before = models.DecimalField(max_digits=12, decimal_places=2)
    patient_after = models.DecimalField(max_digits=12, decimal_places=2)
    payers_after = models.JSONField(default=dict)

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["simulation", "settlement"], name="one_result_per_simulated_bill")
        ]

    def __str__(self) -> str:
        return f"{self.simulation_id} {self.settlement_id}"

"""Screening rounds, and for every registered person of a round a result, "none found" included."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.accounts.models import Area
from core.accounts.scope import ScopedManager
from core.audit.history import tracked, tracked_from_second_version
from core.base.ids import uuid7
from core.base.models import Stamped, stamp_trigger
from households.identification_choices import How, Result, RoundKind
from households.models.catalogues import Catalogue
from households.models.family import Person
from households.models.health import Disease
from households.models.identification_triggers import follow_screening, nothing_found_names_nothing
from households.models.triggers import follow_person


@tracked()
class ScreeningRound(Stamped):
    """A sweep or re-verification: everybody registered below the area, against one list, between two days."""

    PLAIN: ClassVar[tuple[str, ...]] = ("kind", "name", "opens_on", "due_on", "closed_on", "grounds")

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="screening_rounds", verbose_name=_("area")
    )
    catalogue = models.ForeignKey(
        Catalogue, on_delete=models.PROTECT, related_name="rounds", verbose_name=_("list of diseases")
    )
    kind = models.CharField(_("kind"), max_length=14, choices=RoundKind.choices, default=RoundKind.SWEEP)
    name = models.CharField(pgettext_lazy("round", "name"), max_length=60)
    opens_on = models.DateField(_("first day"))
    due_on = models.DateField(_("to be finished by"))
    closed_on = models.DateField(null=True)
    grounds = models.CharField(_("grounds"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "name"], name="one_round_per_name_and_area"),
            models.CheckConstraint(condition=Q(due_on__gte=F("opens_on")), name="round_due_after_it_opens"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opens_on")),
                name="round_closes_after_it_opens",
            ),
            models.CheckConstraint(condition=~Q(grounds=""), name="round_has_grounds"),
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return self.name


@tracked_from_second_version()
class Screening(Stamped):
    """What the round says of one person. The diseases stand beside it, each with its own secrecy."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("result", "on", "note")
    PLAIN: ClassVar[tuple[str, ...]] = ("how",)
    VILLAGE: ClassVar[str] = "village"

    round = models.ForeignKey(ScreeningRound, on_delete=models.PROTECT, related_name="screenings")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="round_results")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", editable=False)
    result = models.CharField(_("result"), max_length=10, choices=Result.choices)
    how = models.CharField(_("how it is known"), max_length=10, choices=How.choices, default=How.HOME)
    note = models.CharField(_("note"), max_length=200, blank=True)
    on = models.DateField(_("on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="one_result_per_round_and_person")
        ]
        indexes = [
            models.Index(fields=["village", "round", "result"], name="screening_scope"),
            models.Index(fields=["on"], condition=Q(result=Result.SUSPECTED), name="screening_suspected"),
        ]
        triggers = [stamp_trigger(), follow_person()]

    def __str__(self) -> str:
        return f"{self.round_id} {self.person_id}"


@tracked_from_second_version()
class ScreeningFinding(Stamped):
    """A disease that was suspected or found in a screening."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    VILLAGE: ClassVar[str] = "screening__village"
    SENSITIVE: ClassVar[str] = "is_sensitive"

    screening = models.ForeignKey(Screening, on_delete=models.CASCADE, related_name="findings")
    disease = models.ForeignKey(Disease, on_delete=models.PROTECT, related_name="+")
    is_sensitive = models.BooleanField(default=False, editable=False)

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["screening", "disease"], name="one_finding_per_screening_and_disease"
            )
        ]
        triggers = [stamp_trigger(), follow_screening(), nothing_found_names_nothing()]

    def __str__(self) -> str:
        return f"{self.screening_id} {self.disease_id}"

"""Screening days: specialists come, persons attend, each gets a result (DOMAIN A73)."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Area
from core.accounts.scope import ScopedManager
from core.audit.history import tracked
from core.base.ids import uuid7
from core.base.models import Stamped, stamp_trigger
from core.clinics.models import Institution
from followups.case_choices import ScreeningOutcome
from households.models import Disease, Person
from households.models.triggers import follow_person

_SENSITIVITY = """
    NEW.is_sensitive := coalesce(
        (SELECT d.is_sensitive FROM households_disease d WHERE d.id = NEW.disease_id), FALSE);
"""


@tracked()
class ScreeningDay(Stamped):
    PLAIN: ClassVar[tuple[str, ...]] = ("title", "on", "experts")

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="+", help_text="county or township it is held for"
    )
    title = models.CharField(_("title"), max_length=80)
    on = models.DateField(_("on"))
    hospital = models.ForeignKey(
        Institution, on_delete=models.PROTECT, related_name="+", verbose_name=_("hospital")
    )
    experts = models.CharField(_("specialists who came"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "on", "title"], name="one_screening_per_area_day_and_title"
            )
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return self.title


@tracked()
class ScreeningResult(Stamped):
    """Everybody who attended has a result, "nothing found" included."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("outcome", "note")
    VILLAGE: ClassVar[str] = "village"
    SENSITIVE: ClassVar[str] = "is_sensitive"

    day = models.ForeignKey(ScreeningDay, on_delete=models.PROTECT, related_name="results")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="screenings")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", editable=False)
    disease = models.ForeignKey(Disease, null=True, on_delete=models.PROTECT, related_name="+")
    is_sensitive = models.BooleanField(default=False, editable=False)
    outcome = models.CharField(_("result"), max_length=12, choices=ScreeningOutcome.choices)
    note = models.CharField(_("note"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "person"], name="one_result_per_screening_and_person")
        ]
        triggers = [stamp_trigger(), follow_person(_SENSITIVITY)]

    def __str__(self) -> str:
        return f"{self.day_id} {self.person_id}"

"""3+2+1: contests, campaigns, the grading of village clinics, with each unit's score (DOMAIN A93, A94)."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Area
from core.audit.history import tracked
from core.base.models import Stamped, stamp_trigger
from core.clinics.models import Institution
from healthaid.outreach.choices import ClinicGrade


@tracked()
class Activity(Stamped):
    """One time that an activity of healthaid/outreach/activities.toml was held in an area."""

    PLAIN: ClassVar[tuple[str, ...]] = ("kind", "title", "held_on", "organiser", "note")

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="activities")
    kind = models.CharField(max_length=24)
    title = models.CharField(_("title"), max_length=120)
    held_on = models.DateField(_("held on"))
    organiser = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=500, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "kind", "held_on"], name="one_activity_of_a_kind_per_area_and_day"
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(kind=""), name="activity_has_a_title"),
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return self.title


@tracked()
class ActivityEntry(Stamped):
    """What one unit scored. `grade` follows from the score where the activity grades."""

    PLAIN: ClassVar[tuple[str, ...]] = ("contestant", "score", "grade", "plaque_on")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="entries")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="results")
    contestant = models.CharField(max_length=60, blank=True, help_text="who stood for the unit")
    score = models.DecimalField(_("score"), max_digits=5, decimal_places=1)
    grade = models.CharField(max_length=1, choices=ClinicGrade.choices, blank=True)
    plaque_on = models.DateField(null=True, help_text="when the plaque was put up")

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "institution"], name="one_result_per_activity_and_unit"
            ),
            models.CheckConstraint(condition=Q(score__range=(0, 1000)), name="score_is_in_range"),
            models.CheckConstraint(
                condition=Q(plaque_on=None) | ~Q(grade=""), name="plaque_goes_with_a_grade"
            ),
        ]
        indexes = [models.Index(fields=["institution", "-id"], name="result_of_unit")]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.score}"

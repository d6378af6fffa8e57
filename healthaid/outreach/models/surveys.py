"""What households know of the policy: rounds of a survey, who was drawn, what they answered (DOMAIN A95)."""

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.accounts.models import Area
from core.accounts.scope import ScopedManager
from core.audit.history import tracked, tracked_from_second_version
from core.base.ids import uuid7
from core.base.models import Stamped, stamp_trigger
from healthaid.outreach.choices import AnsweredBy, WhyNotAsked
from households.models import Household


@tracked()
class SurveyRound(Stamped):
    """One time that an edition of healthaid/outreach/surveys.toml is asked below an area.

    Without `per_village` everybody registered on the first day is asked; with it so many households of each
    village, drawn by `seed`: the same seed draws the same ones again."""

    PLAIN: ClassVar[tuple[str, ...]] = ("code", "edition", "name", "opens_on", "due_on", "closed_on", "seed")

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="surveys", verbose_name=_("area"))
    code = models.CharField(max_length=24)
    edition = models.CharField(max_length=12)
    name = models.CharField(pgettext_lazy("round", "name"), max_length=60)
    opens_on = models.DateField(_("first day"))
    due_on = models.DateField(_("to be finished by"))
    closed_on = models.DateField(null=True)
    per_village = models.PositiveSmallIntegerField(_("households drawn in each village"), null=True)
    seed = models.CharField(max_length=16, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "name"], name="one_survey_per_name_and_area"),
            models.CheckConstraint(condition=~Q(name=""), name="survey_has_a_name"),
            models.CheckConstraint(condition=Q(due_on__gte=F("opens_on")), name="survey_due_after_it_opens"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opens_on")),
                name="survey_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(per_village=None, seed="") | (Q(per_village__gt=0) & ~Q(seed="")),
                name="sample_keeps_its_seed",
            ),
        ]
        indexes = [models.Index(fields=["area", "-opens_on"], name="survey_list")]
        triggers = [
            stamp_trigger(),
            pgtrigger.ReadOnly(
                name="asked_as_it_is", fields=["area", "code", "edition", "per_village", "seed"]
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked_from_second_version()
class SurveyHome(Stamped):
    """A household drawn for a round: not asked yet, asked with its answers, or not to be asked, and why.

    `right` are the questions answered rightly; `is_aware` follows from the edition's line on that day."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("answers", "right", "why_not", "asked_on")
    PLAIN: ClassVar[tuple[str, ...]] = ("answered_by",)
    VILLAGE: ClassVar[str] = "household__village"

    round = models.ForeignKey(SurveyRound, on_delete=models.PROTECT, related_name="homes")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="surveys")
    answers = models.JSONField(null=True)
    right = ArrayField(models.CharField(max_length=24), default=list, db_default=[])
    is_aware = models.BooleanField(null=True)
    answered_by = models.CharField(
        _("who answered"), max_length=8, choices=AnsweredBy.choices, blank=True, db_default=""
    )
    why_not = models.CharField(
        _("why nobody was asked"), max_length=8, choices=WhyNotAsked.choices, blank=True, db_default=""
    )
    asked_on = models.DateField(_("asked on"), null=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "household"], name="one_answer_per_round_and_home"),
            models.CheckConstraint(
                condition=Q(asked_on=None, asked_by=None, is_aware=None, answers__isnull=True)
                & Q(answered_by="", why_not="")
                | Q(asked_on__isnull=False, asked_by__isnull=False, is_aware__isnull=False, why_not="")
                & Q(answers__isnull=False)
                & ~Q(answered_by="")
                | Q(asked_on__isnull=False, asked_by__isnull=False, is_aware=None, answers__isnull=True)
                & Q(answered_by="")
                & ~Q(why_not=""),
                name="asked_with_answers_or_not_and_why",
            ),
        ]
        triggers = [
            stamp_trigger(),
            pgtrigger.ReadOnly(name="drawn_as_it_is", fields=["round", "household"]),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.household_id}"

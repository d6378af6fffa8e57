"""3+3: a case climbs from the village to the county on two opinions at each level; two letters tell of it."""

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Area
from core.accounts.roles import Sector
from core.accounts.scope import ScopedManager
from core.audit.history import tracked
from core.base.ids import uuid7
from core.base.models import Stamped, stamp_trigger
from core.base.triggers import append_only, never_deleted
from households.identification_choices import UNDECIDED, Addressee, CaseLevel, CaseState
from households.models import identification_triggers
from households.models.catalogues import CatalogueEntry
from households.models.family import Person
from households.models.health import Condition, Disease
from households.models.screening import Screening
from households.models.triggers import place_of, tombstone_on_move


@tracked()
class IdentificationCase(Stamped):
    """Whether a person has a disease of the list, on its way up (DOMAIN A60). Level, state and turn follow
    from the opinions; `is_sensitive` cases are decided by everybody, but named to health staff only."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("grounds", "cause_reason")
    PLAIN: ClassVar[tuple[str, ...]] = (
        *("level", "state", "opened_on", "moved_on", "ended_on", "cause_from"),
    )
    VILLAGE: ClassVar[str] = "village"

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identification_cases")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", editable=False)
    county = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", editable=False)
    disease = models.ForeignKey(
        Disease, on_delete=models.PROTECT, related_name="+", verbose_name=_("disease")
    )
    entry = models.ForeignKey(CatalogueEntry, null=True, on_delete=models.PROTECT, related_name="+")
    screening = models.ForeignKey(Screening, null=True, on_delete=models.PROTECT, related_name="cases")
    is_sensitive = models.BooleanField(default=False, editable=False)
    grounds = models.CharField(_("grounds"), max_length=300)
    level = models.CharField(max_length=10, choices=CaseLevel.choices, default=CaseLevel.VILLAGE)
    state = models.CharField(max_length=10, choices=CaseState.choices, default=CaseState.OPEN)
    turn = models.PositiveSmallIntegerField(default=1)
    opened_on = models.DateField(_("opened on"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    moved_on = models.DateField(editable=False, help_text="since when it waits where it stands")
    ended_on = models.DateField(null=True)
    condition = models.ForeignKey(Condition, null=True, on_delete=models.PROTECT, related_name="+")
    cause_from = models.DateField(_("main cause of poverty from"), null=True)
    cause_reason = models.CharField(_("why illness is the main cause"), max_length=200, blank=True)
    cause_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "disease"],
                condition=Q(state__in=UNDECIDED),
                name="one_undecided_case_per_disease",
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.CONFIRMED) | Q(condition__isnull=False),
                name="confirmed_case_has_its_condition",
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNDECIDED, ended_on=None)
                | Q(state__in=[CaseState.CONFIRMED, CaseState.REJECTED], ended_on__isnull=False),
                name="decided_case_says_when",
            ),
            models.CheckConstraint(condition=~Q(grounds=""), name="identification_has_grounds"),
            models.CheckConstraint(
                condition=Q(cause_from=None, cause_reason="", cause_by=None)
                | (Q(cause_from__isnull=False, cause_by__isnull=False) & ~Q(cause_reason="")),
                name="cause_has_its_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["village", "state", "level"], name="identification_scope"),
            models.Index(fields=["county", "changed_xid", "id"], name="identification_feed"),
        ]
        triggers = [
            stamp_trigger(),
            place_of("person", name="a_place_of_person"),
            identification_triggers.case_takes_over(),
            identification_triggers.condition_is_the_persons(),
            identification_triggers.moves_by_opinions(),
            pgtrigger.ReadOnly(
                name="whose_and_what_stays", fields=["person", "disease", "opened_on", "opened_by"]
            ),
            tombstone_on_move("identification"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.disease_id}"


class Opinion(Stamped):
    """What one side of one level says, once. Given by that side's own person, never taken back."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("grounds",)
    PLAIN: ClassVar[tuple[str, ...]] = ("level", "side", "on")
    VILLAGE: ClassVar[str] = "case__village"

    case = models.ForeignKey(IdentificationCase, on_delete=models.PROTECT, related_name="opinions")
    level = models.CharField(max_length=10, choices=CaseLevel.choices)
    side = models.CharField(max_length=16, choices=Sector.choices)
    turn = models.PositiveSmallIntegerField()
    agrees = models.BooleanField(_("opinion"))
    grounds = models.CharField(_("grounds"), max_length=300)
    on = models.DateField(_("on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "level", "turn", "side"], name="one_opinion_per_side_and_turn"
            ),
            ExclusionConstraint(
                name="nobody_speaks_for_two_sides",
                expressions=[
                    ("case", RangeOperators.EQUAL),
                    ("by", RangeOperators.EQUAL),
                    ("side", RangeOperators.NOT_EQUAL),
                ],
            ),
            ExclusionConstraint(
                name="nobody_speaks_at_two_levels",
                expressions=[
                    ("case", RangeOperators.EQUAL),
                    ("by", RangeOperators.EQUAL),
                    ("level", RangeOperators.NOT_EQUAL),
                ],
            ),
            models.CheckConstraint(condition=~Q(grounds=""), name="opinion_has_grounds"),
        ]
        triggers = [
            identification_triggers.opinion_fits(),
            identification_triggers.move_the_case(),
            append_only("never_taken_back"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.level} {self.side}"


@tracked()
class IdentificationLetter(Stamped):
    """The written report to the village committee or the town government (DOMAIN A63), and its receipt."""

    PLAIN: ClassVar[tuple[str, ...]] = ("addressee", "dated", "received_on", "received_by")

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="identification_letters", verbose_name=_("area")
    )
    addressee = models.CharField(_("addressee"), max_length=10, choices=Addressee.choices)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(_("number"))
    dated = models.DateField(_("dated"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    received_on = models.DateField(_("received on"), null=True)
    received_by = models.CharField(_("received by"), max_length=40, blank=True)
    receipt_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "year", "number"], name="one_letter_per_number"),
            models.CheckConstraint(condition=Q(dated__year=F("year")), name="letter_lies_in_its_year"),
            models.CheckConstraint(
                condition=Q(received_on=None, received_by="", receipt_by=None)
                | (Q(received_on__gte=F("dated"), receipt_by__isnull=False) & ~Q(received_by="")),
                name="receipt_says_who_and_when",
            ),
        ]
        triggers = [
            stamp_trigger(),
            never_deleted(),
            pgtrigger.ReadOnly(name="sent_as_it_is", fields=["area", "addressee", "year", "number", "dated"]),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"


class LetterLine(Stamped):
    """One case of a letter's list, as it stood when the letter was written."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("state",)
    PLAIN: ClassVar[tuple[str, ...]] = ("level",)
    VILLAGE: ClassVar[str] = "case__village"

    letter = models.ForeignKey(IdentificationLetter, on_delete=models.PROTECT, related_name="lines")
    case = models.ForeignKey(IdentificationCase, on_delete=models.PROTECT, related_name="letter_lines")
    level = models.CharField(max_length=10, choices=CaseLevel.choices)
    state = models.CharField(max_length=10, choices=CaseState.choices)

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["letter", "case"], name="one_line_per_letter_and_case")
        ]
        triggers = [
            identification_triggers.letter_keeps_secrets(),
            append_only("never_rewritten"),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.case_id}"

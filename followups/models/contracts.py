"""Family-doctor teams and the contracts they sign."""

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
from core.clinics.models import Institution, Practitioner
from followups.choices import ContractState, SignedBy, SignerRelation, Slot
from households.models import Person

_LEADER_IS_GP = """
    IF NEW.slot = 'leader' AND NOT (
        SELECT is_general_practitioner FROM clinics_practitioner WHERE id = NEW.practitioner_id
    ) THEN
        RAISE EXCEPTION 'a team leader must be a general practitioner'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'leader_is_a_general_practitioner';
    END IF;
    RETURN NEW;
"""
FOLLOW_PERSON = """
    SELECT p.village_id INTO NEW.village_id FROM households_person p WHERE p.id = NEW.person_id;
    RETURN NEW;
"""


@tracked()
class Team(Stamped):
    PLAIN: ClassVar[tuple[str, ...]] = ("name", "closed_on")

    name = models.CharField(_("name"), max_length=60)
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="teams", help_text="township or village"
    )
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="teams")
    villages = models.ManyToManyField(Area, related_name="serving_teams")
    closed_on = models.DateField(null=True)

    objects: ClassVar[Any] = ScopedManager()
    VILLAGE: ClassVar[str] = "villages"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "name"], name="one_team_per_name_and_area")]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return self.name


@tracked()
class TeamMember(Stamped):
    PLAIN: ClassVar[tuple[str, ...]] = ("slot", "from_on", "to_on")

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="memberships")
    slot = models.CharField(_("role"), max_length=16, choices=Slot.choices)
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team"], condition=Q(slot=Slot.LEADER, to_on=None), name="one_leader_per_team"
            ),
            models.UniqueConstraint(
                fields=["team", "practitioner", "slot"], condition=Q(to_on=None), name="one_seat_per_slot"
            ),
        ]
        triggers = [
            stamp_trigger(),
            pgtrigger.Trigger(
                name="leader_is_gp",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_LEADER_IS_GP,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.slot}"


@tracked()
class ContractMove(Stamped):
    """转签: contracts go from one team to another in one act; a contrary act (`undoes`) takes them back."""

    PLAIN: ClassVar[tuple[str, ...]] = ("moved_on", "reason")

    from_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="moves_out")
    to_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="moves_in")
    moved_on = models.DateField(_("from"))
    reason = models.CharField(_("reason"), max_length=120)
    contracts = models.PositiveIntegerField(default=0)
    duties = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(from_team=F("to_team")), name="move_goes_to_another_team"),
            models.CheckConstraint(condition=~Q(reason=""), name="move_says_why"),
        ]
        triggers = [stamp_trigger()]

    def __str__(self) -> str:
        return f"{self.from_team_id} -> {self.to_team_id}"


@tracked()
class Contract(Stamped):
    """One person, one team at a time (DOMAIN B2). `promised` holds how many of each item the year brings.

    `year_from` is the first day of the year the promises belong to, where a change of team came between;
    otherwise the period's own first day. `follows` is the contract that this one renews or takes over."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("signer_name",)
    PLAIN: ClassVar[tuple[str, ...]] = (
        "period",
        "package",
        "promised",
        "state",
        "signed_on",
        "signed_by",
        "signer_relation",
        "year_from",
        "end_reason",
    )
    VILLAGE: ClassVar[str] = "village"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contracts")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="contracts")
    period = DateRangeField(_("period"))
    package = models.CharField(_("package"), max_length=30)
    promised = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=ContractState.choices, default=ContractState.SIGNED)
    signed_on = models.DateField(_("signed on"))
    signed_by = models.CharField(
        _("signed by"), max_length=12, choices=SignedBy.choices, default=SignedBy.SELF
    )
    signer_name = models.CharField(_("signer"), max_length=40, blank=True)
    signer_relation = models.CharField(
        _("what the signer is to the person"), max_length=12, choices=SignerRelation.choices, blank=True
    )
    year_from = models.DateField(null=True)
    follows = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    move = models.ForeignKey(ContractMove, null=True, on_delete=models.PROTECT, related_name="moved")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    end_reason = models.CharField(max_length=60, blank=True)

    objects: ClassVar[Any] = ScopedManager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_contract_at_a_time",
                expressions=[("person", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=~Q(state=ContractState.DRAFT),
            ),
            models.CheckConstraint(
                condition=~Q(signed_by=SignedBy.GUARDIAN) | ~Q(signer_name=""), name="guardian_is_named"
            ),
            models.CheckConstraint(
                condition=~Q(signed_by=SignedBy.GUARDIAN) | ~Q(signer_relation=""),
                name="guardian_says_what_he_is_to_the_person",
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="contract_lasts_a_day"),
            models.CheckConstraint(
                condition=Q(year_from=None) | Q(period__startswith__gte=F("year_from")),
                name="contract_year_begins_by_the_contract",
            ),
            models.CheckConstraint(
                condition=~Q(state=ContractState.ENDED) | ~Q(end_reason=""), name="ended_contract_says_why"
            ),
        ]
        indexes = [models.Index(fields=["village", "team"], name="contract_scope")]
        triggers = [
            stamp_trigger(),
            pgtrigger.Trigger(
                name="follow_person",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("person_id"),
                func=FOLLOW_PERSON,
            ),
            pgtrigger.FSM(
                name="contract_steps",
                field="state",
                transitions=[
                    (ContractState.DRAFT, ContractState.SIGNED),
                    (ContractState.SIGNED, ContractState.ENDED),
                    # A death or departure recorded by mistake and taken back.
                    (ContractState.ENDED, ContractState.SIGNED),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.team_id}"

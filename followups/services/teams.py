"""Teams: formed with a leader, changed seat by seat; who sat where and when stays on record."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import Area, User
from core.accounts.permissions import check
from core.accounts.scope import village_ids
from core.clinics.models import Institution, Practitioner
from followups.choices import Slot
from followups.models import Team, TeamMember


def form_team(
    *,
    name: str,
    area: Area,
    institution: Institution,
    villages: Sequence[Area],
    leader: Practitioner,
    by: User,
    on: date,
) -> Team:
    """This will form a team for villages of the user's area, led by a general practitioner."""
    check(by, "manage_teams")
    _check_leader(leader)
    _check_villages(villages, by)
    if Team.objects.filter(area=area, name=name).exists():
        taken = _("This township already has a team of this name. Choose another.")
        raise ValidationError({"name": taken})
    with transaction.atomic():
        team: Team = Team.objects.create(name=name, area=area, institution=institution)
        team.villages.set(villages)
        TeamMember.objects.create(team=team, practitioner=leader, slot=Slot.LEADER, from_on=on)
    return team


def serve_villages(*, team: Team, villages: Sequence[Area], by: User) -> Team:
    """This will set which villages of the user's area the team serves; villages elsewhere stay."""
    check(by, "manage_teams")
    _check_villages(villages, by)
    mine = set(village_ids(by))
    with transaction.atomic():
        kept = [village for village in team.villages.all() if village.pk not in mine]
        team.villages.set([*kept, *villages])
    return team


def change_member(*, team: Team, practitioner: Practitioner, slot: str, by: User, on: date) -> TeamMember:
    """This will seat a practitioner. A new leader takes the place of the present one."""
    check(by, "manage_teams")
    if slot == Slot.LEADER:
        _check_leader(practitioner)
    with transaction.atomic():
        Team.objects.select_for_update().get(pk=team.pk)
        present = TeamMember.objects.filter(team=team, slot=slot, to_on=None)
        if seated := present.filter(practitioner=practitioner).first():
            return seated
        if slot == Slot.LEADER:
            present.update(to_on=on)
        return TeamMember.objects.create(team=team, practitioner=practitioner, slot=slot, from_on=on)


def remove_member(*, member: TeamMember, by: User, on: date) -> TeamMember:
    """This will end a seat; the leader's can only be handed over."""
    check(by, "manage_teams")
    if member.slot == Slot.LEADER:
        raise ValidationError(_("A team is never without a leader. Seat another leader instead."))
    member.to_on = on
    member.save(update_fields=["to_on"])
    return member


def close_team(*, team: Team, by: User, on: date) -> Team:
    """This will close a team: it signs nothing more. Whoever is still under contract with it is listed as
    uncovered until moved to another team."""
    check(by, "manage_teams")
    with transaction.atomic():
        held: Team = Team.objects.select_for_update().get(pk=team.pk)
        if held.closed_on:
            raise ValidationError(_("This team has been closed already."))
        held.closed_on = on
        held.save(update_fields=["closed_on"])
    return held


def _check_leader(leader: Practitioner) -> None:
    if not leader.is_general_practitioner:
        words = _("A team is led by a general practitioner. Choose one, or correct the qualification.")
        raise ValidationError({"leader": words})


def _check_villages(villages: Sequence[Area], by: User) -> None:
    if not villages:
        raise ValidationError({"villages": _("Choose at least one village.")})
    if not {village.pk for village in villages} <= set(village_ids(by)):
        raise ValidationError({"villages": _("Choose villages of your own area.")})

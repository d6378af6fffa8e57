"""转签: contracts go from one team to another in one act, and come back by a contrary act."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from core.accounts.models import Area, User
from core.accounts.permissions import check
from core.accounts.scope import village_ids
from core.base.sql import rows
from followups.choices import ContractState, Slot
from followups.models import Contract, ContractMove, Team
from followups.sql import statement

MOVED = "moved"


def move_contracts(
    *,
    from_team: Team,
    to_team: Team,
    reason: str,
    by: User,
    on: date,
    villages: Sequence[Area] | None = None,
    contracts: Sequence[int] | None = None,
) -> ContractMove:
    """This will move the contracts of some villages, or chosen ones, to another team from a day on.

    The old contract ends on that day, a new one runs to the same end; one that has not begun only gets the
    new team. Open duties follow. Nobody outside the user's area is moved.

    :raises ValidationError: where there is nothing to move, or the team cannot take it."""
    check(by, "manage_teams")
    _check(from_team, to_team, reason)
    mine = village_ids(by)
    chosen = [pk for pk in mine if villages is None or pk in {village.pk for village in villages}]
    with transaction.atomic():
        list(Team.objects.select_for_update().filter(pk__in=[from_team.pk, to_team.pk]).order_by("pk"))
        move: ContractMove = ContractMove.objects.create(
            from_team=from_team, to_team=to_team, moved_on=on, reason=reason.strip(), by=by
        )
        return _carry_out(move, chosen, contracts)


def undo_move(*, move: ContractMove, by: User, on: date) -> ContractMove:
    """This will bring back what a move took away, as far as it still stands with the other team."""
    check(by, "manage_teams")
    if ContractMove.objects.filter(undoes=move).exists():
        raise ValidationError(_("This move has been undone already."))
    still = Contract.objects.filter(move=move, team=move.to_team, state=ContractState.SIGNED)
    with transaction.atomic():
        back: ContractMove = ContractMove.objects.create(
            from_team=move.to_team,
            to_team=move.from_team,
            moved_on=on,
            reason=_("Undone: %(reason)s") % {"reason": move.reason},
            by=by,
            undoes=move,
        )
        return _carry_out(back, village_ids(by), list(still.values_list("pk", flat=True)))


def _carry_out(move: ContractMove, villages: Sequence[int], contracts: Sequence[int] | None) -> ContractMove:
    values: dict[str, Any] = {
        "team": move.from_team_id,
        "to": move.to_team_id,
        "on": move.moved_on,
        "by": move.by_id,
        "move": move.pk,
        "villages": list(villages),
        "contracts": None if contracts is None else list(contracts),
    }
    found = rows(statement("movable"), values)
    if not found:
        raise ValidationError(_("There is no contract to move. Choose others."))
    begun = [(pk, ends_on) for pk, _person, ends_on, has_begun in found if has_begun]
    _end(begun, move)
    values |= {"contracts": [pk for pk, _ends in begun], "ends": [ends for _pk, ends in begun]}
    values["persons"] = [person for _pk, person, _ends, _begun in found]
    with connection.cursor() as cursor:
        cursor.execute(statement("move_contracts"), values)
        Contract.objects.filter(pk__in=[pk for pk, _p, _e, has_begun in found if not has_begun]).update(
            team=move.to_team_id, move=move
        )
        cursor.execute(statement("move_duties"), values)
        move.duties = cursor.rowcount
    move.contracts = len(found)
    move.save(update_fields=["contracts", "duties"])
    _serve(move)
    return move


def _end(begun: Sequence[tuple[int, date]], move: ContractMove) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE followups_contract SET period = daterange(lower(period), %s), state = 'ended', "
            "end_reason = %s WHERE id = ANY(%s)",
            [move.moved_on, MOVED, [pk for pk, _ends in begun]],
        )


def _serve(move: ContractMove) -> None:
    """The new team serves the villages it took over; the old one leaves those where it has nobody left, but
    for its last one: a team that serves no village would be seen by nobody."""
    taken = Contract.objects.filter(team=move.to_team_id, move=move).values_list("village_id", flat=True)
    villages = set(taken.distinct())
    move.to_team.villages.add(*villages)
    left = Contract.objects.filter(team=move.from_team_id, state=ContractState.SIGNED, village__in=villages)
    standing = set(left.filter(period__endswith__gt=move.moved_on).values_list("village_id", flat=True))
    leaving = villages - standing
    if move.from_team.villages.exclude(pk__in=leaving).exists():
        move.from_team.villages.remove(*leaving)


def _check(from_team: Team, to_team: Team, reason: str) -> None:
    if from_team.pk == to_team.pk:
        raise ValidationError({"to_team": _("Choose another team than the present one.")})
    if to_team.closed_on:
        raise ValidationError({"to_team": _("This team has been closed. Choose another.")})
    if not to_team.members.filter(slot=Slot.LEADER, to_on=None).exists():
        raise ValidationError({"to_team": _("This team has no leader. Seat one first, or choose another.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Write down why the contracts are moved.")})

"""Screening rounds: opened with their grounds, closed on a day."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import Area, User
from core.accounts.permissions import check
from households.models import Catalogue, ScreeningRound


@transaction.atomic
def open_round(
    *,
    area: Area,
    catalogue: Catalogue,
    kind: str,
    name: str,
    opens_on: date,
    due_on: date,
    grounds: str,
    by: User,
) -> ScreeningRound:
    """This will open a round for everybody registered below an area.

    :raises ValidationError: for a name given twice, days out of order, or a list not in force then.
    """
    check(by, "manage_rounds")
    if by.area_id not in area.ancestors:
        raise PermissionDenied("manage_rounds")
    if due_on < opens_on:
        raise ValidationError({"due_on": _("The round ends before it begins.")})
    if ScreeningRound.objects.filter(area=area, name=name).exists():
        raise ValidationError(
            {"name": _("There is a round of this name already. Add the year or the month.")}
        )
    if catalogue.valid_from > opens_on or (catalogue.valid_to and catalogue.valid_to <= opens_on):
        raise ValidationError({"catalogue": _("This list does not hold on the first day of the round.")})
    made: ScreeningRound = ScreeningRound.objects.create(
        area=area,
        catalogue=catalogue,
        kind=kind,
        name=name,
        opens_on=opens_on,
        due_on=due_on,
        grounds=grounds,
        by=by,
    )
    return made


@transaction.atomic
def close_round(*, round: ScreeningRound, by: User, on: date) -> ScreeningRound:
    """This will end a round: no further result is taken; who has none stays on its list."""
    check(by, "manage_rounds")
    held = ScreeningRound.objects.select_for_update().get(pk=round.pk)
    if by.area_id not in held.area.ancestors:
        raise PermissionDenied("manage_rounds")
    if held.closed_on is None:
        held.closed_on = max(on, held.opens_on)
        held.save(update_fields=["closed_on"])
    return held

"""Teams back in their village, and the doctor paired with a household."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from core.accounts.models import Area, User
from core.accounts.permissions import check
from core.base.periods import month_start
from core.clinics.models import Practitioner
from followups.models import Pairing, Team, TeamReturn
from households.models import Household


def record_return(
    *,
    team: Team,
    village: Area,
    returned_on: date,
    served: int,
    satisfaction: int,
    by: User,
    on: date,
    uuid: UUID,
    note: str = "",
) -> TeamReturn:
    """This will note that a team was back in a village it serves. The same entry again is the first one.

    :raises ValidationError: for a day to come, another team's village, or a second return in a month.
    """
    check(by, "record_visit")
    month = month_start(returned_on)
    if returned_on > on:
        raise ValidationError({"returned_on": _("Choose today or an earlier day.")})
    if not team.villages.filter(pk=village.pk).exists():
        raise ValidationError({"team": _("This team does not serve the village. Choose one that does.")})
    told = {
        "returned_on": returned_on,
        "served": served,
        "satisfaction": satisfaction,
        "note": note,
        "by": by,
    }
    with transaction.atomic():
        made, is_new = TeamReturn.objects.get_or_create(
            team=team, village=village, month=month, defaults=told | {"uuid": uuid, "by": by}
        )
    if not is_new and made.uuid != uuid:
        raise ValidationError({"returned_on": _("The return of this month is on record already.")})
    return made


def pair_household(*, household: Household, practitioner: Practitioner, by: User, on: date) -> Pairing:
    """This will name the doctor who answers for a household from a day on, in place of whoever did before."""
    check(by, "manage_teams")
    with transaction.atomic():
        Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
        present: Pairing | None = Pairing.objects.filter(household=household, period__contains=on).first()
        if present and present.practitioner_id == practitioner.pk:
            return present
        if present:
            _end(present, on)
        made: Pairing = Pairing.objects.create(
            household=household, practitioner=practitioner, period=DateRange(on, None), by=by
        )
        return made


def end_pairing(*, household: Household, by: User, on: date) -> None:
    """This will end the pairing of a household with a day."""
    check(by, "manage_teams")
    with transaction.atomic():
        for present in Pairing.objects.select_for_update().filter(household=household, period__contains=on):
            _end(present, on)


def _end(pairing: Pairing, on: date) -> None:
    """What began on the very day never was."""
    if pairing.period.lower == on:
        pairing.delete()
        return
    pairing.period = DateRange(pairing.period.lower, on)
    pairing.save(update_fields=["period"])

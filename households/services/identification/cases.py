"""A case of identification is opened at the village, on a screening or on papers that somebody brings."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.accounts.permissions import check
from core.accounts.scope import village_ids
from households.identification_choices import CaseState
from households.models import CatalogueEntry, IdentificationCase, Person, Screening


def take_up(*, screening: Screening, entry: CatalogueEntry, by: User) -> IdentificationCase:
    """This will open the case of a disease that a screening found; part of the screening's transaction."""
    return _open(screening.person, entry, screening.note, by, screening.on, screening)


@transaction.atomic
def open_case(
    *, person: Person, entry: CatalogueEntry, grounds: str, by: User, on: date
) -> IdentificationCase:
    """This will open a case beside the rounds, on papers that somebody brings.

    :raises ValidationError: where one is on its way or was confirmed already.
    """
    check(by, "open_identification")
    if not by.sees_sensitive or person.left_on is not None or person.village_id not in village_ids(by):
        raise PermissionDenied("open_identification")
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    known = IdentificationCase.objects.filter(person=person, disease=entry.disease_id)
    if known.exclude(state=CaseState.REJECTED).exists():
        raise ValidationError(
            {"entry": _("This person has a case of this disease already. Look at it on the person's page.")}
        )
    return _open(person, entry, grounds, by, on, None)


def _open(
    person: Person, entry: CatalogueEntry, grounds: str, by: User, on: date, screening: Screening | None
) -> IdentificationCase:
    made: IdentificationCase = IdentificationCase.objects.create(
        person=person,
        village_id=person.village_id,
        county_id=person.county_id,
        disease_id=entry.disease_id,
        entry=entry,
        screening=screening,
        grounds=grounds,
        opened_on=on,
        opened_by=by,
        moved_on=on,
    )
    made.refresh_from_db()
    return made

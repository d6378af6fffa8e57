"""The two letters: what was identified, in writing, with number and receipt (DOMAIN A63)."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.accounts.models import Area, Level, User
from core.accounts.permissions import check
from core.accounts.scope import village_ids
from households.identification_choices import Addressee
from households.models import IdentificationLetter, LetterLine
from households.queries.identification.letters import to_tell


@transaction.atomic
def write_letter(*, addressee: str, area: Area, by: User, on: date) -> IdentificationLetter:
    """This will write the next letter of the year to an office, with every case it has not been told of.

    :raises ValidationError: where there is nothing to tell.
    """
    check(by, "write_letter")
    if not by.sees_sensitive or not _may_write(addressee, area, by):
        raise PermissionDenied("write_letter")
    Area.objects.select_for_update(no_key=True).get(pk=area.pk)
    cases = list(to_tell(addressee, area).order_by("pk"))
    if not cases:
        raise ValidationError(_("There is nothing that this office has not been told of."))
    last = IdentificationLetter.objects.filter(area=area, year=on.year).aggregate(n=Max("number"))["n"] or 0
    letter: IdentificationLetter = IdentificationLetter.objects.create(
        area=area, addressee=addressee, year=on.year, number=last + 1, dated=on, written_by=by
    )
    LetterLine.objects.bulk_create(
        LetterLine(letter=letter, case=case, level=case.level, state=case.state) for case in cases
    )
    return letter


@transaction.atomic
def note_receipt(
    *, letter: IdentificationLetter, received_on: date, received_by: str, by: User, on: date
) -> IdentificationLetter:
    """This will note who at the office took the letter in, and when.

    :raises ValidationError: for a day before the letter or ahead, or a second receipt.
    """
    check(by, "note_receipt")
    held: IdentificationLetter = IdentificationLetter.objects.select_for_update(of=("self",)).get(
        pk=letter.pk
    )
    if held.received_on is not None:
        raise ValidationError(_("The receipt is noted already."))
    if not held.dated <= received_on <= on:
        raise ValidationError({"received_on": _("Choose a day from the letter's own up to today.")})
    held.received_on, held.received_by, held.receipt_by = received_on, received_by, by
    held.save(update_fields=["received_on", "received_by", "receipt_by"])
    return held


def _may_write(addressee: str, area: Area, by: User) -> bool:
    if addressee == Addressee.COMMITTEE:
        return area.level == Level.VILLAGE and area.pk in village_ids(by)
    return area.level == Level.TOWNSHIP and area.pk == by.area_id

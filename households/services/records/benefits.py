"""A use of a benefit that no other row proves: written down with its giver and day."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.accounts.permissions import check
from households.models import BenefitUse, Person


def note_use(
    *,
    person: Person,
    benefit: str,
    used_on: date,
    giver: str,
    by: User,
    on: date,
    amount: Decimal | None = None,
    note: str = "",
) -> BenefitUse:
    """This will write down that a person used a benefit on a day; `amount` in yuan where one is known.

    :raises ValidationError: where the day lies ahead or before the person was born, nobody is named as the
        giver, or the use is on record already.
    """
    check(by, "keep_records")
    if not person.birth_date <= used_on <= on:
        raise ValidationError({"used_on": _("Choose today or an earlier day of this person's life.")})
    if not giver.strip():
        raise ValidationError({"giver": _("Name who gave it.")})
    try:
        with transaction.atomic():
            return BenefitUse.objects.create(
                person=person,
                benefit=benefit,
                used_on=used_on,
                amount=amount,
                giver=giver.strip(),
                note=note.strip(),
                by=by,
            )
    except IntegrityError as twice:
        raise ValidationError({"used_on": _("This use is on record for that day already.")}) from twice


@transaction.atomic
def take_back_use(*, use: BenefitUse, by: User) -> None:
    """This will take back what was written down by mistake; its history stays."""
    check(by, "keep_records")
    BenefitUse.objects.filter(pk=use.pk).delete()

"""Insurance of a year: who is enrolled, who paid the premium, and why somebody is not."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.accounts.permissions import check
from households.choices import Scheme
from households.models import Enrolment, Person


class Told(TypedDict, total=False):
    """`amount` in yuan; `why_not` only where the person is not enrolled, the rest only where he is."""

    is_enrolled: bool
    paid_by: str
    amount: Decimal | None
    paid_on: date | None
    why_not: str


@transaction.atomic
def note_enrolments(
    *, persons: Iterable[Person], scheme: str, year: int, by: User, on: date, **told: Unpack[Told]
) -> int:
    """This will note one and the same of each person: enrolled and who paid, or not and why; gives how many.

    What was noted before for the same scheme and year is replaced; its history stays.

    :raises ValidationError: enrolled without a payer, not enrolled without a reason, or paid in the future.
    """
    check(by, "keep_records")
    values = _checked(told, on)
    chosen = list(Person.objects.select_for_update().filter(pk__in=[person.pk for person in persons]))
    rows = [_row(person, Scheme(scheme), year, values) for person in chosen]
    Enrolment.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["person", "scheme", "year"],
        update_fields=list(values),
    )
    return len(rows)


def _checked(told: Told, on: date) -> dict[str, Any]:
    if not told.get("is_enrolled"):
        if not told.get("why_not", "").strip():
            raise ValidationError({"why_not": _("Say why they are not enrolled.")})
        why_not = told["why_not"].strip()
        return {"is_enrolled": False, "paid_by": "", "amount": None, "paid_on": None, "why_not": why_not}
    if not told.get("paid_by"):
        raise ValidationError({"paid_by": _("Say who paid the premium.")})
    paid_on = told.get("paid_on")
    if paid_on and paid_on > on:
        raise ValidationError({"paid_on": _("This day lies ahead. Choose today or an earlier day.")})
    paid = {"paid_by": told["paid_by"], "amount": told.get("amount"), "paid_on": paid_on}
    return {"is_enrolled": True, **paid, "why_not": ""}


def _row(person: Person, scheme: str, year: int, values: dict[str, Any]) -> Enrolment:
    return Enrolment(person=person, village_id=person.village_id, scheme=scheme, year=year, **values)

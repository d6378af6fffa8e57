"""Handing things out: many households at once, one row for each; replacing one with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.accounts.permissions import check
from healthaid.outreach.kinds import Item, items
from healthaid.outreach.models import Distribution
from healthaid.outreach.queries.distributions import owed, registered
from households.choices import Relation
from households.models import Person

DAYS_IN_MONTH = 30.4375


@dataclass(frozen=True)
class Handout:
    """What is given, on which day, by whom. Without `expires_on` the day follows from the catalogue."""

    item: str
    given_on: date
    given_by: User
    expires_on: date | None = None


@transaction.atomic
def hand_out(*, wanted: Handout, households: Sequence[int], by: User) -> int:
    """This will note the item for each of the households (their ids) that is owed it and has none, received
    by its head; gives how many rows were made. Doing it twice makes none.

    :raises ValidationError: for a day of running out that is not after the day of giving.
    """
    check(by, "hand_out")
    item = items()[wanted.item]
    expires_on = wanted.expires_on or _runs_out(item, wanted.given_on)
    if expires_on and expires_on <= wanted.given_on:
        raise ValidationError({"expires_on": _("It runs out after it was given. Choose a later day.")})
    found = owed(registered(by), item).filter(pk__in=households)
    heads = dict(
        Person.objects.filter(household__in=found, relation=Relation.HEAD, left_on=None).values_list(
            "household", "name"
        )
    )
    rows = [
        Distribution(
            household=household,
            item=item.code,
            given_on=wanted.given_on,
            given_by=wanted.given_by,
            receiver=heads.get(household.pk, household.register_no),
            expires_on=expires_on,
        )
        for household in found.order_by("pk")
    ]
    before = Distribution.objects.filter(household__in=found, item=item.code, replaced_on=None).count()
    Distribution.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    return Distribution.objects.filter(household__in=found, item=item.code, replaced_on=None).count() - before


@transaction.atomic
def replace_handout(*, handout: Distribution, why: str, receiver: str, by: User, on: date) -> Distribution:
    """This will end a household's present one with the reason and note the new one, received by `receiver`.

    :raises ValidationError: where it has been replaced already, or nobody received it.
    """
    check(by, "hand_out")
    held: Distribution = Distribution.objects.select_for_update(of=("self",)).get(pk=handout.pk)
    if held.replaced_on:
        raise ValidationError(_("This one has been replaced already."))
    if on < held.given_on:
        raise ValidationError({"on": _("This is before it was given. Choose a later day.")})
    held.replaced_on, held.why_replaced = on, why
    held.save(update_fields=["replaced_on", "why_replaced"])
    made: Distribution = Distribution.objects.create(
        household=held.household,
        item=held.item,
        given_on=on,
        given_by=by,
        receiver=receiver,
        expires_on=_runs_out(items()[held.item], on),
    )
    return made


def _runs_out(item: Item, given_on: date) -> date | None:
    return given_on + timedelta(days=round(item.holds_months * DAYS_IN_MONTH)) if item.holds_months else None

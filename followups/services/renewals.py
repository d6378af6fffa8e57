"""Renewing contracts, one or a whole list: what can be renewed is, the rest comes back with the reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.accounts.permissions import check
from followups.choices import RenewalObstacle
from followups.models import Contract
from followups.queries.contracts import obstacles, packages_as_json
from followups.sql import statement


@dataclass(frozen=True)
class Renewal:
    """How many were renewed; contract id → what stood in the way of the others."""

    renewed: int
    refused: dict[int, RenewalObstacle]


def renew_contracts(*, contracts: Iterable[int], by: User, on: date) -> Renewal:
    """This will sign the same team and package again, each from the day its contract ends; to repeat it adds
    nothing. Contracts outside the user's area are passed over."""
    check(by, "sign_contract")
    with transaction.atomic():
        asked = Contract.objects.visible_to(by).filter(pk__in=list(contracts))
        held = list(asked.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
        refused = {pk: RenewalObstacle(why) for pk, why in obstacles(by, held, on).items() if why}
        values: dict[str, Any] = {
            "contracts": [pk for pk in held if pk not in refused],
            "on": on,
            "by": by.pk,
            "packages": packages_as_json(),
        }
        with connection.cursor() as cursor:
            cursor.execute(statement("renew"), values)
            return Renewal(int(cursor.rowcount), refused)


def renew(*, contract: Contract, by: User, on: date) -> Contract:
    """This will renew one contract. Raises ValidationError with the reason where it cannot be."""
    done = renew_contracts(contracts=[contract.pk], by=by, on=on)
    if obstacle := done.refused.get(contract.pk):
        raise ValidationError(str(RenewalObstacle(obstacle).label))
    follower: Contract | None = Contract.objects.filter(follows=contract).first()
    if follower is None:
        raise ValidationError(_("This contract could not be renewed. Look at where it stands now."))
    return follower

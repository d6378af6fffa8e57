"""What the patient owes for a stay: the share of the settlement that stands, less what has been received."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from claims.choices import SettlementKind
from claims.models import Admission, Receipt, Settlement

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Owed:
    """Yuan. `due` is below zero where the patient gets something back."""

    share: Decimal
    received: Decimal

    @property
    def due(self) -> Decimal:
        return self.share - self.received

    @property
    def refund(self) -> Decimal:
        return max(-self.due, ZERO)


def owed(admission: Admission) -> Owed:
    """What the patient owes for one stay; nothing before it is settled."""
    standing = standing_of(admission)
    return Owed(standing.patient if standing else ZERO, received(admission))


def received(admission: Admission) -> Decimal:
    """Deposits and payments less refunds, in yuan."""
    found: Decimal | None = Receipt.objects.filter(admission=admission).aggregate(sum=Sum("amount"))["sum"]
    return found or ZERO


def standing_of(admission: Admission) -> Settlement | None:
    """The settlement of a stay that stands, or None."""
    standing = Settlement.objects.filter(admission=admission, is_standing=True)
    found: Settlement | None = standing.exclude(kind=SettlementKind.REVERSED).first()
    return found

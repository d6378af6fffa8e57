"""Bills for whoever may read them: lists within one's area, one bill with all its revisions."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import DecimalField, F, Sum, Value
from django.db.models.functions import Coalesce

from claims.choices import AdmissionState, SettlementKind
from claims.models import Admission, BillItem, InstalmentPlan, Receipt, Settlement
from claims.queries.window import with_money
from claims.warnings.shortfalls import shortfalls
from core.accounts.models import User
from core.base.periods import month_end
from households.models import Household


def bills(
    user: User,
    *,
    hospital: int | None = None,
    month: date | None = None,
    state: str = "",
    low: bool = False,
    policy: int | None = None,
) -> Any:
    """Stays the user may see, newest first. `low` keeps those of which the payers bear less than the target
    of their rules (`claims/warnings/shortfalls.toml` where they name none).

    `policy` keeps those that a version of the rules settled."""
    found = Admission.objects.visible_to(user)
    if hospital:
        found = found.filter(institution=hospital)
    if state:
        found = found.filter(state=state)
    if month:
        found = found.filter(pk__in=_settled_between(month, month_end(month)))
    if low:
        found = found.filter(
            pk__in=_standing().filter(paid__lt=_target() * (F("total") - F("discount"))).values("admission")
        )
    if policy:
        found = found.filter(pk__in=_standing().filter(policy=policy).values("admission"))
    wide = with_money(found.select_related("person__village", "institution"))
    return wide.order_by("-admitted_on", "-pk")


def _target() -> Any:
    return Coalesce("policy__target", Value(shortfalls().target), output_field=_SHARE)


def _standing() -> Any:
    return Settlement.objects.filter(is_standing=True).exclude(kind=SettlementKind.REVERSED)


def _settled_between(first: date, last: date) -> Any:
    return _standing().filter(settled_on__range=(first, last)).values("admission")


_SHARE = DecimalField(max_digits=5, decimal_places=4)


@dataclass(frozen=True, slots=True)
class BillFacts:
    """All that is kept of one stay's money; `revisions` oldest first, `standing` the last that holds."""

    items: list[BillItem]
    revisions: list[Settlement]
    standing: Settlement | None
    receipts: list[Receipt]
    plan: InstalmentPlan | None
    adjusted: list[Settlement]
    """Bills of the year that were settled again because this one changed, as they stand."""


def items_of(stay: Admission) -> list[BillItem]:
    return list(BillItem.objects.filter(admission=stay).order_by("position"))


def bill_facts(user: User, stay: Admission) -> BillFacts:
    """In a fixed number of statements."""
    wanted = Settlement.objects.filter(admission=stay)
    wide = wanted.select_related("policy__document", "settled_by", "because_of", "reverses")
    revisions = list(wide.prefetch_related("lines").order_by("revision"))
    standing = [each for each in revisions if each.is_standing and each.kind != SettlementKind.REVERSED]
    receipts = Receipt.objects.filter(admission=stay).select_related("received_by")
    plans = InstalmentPlan.objects.filter(admission=stay).prefetch_related("instalments")
    return BillFacts(
        items=items_of(stay),
        revisions=revisions,
        standing=standing[-1] if standing else None,
        receipts=list(receipts.order_by("created_at", "pk")),
        plan=plans.first(),
        adjusted=_adjusted_by(user, stay),
    )


@dataclass(frozen=True, slots=True)
class HouseholdYear:
    """What a household's bills of one year came to. `stays` are the last twelve that the user may see."""

    year: int
    stays: list[Admission]
    count: int
    total: Decimal
    patient: Decimal


def household_year(user: User, household: Household, year: int) -> HouseholdYear:
    """Sums of what stands in the year; of sensitive bills only for those who may see them."""
    standing = _standing().visible_to(user).filter(household=household, year=year)
    sums = standing.aggregate(total=Sum("total"), patient=Sum("patient"))
    stays = with_money(Admission.objects.visible_to(user).filter(household=household))
    shown = stays.exclude(state=AdmissionState.CANCELLED).select_related("person__village", "institution")
    return HouseholdYear(
        year=year,
        stays=list(shown.order_by("-admitted_on", "-pk")[:12]),
        count=standing.count(),
        total=sums["total"] or Decimal(0),
        patient=sums["patient"] or Decimal(0),
    )


def _adjusted_by(user: User, stay: Admission) -> list[Settlement]:
    visible = _standing().visible_to(user)
    found = visible.filter(because_of__admission=stay, kind=SettlementKind.ADJUSTED)
    wide = found.select_related("admission__person", "admission__institution", "because_of")
    return list(wide.order_by("admission__discharged_on", "pk"))


def get_settlement(user: User, uuid: UUID) -> Settlement:
    """One revision with its stay, person and policy. Raises Http404 outside the user's area."""
    wanted = Settlement.objects.select_related(
        "admission",
        "person__village",
        "household",
        "institution",
        "policy__document",
        "settled_by",
        "because_of",
        "reverses",
    )
    found: Settlement = wanted.get_visible(user, uuid=uuid)
    return found


def get_receipt(user: User, uuid: UUID) -> Receipt:
    """:raises Http404: outside the user's area."""
    wanted = Receipt.objects.select_related("admission__person", "admission__institution", "received_by")
    found: Receipt = wanted.get_visible(user, uuid=uuid)
    return found

"""Policies and their documents as the user may see them, and what each version has settled."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.http import Http404

from claims.choices import PolicyState, SettlementKind
from claims.models import PolicyDocument, PolicyVersion, Settlement
from core.accounts.models import User

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Settled:
    """What stands of the bills that a version settled: how many, and their yuan."""

    bills: int
    total: Decimal
    paid: Decimal
    patient: Decimal
    first: date | None
    last: date | None


def versions(user: User) -> QuerySet[PolicyVersion]:
    """The versions of the user's county, the latest first."""
    found: QuerySet[PolicyVersion] = PolicyVersion.objects.filter(county__ancestors__contains=[user.area_id])
    people = ("county", "document", "drafted_by", "approved_by", "retired_by", "based_on")
    return found.select_related(*people).order_by(F("period__startswith").desc(nulls_last=True), "-pk")


def get_version(user: User, pk: int) -> PolicyVersion:
    """:raises Http404: for a version of another county."""
    found = versions(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def in_force(county_id: int | None, on: date) -> PolicyVersion | None:
    """The version by which bills of that day are settled."""
    approved: QuerySet[PolicyVersion] = PolicyVersion.objects.exclude(state=PolicyState.DRAFT)
    return approved.filter(county_id=county_id, period__contains=on).first()


def documents(user: User) -> QuerySet[PolicyDocument]:
    """The documents of the user's county with how many versions rest on each, the latest first."""
    found = PolicyDocument.objects.filter(county__ancestors__contains=[user.area_id])
    return found.annotate(resting=Count("versions")).order_by("-issued_on", "-pk")


def get_document(user: User, pk: int) -> PolicyDocument:
    """:raises Http404: for a document of another county."""
    found = documents(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def settled_by(version: PolicyVersion, user: User) -> Settled:
    """What stands today of the bills that this version settled, as far as the user may know of them."""
    found: Any = Settlement.objects.visible_to(user).filter(pk__in=standing(version).values("pk"))
    sums: dict[str, Any] = found.aggregate(
        bills=Count("pk"),
        total=Sum("total", default=ZERO),
        paid=Sum("paid", default=ZERO),
        patient=Sum("patient", default=ZERO),
    )
    days = found.order_by("settled_on").values_list("settled_on", flat=True)
    return Settled(first=days.first(), last=days.last(), **sums)


def standing(version: PolicyVersion) -> QuerySet[Settlement]:
    """Settlements by this version that stand."""
    found: QuerySet[Settlement] = Settlement.objects.filter(policy=version, is_standing=True)
    return found.exclude(kind=SettlementKind.REVERSED)


def settled_from(version: PolicyVersion, day: date) -> int:
    """How many standing bills it settled whose own day (admission or discharge) is `day` or later."""
    return standing(version).filter(decision__on__gte=day.isoformat()).count()


def overlapping(version: PolicyVersion) -> QuerySet[PolicyVersion]:
    """Approved versions of the same county whose days meet those of this one."""
    others: QuerySet[PolicyVersion] = PolicyVersion.objects.filter(county_id=version.county_id)
    return others.filter(~Q(state=PolicyState.DRAFT) & ~Q(pk=version.pk), period__overlap=version.period)

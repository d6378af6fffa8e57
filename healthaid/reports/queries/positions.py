"""Where villages lie: the middle of the households whose place is known."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Avg, Count

from households.models import Household

Position = tuple[Decimal, Decimal]
LEAST = 5
"""Fewer households than these are not shown: their middle would be somebody's house."""


def positions(villages: Iterable[int]) -> dict[int, Position]:
    """(latitude, longitude) in degrees by village."""
    placed = Household.objects.filter(
        village__in=list(villages), left_on=None, latitude__isnull=False, longitude__isnull=False
    )
    found = placed.values("village").annotate(n=Count("pk"), north=Avg("latitude"), east=Avg("longitude"))
    return {row["village"]: (row["north"], row["east"]) for row in found.filter(n__gte=LEAST)}

"""The reckonings of the county's ledgers and what they found."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from claims.models import LedgerCheck
from claims.queries.counties import own_counties
from core.accounts.models import User


def checks_of(user: User) -> QuerySet[Any]:
    """The newest first."""
    found: QuerySet[Any] = LedgerCheck.objects.filter(county__in=own_counties(user))
    return found.select_related("county", "checked_by").order_by("-pk")


def get_check(user: User, pk: int) -> LedgerCheck:
    """:raises Http404: outside the user's counties."""
    found: LedgerCheck | None = checks_of(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found

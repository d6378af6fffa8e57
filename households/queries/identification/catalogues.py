"""The lists of diseases that hold for an area, and what stands in one."""

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from core.accounts.models import User
from households.models import Catalogue, CatalogueEntry, Disease


def catalogues(user: User) -> QuerySet[Any]:
    """Editions that hold for the user's area, national ones included, the newest first, with their length."""
    found: QuerySet[Any] = Catalogue.objects.filter(Q(area=None) | Q(area__in=user.area.ancestors))
    found = found.annotate(length=Count("entries")).order_by("-valid_from", "-pk")
    return found.select_related("area")


def catalogues_on(user: User, on: date) -> QuerySet[Any]:
    """Those in force on a day."""
    return catalogues(user).filter(valid_from__lte=on).filter(Q(valid_to=None) | Q(valid_to__gt=on))


def get_catalogue(user: User, pk: int) -> Catalogue:
    """:raises Http404: for another county's list."""
    found: Catalogue | None = catalogues(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def entries_of(catalogue: Catalogue) -> list[CatalogueEntry]:
    return list(catalogue.entries.select_related("disease").order_by("position"))


def entries_on(user: User, on: date) -> QuerySet[Any]:
    """What can be chosen on a day, list by list."""
    found: QuerySet[Any] = CatalogueEntry.objects.filter(catalogue__in=catalogues_on(user, on))
    return found.select_related("catalogue", "disease").order_by(
        "-catalogue__valid_from", "catalogue", "position"
    )


def known_diseases() -> list[Disease]:
    return list(Disease.objects.order_by("code"))

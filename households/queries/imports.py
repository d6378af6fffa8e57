"""Register imports as their pages show them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.http import Http404

from core.accounts.models import Area, User
from households.models import ImportRow, RegisterImport

PAGE = 100
BUSY = frozenset({"received", "reading", "queued", "applying", "undoing"})


def imports_of(user: User) -> QuerySet[RegisterImport]:
    """The imports of the user's area and of those below it, newest first."""
    found = RegisterImport.objects.filter(area__ancestors__contains=[user.area_id])
    return found.select_related("area", "uploaded_by").order_by("-id")


def get_import(*, user: User, pk: int) -> RegisterImport:
    """Raises Http404 outside the user's area."""
    found = imports_of(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def state_of(import_id: int) -> str:
    """Where the import stands now, for whoever decides which job to wake."""
    return RegisterImport.objects.values_list("state", flat=True).get(pk=import_id)


def rows_with(register_import: RegisterImport, verdict: str) -> QuerySet[ImportRow]:
    """The rows of one verdict in the order of the file; a household stands before its members."""
    rows = register_import.rows.filter(verdict=verdict)
    return rows.order_by(F("row").asc(nulls_last=True), "household_no", "kind", "id")


def page_of_rows(register_import: RegisterImport, verdict: str, page: int) -> tuple[list[ImportRow], bool]:
    """One page of rows and whether more follow."""
    start = (page - 1) * PAGE
    found = list(rows_with(register_import, verdict)[start : start + PAGE + 1])
    return found[:PAGE], len(found) > PAGE


def household_problems(register_import: RegisterImport, numbers: Sequence[str]) -> dict[str, list[Any]]:
    """Household number → the problems of the household as a whole."""
    rows = register_import.rows.filter(kind="household", verdict="refused", household_no__in=set(numbers))
    return dict(rows.values_list("household_no", "problems"))


def village_names(codes: Sequence[str]) -> dict[str, str]:
    """Area id as text → name."""
    ids = [int(code) for code in codes if code.isdigit()]
    return {str(pk): name for pk, name in Area.objects.filter(pk__in=ids).values_list("pk", "name")}

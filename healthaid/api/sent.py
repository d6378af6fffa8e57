"""Bodies by their promised shape, and refusals of the window as a program reads them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import override
from rest_framework.serializers import Serializer

from claims.services.problems import ClaimRefused, FieldProblem
from claims.services.settling import YearMoved
from healthaid.api.bodies import body_of
from healthaid.api.problems import ApiProblem, FieldError, language_of


def read(shape: type[Serializer[Any]], request: HttpRequest) -> dict[str, Any]:
    """What was sent, by its shape. Raises ApiProblem `json`, `bill_refused` naming every field at fault."""
    body = body_of(request)
    with override(language_of(request)):
        given = shape(data=body)
        unknown = [name for name in body if name not in given.fields]
        message, remedy = _("There is no such field."), _("Remove it.")
        errors = [FieldError(name[:80], "unknown", message, remedy) for name in unknown]
        if errors:
            raise ApiProblem("json", errors)
        if not given.is_valid():
            raise ApiProblem("bill_refused", list(_faults(given.errors)))
    return dict(given.validated_data)


def _faults(errors: Any, place: str = "") -> Iterator[FieldError]:
    """The faults of a shape, nested as it is: lines.1.amount."""
    if isinstance(errors, Mapping):
        for name, inner in errors.items():
            yield from _faults(inner, f"{place}.{name}" if place else str(name))
        return
    for number, error in enumerate(errors):
        if isinstance(error, Mapping):
            yield from _faults(error, f"{place}.{number}")
        else:
            yield FieldError(place[:80], error.code, str(error), _("Correct it; see /api/docs/."))


@contextmanager
def refusals(request: HttpRequest) -> Iterator[None]:
    """Raises ApiProblem `bill_refused` or `year_moved` for what the window would tell its clerk."""
    language = language_of(request)
    try:
        yield
    except ClaimRefused as refused:
        raise ApiProblem("bill_refused", [spoken(each, language) for each in refused.problems]) from refused
    except YearMoved as moved:
        changes = [
            {"what": each.label.get(language), "before": float(each.before), "after": float(each.after)}
            for each in moved.changes
        ]
        raise ApiProblem("year_moved", extra={"changes": changes}) from moved


def spoken(problem: FieldProblem, language: str) -> FieldError:
    message, remedy = problem.message.get(language), problem.remedy.get(language)
    return FieldError(problem.field, problem.code, message, remedy)

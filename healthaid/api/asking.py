"""The parameters of a list, read strictly: what is not known or not well-formed is named, never ignored."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.accounts.models import Area
from core.accounts.tokens import Caller
from core.base.epoch import epoch_of
from healthaid.api import cursors
from healthaid.api.feeds import Question
from healthaid.api.problems import ApiProblem, FieldError, language_of
from healthaid.api.resources.base import Resource

PAGE, LARGEST = 100, 500
# Cursors are longer, and may begin like a year.
LONGEST_TIME = 40
COMMON = ("cursor", "updated_since", "page_size", "purpose")


def question(request: HttpRequest, resource: Resource, caller: Caller, *, on: date, purpose: str) -> Question:
    """Raises ApiProblem `parameter` naming every parameter at fault, `cursor` or `epoch`."""
    given = request.GET
    if not given:
        return Question(caller=caller, on=on, size=PAGE)
    with override(language_of(request)):
        refuse_unknown(given, (*COMMON, *resource.filters.base_filters))
        place, since = _start(given, resource, caller)
        conditions, values = _narrowed(given, resource)
        size = _size(given.get("page_size"))
    return Question(
        caller=caller,
        on=on,
        size=size,
        revealed=bool(purpose),
        after=place,
        since=since,
        conditions=conditions,
        values=values,
    )


def refuse_unknown(given: Any, known: tuple[str, ...]) -> None:
    listed = ", ".join(sorted(known))
    errors = [
        FieldError(
            name, "unknown", _("There is no such parameter."), _("Known are: %(known)s.") % {"known": listed}
        )
        for name in given
        if name not in known
    ]
    errors += [
        FieldError(name, "repeated", _("The parameter is given more than once."), _("Give it once."))
        for name in given
        if name in known and len(given.getlist(name)) > 1
    ]
    if errors:
        raise ApiProblem("parameter", errors)


def _start(given: Any, resource: Resource, caller: Caller) -> tuple[cursors.Place | None, datetime | None]:
    said, cursor = given.get("updated_since", ""), given.get("cursor", "")
    if said and cursor:
        raise _wrong("cursor", _("Give either cursor or updated_since."), _("Leave one of them out."))
    if said and len(said) <= LONGEST_TIME and said[0].isdigit() and "-" in said[:5]:
        return None, _moment(said)
    text = cursor or said
    if not text:
        return None, None
    return cursors.decode(text, resource.name, epoch_of(caller.installation)), None


def _moment(said: str) -> datetime:
    remedy = _(
        "Send a cursor, or a time with its zone: 2026-11-01T00:00:00+08:00 (+ is written %2B in an address)."
    )
    try:
        moment = datetime.fromisoformat(said)
        if moment.tzinfo is None or not 1900 < moment.year < 9999:
            raise ValueError
    except ValueError:
        raise _wrong(
            "updated_since", _("This is neither a cursor nor a time with its zone."), remedy
        ) from None
    return moment


def _size(said: str | None) -> int:
    if said is None:
        return PAGE
    number = int(said) if said.isascii() and said.isdigit() and len(said) <= 4 else 0
    if not 1 <= number <= LARGEST:
        raise _wrong("page_size", _("This is not a page size."), _("Send a whole number from 1 to 500."))
    return number


def _narrowed(given: Any, resource: Resource) -> tuple[dict[str, str], dict[str, Any]]:
    if not any(name in resource.filters.base_filters for name in given):
        return {}, {}
    chosen = resource.filters(data=given, queryset=Area.objects.none())
    errors = [
        FieldError(name, error.code or "invalid", " ".join(error.messages), _remedy(chosen.filters[name]))
        for name, listed in chosen.form.errors.as_data().items()
        for error in listed
    ]
    if errors:
        raise ApiProblem("parameter", errors)
    return chosen.conditions()


def _remedy(declared: Any) -> str:
    choices = declared.extra.get("choices")
    if choices is None:
        return str(declared.extra.get("help_text", ""))
    listed = ", ".join(str(code) for code, _label in (choices() if callable(choices) else choices))
    return _("Send one of: %(known)s.") % {"known": listed}


def _wrong(name: str, message: str, remedy: str) -> ApiProblem:
    return ApiProblem("parameter", [FieldError(name, "invalid", message, remedy)])

"""Bodies of writing requests, read strictly: size, type, depth, doubled names, odd numbers and characters."""

import json
import re
from typing import Any

from django.http import HttpRequest
from django.http.request import RawPostDataException
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from healthaid.api.problems import ApiProblem, FieldError, Words

LARGEST_KB = 64
DEEPEST = 8
LONGEST_NUMBER = 20
UNKEEPABLE = re.compile("[\0\ud800-\udfff]")


class _Unreadable(ValueError):
    """`field`, `code`, message and remedy of what is wrong with the text."""


def body_of(request: HttpRequest) -> dict[str, Any]:
    """The JSON object of the body. Raises ApiProblem `media_type`, `too_large` or `json`."""
    if request.content_type != "application/json":
        raise ApiProblem("media_type")
    if not hasattr(request, "arrived"):  # a request that is handled again, its token read anew, has been read
        request.arrived = _bytes(request)  # type: ignore[attr-defined]
    return _object(request.arrived)  # type: ignore[attr-defined]


def _bytes(request: HttpRequest) -> bytes:
    limit = LARGEST_KB * 1024
    too_large = ApiProblem("too_large", words={"limit": LARGEST_KB})
    said = str(request.META.get("CONTENT_LENGTH") or "0")
    if said.isascii() and said.isdigit() and (len(said) > 9 or int(said) > limit):
        raise too_large
    try:
        raw = request.read(limit + 1)
    except (OSError, RawPostDataException):
        raise _refused("body", "unreadable", _("The body could not be read."), _("Send it again.")) from None
    if len(raw) > limit:
        raise too_large
    return raw


def _object(raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_once,
            parse_constant=_no_constant,
            parse_float=_decimal_text,
            parse_int=_whole,
        )
        _check(found, "body", 0)
    except _Unreadable as error:
        raise _refused(*error.args) from None
    except UnicodeDecodeError:
        raise _refused("body", "encoding", _("The body is not UTF-8."), _("Encode it as UTF-8.")) from None
    except (ValueError, RecursionError):
        raise _refused(
            "body", "json", _("The body is not valid JSON."), _("Check its brackets, commas and quotes.")
        ) from None
    if not isinstance(found, dict):
        raise _refused("body", "object", _("The body is not a JSON object."), _("Send one object: {…}."))
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _Unreadable(
                name[:80], "repeated", _("The name stands twice in one object."), _("Give it once.")
            )
        found[name] = value
    return found


def _no_constant(text: str) -> Any:
    message = lazy(lambda: gettext("%(text)s is not a number.") % {"text": text}, str)()
    raise _Unreadable("body", "number", message, _("Send null or leave it out."))


def _decimal_text(text: str) -> float:
    number = float(text)
    if len(text) > LONGEST_NUMBER or abs(number) > 1e12:
        raise _Unreadable("body", "number", _("A number is too long or too large."), _("Send fewer digits."))
    return number


def _whole(text: str) -> int:
    if len(text) > LONGEST_NUMBER - 2:
        raise _Unreadable("body", "number", _("A number is too long or too large."), _("Send fewer digits."))
    return int(text)


def _check(value: Any, place: str, depth: int) -> None:
    """Every text and name in it, and how deep it goes."""
    if depth > DEEPEST:
        raise _Unreadable(place, "depth", _("The body is nested too deeply."), _("Eight levels are allowed."))
    if isinstance(value, dict):
        for name, child in value.items():
            _check_text(name, place)
            _check(child, f"{place}.{name[:40]}", depth + 1)
    elif isinstance(value, list):
        for number, child in enumerate(value):
            _check(child, f"{place}.{number}", depth + 1)
    elif isinstance(value, str):
        _check_text(value, place)


def _check_text(text: str, place: str) -> None:
    """No NUL, which PostgreSQL refuses, and no half of a surrogate pair, which has no UTF-8."""
    if not text.isprintable() and UNKEEPABLE.search(text):
        message = _("The text holds characters that cannot be kept.")
        raise _Unreadable(place, "characters", message, _("Remove them."))


def _refused(field: str, code: str, message: Words, remedy: Words) -> ApiProblem:
    return ApiProblem("json", [FieldError(field, code, message, remedy)])

"""Finding persons. What is looked for travels in the body, never in an address: addresses end up in logs."""

# ruff: noqa: S608 - statements are joined from constants of this package; values travel as parameters

from typing import Any, ClassVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.accounts.tokens import Caller, Scope
from core.audit.models import AccessLog
from core.base.crypto import blind_index
from core.base.idnumber import IdNumberError, check_id_number
from core.base.names import fold
from core.base.pages import today
from core.base.sql import one
from healthaid.api.bodies import body_of
from healthaid.api.endpoint import Endpoint, json_answer
from healthaid.api.feeds import TODAY
from healthaid.api.problems import ApiProblem, FieldError, language_of
from healthaid.api.resources.base import scope_parameters
from healthaid.api.resources.persons import PERSONS
from healthaid.api.reveal import LONGEST, LOOKS, SHORTEST, look, opened

MOST = 50
# What is looked for decides the index; no condition ever spans two of them.
CONDITIONS = {
    "id_number": "t.id_index = %(id_number)s",
    "phone": "t.phone_index = %(phone)s",
    "name": "t.name_grams @> %(grams)s AND t.name_folded LIKE %(pattern)s",
}


class PersonSearch(Endpoint):
    scope = Scope.PERSONS
    scopes: ClassVar[dict[str, Scope]] = {"post": Scope.IDENTIFY}
    verbs = ("post",)

    def post(self, request: HttpRequest, caller: Caller, **kwargs: Any) -> HttpResponseBase:
        """Who asks by name or number learns who is there: it needs `identify`, a purpose, and is logged."""
        if Scope.PERSONS not in caller.scopes:
            raise ApiProblem("scope", words={"scope": Scope.PERSONS})
        body = body_of(request)
        with override(language_of(request)):
            purpose, kind, values = _read(body)
        found = one(_statement(kind, caller), _parameters(request, caller, values, purpose))
        rows, _persons = opened((found and found[0]) or "")
        return json_answer(request, b'{"results":[' + rows + b"]}", private=True)


def _statement(kind: str, caller: Caller) -> str:
    """Finds and logs in one: nobody is shown whose look was not written down."""
    return f"""
        WITH found AS MATERIALIZED (
                 SELECT t.* FROM households_person t
                  WHERE {CONDITIONS[kind]} AND {PERSONS.visible(caller)} ORDER BY t.id LIMIT {MOST}),
             noted AS ({LOOKS.format("found t")})
        SELECT string_agg(row_to_json(r)::text, ',' ORDER BY t.id)
          FROM found t CROSS JOIN LATERAL (SELECT {PERSONS.columns(revealed=True)}) r"""


def _parameters(request: HttpRequest, caller: Caller, values: dict[str, Any], purpose: str) -> dict[str, Any]:
    said = look(caller, AccessLog.Kind.API, purpose, request.path)
    return {**scope_parameters(caller), **values, **said, TODAY: today()}


def _read(body: dict[str, Any]) -> tuple[str, str, dict[str, Any]]:
    """Purpose, what is looked for, and its parameters. Raises ApiProblem."""
    unknown = [name for name in body if name not in (*CONDITIONS, "purpose")]
    if unknown:
        raise _wrong(
            unknown[0][:80], _("There is no such field."), _("Send name, id_number or phone, and purpose.")
        )
    purpose = body.get("purpose")
    if not isinstance(purpose, str) or not SHORTEST <= len(purpose.strip()) <= LONGEST:
        raise _wrong("purpose", _("Searching for a person needs a purpose."), _("Send 4 to 200 characters."))
    kinds = [kind for kind in CONDITIONS if body.get(kind) not in (None, "")]
    if len(kinds) != 1 or not isinstance(body[kinds[0]], str):
        raise _wrong("name", _("Look for one thing."), _("Send one of name, id_number or phone, as text."))
    return purpose.strip(), kinds[0], _values(kinds[0], body[kinds[0]])


def _values(kind: str, said: str) -> dict[str, Any]:
    if kind == "name":
        return _name_values(said)
    if kind == "phone":
        return {"phone": blind_index("".join(each for each in said if each.isdigit()))}
    try:
        return {"id_number": blind_index(check_id_number(said).number)}
    except IdNumberError:
        remedy = _("Check it for slips: 18 digits, the last may be X.")
        raise _wrong("id_number", _("This is not an identity number."), remedy) from None


def _name_values(said: str) -> dict[str, Any]:
    """The first characters of a name; two or more, so that nobody pages through a surname."""
    folded = fold(said)
    if not 2 <= len(folded) <= 40:
        raise _wrong("name", _("This is too short or too long for a name."), _("Send 2 to 40 characters."))
    pairs = [folded[i : i + 2] for i in range(len(folded) - 1)]
    literal = folded.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return {"grams": pairs, "pattern": f"{literal}%"}


def _wrong(name: str, message: str, remedy: str) -> ApiProblem:
    return ApiProblem("json", [FieldError(name, "invalid", message, remedy)])

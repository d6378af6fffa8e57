"""The OpenAPI 3.1 document, made once for each process."""

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.translation import override
from drf_spectacular.generators import SchemaGenerator

from followups.protocols.json_schema import json_schema
from followups.protocols.library import editions
from healthaid.api.endpoint import json_answer


def with_forms(result: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Adds the answers of every form, and the token, to what was generated."""
    components = result.setdefault("components", {})
    components["securitySchemes"] = {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "Authorization: Bearer ha_… or Token ha_…",
        }
    }
    for form in editions():
        name = re.sub(r"\W", "_", f"answers_{form.code}_{form.edition}")
        shape = {key: value for key, value in json_schema(form).items() if key not in ("$schema", "$id")}
        components.setdefault("schemas", {})[name] = shape
    return result


@cache
def document(language: str) -> Mapping[str, Any]:
    """The whole document, its words in one language."""
    with override(language):
        found = SchemaGenerator(urlconf="healthaid.api.road").get_schema(public=True)
        # Through JSON and back: words that wait for a language are fixed in this one.
        plain: Mapping[str, Any] = json.loads(json.dumps(found, default=str))
    return plain


@cache
def _bytes() -> bytes:
    return orjson.dumps(document("en"))


def openapi(request: HttpRequest) -> HttpResponse:
    return json_answer(request, _bytes())


openapi.login_required = False  # type: ignore[attr-defined]

"""The OpenAPI 3.1 document, made once for each process."""

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
def document() -> Mapping[str, Any]:
    """The whole document; in English, whatever the first caller speaks."""
    with override("en"):
        found: Mapping[str, Any] = SchemaGenerator(urlconf="healthaid.api.road").get_schema(public=True)
    return found


@cache
def _bytes() -> bytes:
    return orjson.dumps(document(), default=str, option=orjson.OPT_NON_STR_KEYS)


def openapi(request: HttpRequest) -> HttpResponse:
    return json_answer(request, _bytes())


openapi.login_required = False  # type: ignore[attr-defined]

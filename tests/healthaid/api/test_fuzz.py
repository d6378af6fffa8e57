"""Whatever the schema allows, and much that it does not, is answered as the schema says; the server never fails."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from healthaid.api.schema import document
from tests.factories.programs import connections_kept

CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]
EXAMPLES = 25
OPERATIONS = [
    (method.upper(), path) for path, methods in document("en")["paths"].items() for method in methods
]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_no_request_makes_the_server_fail(world: Any, method: str, path: str) -> None:
    program = world.trusted()
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", program.front)
    asked = []

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=schema[path][method].as_strategy())
    def ask(case: Any) -> None:
        with connections_kept():
            answer = case.call(headers={"Authorization": f"Token {program.token}"})
        asked.append(answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    ask()
    assert asked

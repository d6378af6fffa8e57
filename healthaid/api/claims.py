"""Stays and settlements: lists, records with their explanation, and what hospital systems may write."""

from dataclasses import asdict

import orjson
from django.http import HttpRequest

from claims.policy.decision import decision_from_json
from claims.policy.explanation import told
from healthaid.api.problems import language_of
from healthaid.api.resources.claims import ADMISSIONS, SETTLEMENTS
from healthaid.api.views import ListEndpoint, RecordEndpoint


class AdmissionRecord(RecordEndpoint):
    resource, scope = ADMISSIONS, ADMISSIONS.scope


class SettlementList(ListEndpoint):
    resource, scope = SETTLEMENTS, SETTLEMENTS.scope


class SettlementRecord(RecordEndpoint):
    resource, scope = SETTLEMENTS, SETTLEMENTS.scope

    def in_words(self, record: bytes, request: HttpRequest) -> bytes:
        return in_words(record, request)


def in_words(record: bytes, request: HttpRequest) -> bytes:
    """A settlement with its kept decision as steps with their sentences, in the language of the request."""
    found = orjson.loads(record)
    kept = found["explanation"]
    found["explanation"] = asdict(told(decision_from_json(kept), language_of(request))) if kept else None
    return orjson.dumps(found, default=float)

"""What hospital systems write: a stay, its bill, its settlement, by the acts of the clerk's window."""

from dataclasses import asdict
from typing import Any, ClassVar
from uuid import UUID

import orjson
import pghistory
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from claims.models import Admission, Settlement
from claims.policy.explanation import told
from claims.services.admissions import AdmissionWanted, ItemWanted, admit, discharge, write_bill
from claims.services.settling import Preview, preview, settle
from core.accounts.tokens import Caller, Scope
from core.base.pages import today
from core.clinics.models import Institution
from healthaid.api import feeds
from healthaid.api.acting import user_of
from healthaid.api.claims import in_words
from healthaid.api.contracts_bills import AdmissionSent, BillSent, SettleSent
from healthaid.api.endpoint import JSON, Endpoint
from healthaid.api.problems import ApiProblem, FieldError, language_of
from healthaid.api.resources.claims import ADMISSIONS, SETTLEMENTS
from healthaid.api.reveal import SHOWN_OF_BILLS, note_looks, opened
from healthaid.api.sent import read, refusals, spoken
from healthaid.api.views import ListEndpoint
from households.models import Person

_NAMED = ("person", "institution")
_RENAMED = {
    "id": "uuid",
    "in_county": "is_in_county",
    "designated": "is_designated",
    "priority": "is_priority",
    "reserved_bed": "in_reserved_bed",
}
PREVIEWED, SETTLED = "结算前预览 / preview", "出院结算 / settlement"
"""What the access log gives as the purpose."""


class AdmissionList(ListEndpoint):
    resource, scope = ADMISSIONS, ADMISSIONS.scope
    scopes: ClassVar[dict[str, Scope]] = {"post": Scope.SETTLE}
    verbs = ("get", "post")
    writing = ("post",)

    def post(self, request: HttpRequest, caller: Caller, **kwargs: Any) -> HttpResponseBase:
        return _opened(request, caller)


def _opened(request: HttpRequest, caller: Caller) -> HttpResponse:
    """201 with the stay, 200 where the same `id` came before. Raises `bill_refused`, `other_stay`."""
    given = read(AdmissionSent, request)
    person, institution = _named(given, caller)
    known = Admission.objects.filter(uuid=given["id"]).first()
    if known and (known.person_id, known.institution_id) != (person.pk, institution.pk):
        raise ApiProblem("other_stay")
    fields = {_RENAMED.get(name, name): value for name, value in given.items() if name not in _NAMED}
    with pghistory.context(user=caller.user_id, url=request.path), refusals(request):
        wanted = AdmissionWanted(institution=institution, **fields)
        stay = admit(person=person, wanted=wanted, by=user_of(caller), on=today())
    location = f"{request.path.rstrip('/')}/{stay.uuid}"
    return _answer(_told_stay(stay.pk), 200 if known else 201, {"Location": location})


def _named(given: dict[str, Any], caller: Caller) -> tuple[Person, Institution]:
    """Person and hospital; outside the caller's area neither is there."""
    person = Person.objects.filter(uuid=given["person"], village__in=caller.villages or []).first()
    institution = Institution.objects.filter(code=given["institution"]).first()
    message, remedy = _("Nothing is known under this code."), _("Check it against the list of this API.")
    missing = [name for name, found in zip(_NAMED, (person, institution), strict=True) if found is None]
    if person is None or institution is None:
        raise ApiProblem("bill_refused", [FieldError(name, "unknown", message, remedy) for name in missing])
    return person, institution


class OneStay(Endpoint):
    """One stay of the caller's area, to be written to."""

    scope = Scope.SETTLE
    verbs = ("post",)
    writing = ("post", "put")

    def stay(self, key: UUID, caller: Caller) -> Admission:
        found = Admission.objects.filter(uuid=key, village__in=caller.villages or [])
        stay: Admission | None = (
            found if caller.sees_sensitive else found.exclude(is_sensitive=True)
        ).first()
        if stay is None:
            raise ApiProblem("not_found")
        return stay


class Bill(OneStay):
    verbs = ("put",)

    def put(self, request: HttpRequest, caller: Caller, key: UUID, **kwargs: Any) -> HttpResponseBase:
        stay, given = self.stay(key, caller), read(BillSent, request)
        lines = [ItemWanted(**line) for line in given["lines"]]
        user, on = user_of(caller), today()
        with pghistory.context(user=caller.user_id, url=request.path), refusals(request):
            write_bill(admission=stay, lines=lines, typed_total=given.get("total"), by=user, on=on)
            if given.get("discharged_on"):
                discharge(admission=stay, on=given["discharged_on"], by=user, today=on)
        return _answer(_told_stay(stay.pk))


class PreviewOfBill(OneStay):
    def post(self, request: HttpRequest, caller: Caller, key: UUID, **kwargs: Any) -> HttpResponseBase:
        stay = self.stay(key, caller)
        read(SettleSent, request)
        with refusals(request):
            found = preview(admission=stay, by=user_of(caller), on=today())
        _note(caller, stay, request, PREVIEWED)
        return _answer(_told_preview(found, language_of(request)))


class SettlementOfBill(OneStay):
    def post(self, request: HttpRequest, caller: Caller, key: UUID, **kwargs: Any) -> HttpResponseBase:
        stay, given = self.stay(key, caller), read(SettleSent, request)
        known = set(stay.settlements.values_list("pk", flat=True))
        with pghistory.context(user=caller.user_id, url=request.path), refusals(request):
            expected = given.get("expected") or None
            made = settle(admission=stay, by=user_of(caller), on=today(), expected=expected)
        _note(caller, stay, request, SETTLED)
        return _answer(_told_settlement(made, caller, request), 200 if made.pk in known else 201)


def _note(caller: Caller, stay: Admission, request: HttpRequest, purpose: str) -> None:
    """Who sees amounts of a person's year is on record."""
    note_looks(
        caller=caller,
        persons=[{"id": str(stay.person.uuid)}],
        households=0,
        purpose=purpose,
        request=request,
        shown=SHOWN_OF_BILLS,
    )


def _told_stay(pk: int) -> dict[str, Any]:
    found = Admission.objects.annotate(count=Count("items"), total=Sum("items__amount")).get(pk=pk)
    return {
        "id": found.uuid,
        "state": found.state,
        "admitted_on": found.admitted_on,
        "discharged_on": found.discharged_on,
        "items": found.count,
        "total": found.total or 0,
    }


def _told_preview(found: Preview, language: str) -> dict[str, Any]:
    decision = found.decision
    named = ("total", "discount", "compliant", "paid", "patient", "actual_ratio", "policy_ratio")
    of_line = ("layer", "payer", "clause", "amount", "base", "deductible", "applied")
    warnings = [spoken(each, language) for each in found.warnings]
    return {
        "policy": decision.policy,
        **{name: getattr(decision, name) for name in named},
        "lines": [{name: getattr(line, name) for name in of_line} for line in decision.lines],
        "explanation": asdict(told(decision, language)),
        "warnings": [{"code": e.code, "message": str(e.message), "remedy": str(e.remedy)} for e in warnings],
        "later": [
            {
                "number": each.number,
                "discharged_on": each.last_day,
                "patient_before": each.patient_before,
                "patient_after": each.patient_after,
            }
            for each in found.later
        ],
        "expected": found.expected,
    }


def _told_settlement(made: Settlement, caller: Caller, request: HttpRequest) -> dict[str, Any]:
    found = feeds.record(SETTLEMENTS, made.uuid, caller, on=today(), revealed=True)
    if found is None:
        raise ApiProblem("not_found")
    record, _persons = opened(found, of_person=True)
    told_so: dict[str, Any] = orjson.loads(in_words(record, request))
    return told_so


def _answer(found: dict[str, Any], status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    body = orjson.dumps(found, default=float)
    more = {"Content-Length": str(len(body)), "Cache-Control": "no-store", **(headers or {})}
    return HttpResponse(body, status=status, content_type=JSON, headers=more)

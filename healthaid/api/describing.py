"""What an endpoint tells of itself to the schema: parameters from its filters, shapes from the contracts."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, inline_serializer

from healthaid.api import (
    contracts,
    contracts_bills,
    contracts_cases,
    contracts_claims,
    contracts_monitoring,
    contracts_needs,
)
from healthaid.api.examples import EXAMPLES
from healthaid.api.problems import CATALOGUE

ROWS = {
    "households": contracts.Household,
    "persons": contracts.Person,
    "visits": contracts.Visit,
    "duties": contracts.Duty,
    "cases": contracts_cases.Case,
    "monitoring": contracts_monitoring.MonitoringCase,
    "needs": contracts_needs.Need,
    "referrals": contracts_needs.Referral,
    "admissions": contracts_claims.Admission,
    "settlements": contracts_claims.Settlement,
    "areas": contracts.Area,
}
RECORDS = {
    **ROWS,
    "households": contracts.HouseholdRecord,
    "persons": contracts.PersonRecord,
    "visits": contracts.VisitRecord,
    "cases": contracts_cases.CaseRecord,
    "monitoring": contracts_monitoring.MonitoringRecord,
    "needs": contracts_needs.NeedRecord,
    "referrals": contracts_needs.ReferralRecord,
    "admissions": contracts_claims.AdmissionRecord,
    "settlements": contracts_claims.SettlementRecord,
}
PROBLEMS = {
    "list": (400, 401, 403, 410, 429),
    "record": (400, 401, 403, 404, 429),
    "export": (400, 401, 403, 429),
    "search": (400, 401, 403, 413, 415, 429),
    "send": (400, 401, 403, 409, 413, 415, 422, 429),
    "bill": (400, 401, 403, 404, 413, 415, 422, 429),
    "preview": (400, 401, 403, 404, 413, 415, 422, 429),
    "settle": (400, 401, 403, 404, 409, 413, 415, 422, 429),
}
WORDS = {
    "list": (
        _("List: {}"),
        _("In the order of change. Follow `next`; keep `cursor` and send it as `updated_since` later."),
    ),
    "record": (_("One record: {}"), _("The whole record as it stands now.")),
    "export": (
        _("Everything as NDJSON: {}"),
        _(
            "One row a line. The last line holds `count` and `cursor`; without it the export is not whole. "
            "Send its cursor as `updated_since` to go on from there."
        ),
    ),
    "search": (
        _("Find persons"),
        _("By name, identity number or phone, for a stated purpose. At most 50, without masks."),
    ),
    "send": (
        _("Send a visit"),
        _(
            "The same body again gives the first answer again. Another body under the same `client_id`, or a "
            "duty already fulfilled, is kept as a conflict for a person to decide."
        ),
    ),
}
WRITTEN_WORDS = {
    "send_admissions": (
        _("Open a stay"),
        _("Or a visit to an outpatient window, discharged at once. The same `id` again is the same stay."),
    ),
    "bill": (
        _("Put the bill of a stay"),
        _("All lines at once, as often as you like until it is settled; with its day of discharge."),
    ),
    "preview": (
        _("What each payer would bear"),
        _("Reckoned on the year as it stands now; nothing is written but who looked at whose bill."),
    ),
    "settle": (
        _("Settle a stay"),
        _("Once: a settled stay gives the settlement that stands. Send `{}`, or `expected` of a preview."),
    ),
}
SCOPE = _("Scope")
NOUNS = {
    "households": pgettext_lazy("resource", "households"),
    "persons": pgettext_lazy("resource", "persons"),
    "visits": pgettext_lazy("resource", "visits"),
    "duties": pgettext_lazy("resource", "duties"),
    "cases": pgettext_lazy("resource", "cases of major disease"),
    "monitoring": pgettext_lazy("resource", "households at risk"),
    "needs": pgettext_lazy("resource", "needs"),
    "referrals": pgettext_lazy("resource", "referrals"),
    "admissions": pgettext_lazy("resource", "admissions"),
    "settlements": pgettext_lazy("resource", "settlements"),
    "areas": pgettext_lazy("resource", "areas"),
}
SENT = {
    201: OpenApiResponse(contracts.VisitAnswer, _("Accepted")),
    200: OpenApiResponse(contracts.VisitAnswer, _("Sent before")),
}
OPENED = {
    201: OpenApiResponse(contracts_bills.BillAnswer, _("Accepted")),
    200: OpenApiResponse(contracts_bills.BillAnswer, _("Sent before")),
}
SETTLED = {
    201: OpenApiResponse(contracts_claims.SettlementRecord, _("Settled now")),
    200: OpenApiResponse(contracts_claims.SettlementRecord, _("Settled before")),
}
ANSWERS = {
    "send_visits": SENT,
    "send_admissions": OPENED,
    "bill_admissions": {200: OpenApiResponse(contracts_bills.BillAnswer, _("The bill as it stands"))},
    "preview_admissions": {200: OpenApiResponse(contracts_bills.PreviewAnswer, _("The preview"))},
    "settle_admissions": SETTLED,
}
BODIES = {
    "search_persons": contracts.SearchSent,
    "send_visits": contracts.VisitSent,
    "send_admissions": contracts_bills.AdmissionSent,
    "bill_admissions": contracts_bills.BillSent,
    "preview_admissions": contracts_bills.SettleSent,
    "settle_admissions": contracts_bills.SettleSent,
}
OF_ONE = ("record", "bill", "preview", "settle")
REVEALED = {"households", "persons", "admissions", "settlements"}


class EndpointSchema(AutoSchema):
    """Reads what an Endpoint says of itself; nothing is guessed."""

    view: Any

    @property
    def act(self) -> str:
        last = self.path.rsplit("/", 1)[1]
        if last in ("bill", "preview", "settle"):
            return last
        if self.method == "POST":
            return "search" if self.path.endswith("search") else "send"
        if self.path.endswith("export"):
            return "export"
        return "record" if self.path.endswith("}") else "list"

    @property
    def named(self) -> str:
        return self.path.removeprefix("/api/v1/").split("/")[0]

    def get_operation_id(self) -> str:
        return f"{self.act}_{self.named}"

    def get_tags(self) -> list[str]:
        return [self.named]

    def get_summary(self) -> str:
        return str(self._words[0]).format(NOUNS[self.named])

    def get_description(self) -> str:  # type: ignore[override]
        scopes = [self.view.scopes.get(self.method.lower(), self.view.scope), *self._more_scopes()]
        listed = ", ".join(f"`{scope}`" for scope in scopes)
        return f"{self._words[1]}\n\n{SCOPE}: {listed}"

    @property
    def _words(self) -> tuple[Any, Any]:
        own = WRITTEN_WORDS.get(self.act) or WRITTEN_WORDS.get(self.get_operation_id())
        return own or WORDS[self.act]

    def _more_scopes(self) -> list[str]:
        return [self.view.scope] if self.act == "search" else []

    def get_auth(self) -> list[dict[str, list[str]]]:
        return [{"token": []}]

    def get_filter_backends(self) -> list[Any]:
        return []

    def get_override_parameters(self) -> list[Any]:
        found = [*self._key()]
        if self.act in ("list", "export"):
            found += [
                _parameter(name, each) for name, each in self.view.resource.filters.base_filters.items()
            ]
        if self.act == "list":
            found += PAGING
        if self.act in ("list", "record", "export") and self.named in REVEALED:
            found.append(PURPOSE)
        return found

    def _key(self) -> list[OpenApiParameter]:
        if self.act not in OF_ONE:
            return []
        kind: Any = {"duties": int, "areas": str}.get(self.named, {"type": "string", "format": "uuid"})
        return [
            OpenApiParameter("key", kind, OpenApiParameter.PATH, description=_("Public key of the record"))
        ]

    def get_request_serializer(self) -> Any:
        return BODIES.get(self.get_operation_id())

    def get_response_serializers(self) -> Any:
        answers: dict[Any, Any] = dict(ANSWERS.get(self.get_operation_id(), ()))
        answers = answers or {200: self._success()}
        if self.act in ("list", "record"):
            answers[304] = OpenApiResponse(description=_("You have these very bytes (If-None-Match)"))
        for status in PROBLEMS[self.act]:
            answers[status, "application/problem+json"] = OpenApiResponse(
                contracts.ProblemShape, _titles(status)
            )
        return answers

    def _success(self) -> Any:
        if self.act == "record":
            return OpenApiResponse(RECORDS[self.named], _("The record"))
        if self.act == "search":
            return OpenApiResponse(_results("persons_found", contracts.Person), _("Persons found"))
        return OpenApiResponse(_page(self.named), _("A page"))

    def _get_response_for_code(
        self, serializer: Any, status_code: str, *args: Any, **more: Any
    ) -> dict[str, Any]:
        if self.act == "export" and status_code == "200":
            row = self._get_response_for_code(ROWS[self.named], "299", ["application/x-ndjson"])
            return {**row, "description": _("Rows, then {count, cursor}")}
        return super()._get_response_for_code(serializer, status_code, *args, **more)

    def get_examples(self) -> list[Any]:
        return EXAMPLES.get(f"{self.act}_{self.named}", [])


def _results(name: str, row: Any) -> Any:
    return inline_serializer(name, {"results": row(many=True)})


def _page(name: str) -> Any:
    fields = {
        "results": ROWS[name](many=True),
        "deleted": contracts.Tombstone(many=True, help_text=_("Drop these first, then store results")),
        "next": contracts.s.URLField(allow_null=True, help_text=_("The next page, or null at the end")),
        "cursor": contracts.s.CharField(
            help_text=_("The place after this page; send it as updated_since later")
        ),
    }
    return inline_serializer(f"page_of_{name}", fields)


def _titles(status: int) -> str:
    return " · ".join(str(title) for code, title, _remedy in CATALOGUE.values() if code == status)


def _parameter(name: str, declared: Any) -> OpenApiParameter:
    kind = {"DateWhere": "date", "UuidWhere": "uuid"}.get(type(declared).__name__)
    shape: dict[str, Any] = {"type": "string", **({"format": kind} if kind else {})}
    if name in ("village", "township", "parent"):
        shape["pattern"] = r"^\d{2,12}$"
    if choices := declared.extra.get("choices"):
        shape["enum"] = [str(code) for code, _label in (choices() if callable(choices) else choices)]
    return OpenApiParameter(name, shape, description=declared.extra.get("help_text", ""))


def _query(name: str, description: Any, **shape: Any) -> OpenApiParameter:
    return OpenApiParameter(name, {"type": "string", **shape}, description=description)


PAGING = [
    _query("cursor", _("The place to read on from, as `next` carries it")),
    _query("updated_since", _("A cursor kept from before, or a time with its zone")),
    _query("page_size", _("Rows a page"), type="integer", minimum=1, maximum=500, default=100),
]
PURPOSE = _query(
    "purpose",
    _("What for. With the scope `identify` it lifts the masks; each person shown is kept in the access log"),
    minLength=4,
    maxLength=200,
)

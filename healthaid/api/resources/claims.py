"""Stays and what was decided of their bills; diagnosis and amounts are shown for a stated purpose."""

# ruff: noqa: S608 - statements are joined from constants of this package

from core.accounts.tokens import Scope
from healthaid.api.filters_claims import STANDS, AdmissionFilters, SettlementFilters
from healthaid.api.resources.base import Resource
from healthaid.api.resources.work import WHO

_HOSPITAL = "(SELECT i.code FROM clinics_institution i WHERE i.id = t.institution_id) AS institution"


def _of(alias: str, names: str, kind: str, *, revealed: bool) -> str:
    """Columns by their own names; NULL where nobody said what for."""
    return ", ".join(f"{alias}.{name}" if revealed else f"NULL::{kind} AS {name}" for name in names.split())


def _personal(names: str, *, revealed: bool, kind: str = "text") -> str:
    return _of("t", names, kind, revealed=revealed)


def _admission(*, revealed: bool) -> str:
    return f"""
        t.uuid AS id, {WHO}, {_HOSPITAL}, t.care, t.level, t.is_in_county AS in_county,
        t.is_designated AS designated, t.admitted_on, t.discharged_on, t.state, t.referral, t.treats_first,
        t.no_credit, t.agreed_on, t.is_priority AS priority, t.in_reserved_bed AS reserved_bed,
        (SELECT s.uuid FROM claims_settlement s WHERE s.admission_id = t.id
            AND {STANDS.replace("t.", "s.")}) AS settlement,
        {_personal("hospital_no diagnosis icd10", revealed=revealed)}, t.updated_at AS changed_at"""


def _items(*, revealed: bool) -> str:
    return f"""
        (SELECT coalesce(json_agg(row_to_json(x)), '[]') FROM (
            SELECT i.category, i.item_class, {_of("i", "name", "text", revealed=revealed)},
                   {_of("i", "amount first_pay over_limit", "numeric", revealed=revealed)}
              FROM claims_billitem i WHERE i.admission_id = t.id ORDER BY i.position) x) AS items"""


def _receipts(*, revealed: bool) -> str:
    return f"""
        (SELECT coalesce(json_agg(row_to_json(x)), '[]') FROM (
            SELECT r.kind, r.received_on, {_of("r", "amount", "numeric", revealed=revealed)}
              FROM claims_receipt r WHERE r.admission_id = t.id
             ORDER BY r.received_on, r.id) x) AS receipts"""


def _whole_admission(*, revealed: bool) -> str:
    more = _personal("referral_no signer_name cancel_reason", revealed=revealed)
    parts = (_admission(revealed=revealed), more, _items(revealed=revealed), _receipts(revealed=revealed))
    return ", ".join(parts)


def _lines(*, revealed: bool) -> str:
    return f"""
        (SELECT coalesce(json_agg(row_to_json(x)), '[]') FROM (
            SELECT l.layer, l.payer, l.clause,
                   {_of("l", "amount base deductible", "numeric", revealed=revealed)}
              FROM claims_settlementline l WHERE l.settlement_id = t.id ORDER BY l.position) x) AS lines"""


def _settlement(*, revealed: bool) -> str:
    """Both ratios are cut after six places, as the policy engine cuts them, and the same for a reversal."""
    amounts = _personal("total compliant discount paid patient", revealed=revealed, kind="numeric")
    return f"""
        t.uuid AS id, t.number, t.revision, t.kind, {STANDS} AS standing,
        (SELECT a.uuid FROM claims_admission a WHERE a.id = t.admission_id) AS admission, {WHO}, {_HOSPITAL},
        t.level, t.year, t.settled_on,
        (SELECT json_build_object('code', v.code, 'version', v.number, 'document', d.number)
           FROM claims_policyversion v LEFT JOIN claims_policydocument d ON d.id = v.document_id
          WHERE v.id = t.policy_id) AS policy,
        trunc(t.paid / nullif(t.total - t.discount, 0), 6) AS actual_ratio,
        trunc((t.compliant - t.compliant_patient) / nullif(t.compliant, 0), 6) AS policy_ratio,
        (SELECT o.uuid FROM claims_settlement o WHERE o.id = t.reverses_id) AS reverses,
        (SELECT o.uuid FROM claims_settlement o WHERE o.id = t.because_of_id) AS because_of,
        {amounts}, {_lines(revealed=revealed)}, t.updated_at AS changed_at"""


def _whole_settlement(*, revealed: bool) -> str:
    """`explanation` is the decision as it is kept; the endpoint puts it into words."""
    decision = "t.decision" if revealed else "NULL::json"
    reason = _personal("reason", revealed=revealed)
    return f"{_settlement(revealed=revealed)}, {reason}, {decision} AS explanation"


ADMISSIONS = Resource(
    name="admissions",
    scope=Scope.CLAIMS,
    table="claims_admission",
    key="id",
    public_key="uuid",
    masked=_admission(revealed=False),
    revealed=_admission(revealed=True),
    whole=_whole_admission(revealed=False),
    whole_revealed=_whole_admission(revealed=True),
    filters=AdmissionFilters,
    kind="admission",
    sensitive="is_sensitive",
    of_person=True,
)
SETTLEMENTS = Resource(
    name="settlements",
    scope=Scope.CLAIMS,
    table="claims_settlement",
    key="id",
    public_key="uuid",
    masked=_settlement(revealed=False),
    revealed=_settlement(revealed=True),
    whole=_whole_settlement(revealed=False),
    whole_revealed=_whole_settlement(revealed=True),
    filters=SettlementFilters,
    kind="settlement",
    sensitive="is_sensitive",
    of_person=True,
)

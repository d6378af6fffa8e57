"""Needs and referrals, by codes and days; what was written about a person stands in the single record."""

# ruff: noqa: S608 - statements are joined from constants of this package

from core.accounts.tokens import Scope
from healthaid.api.filters_needs import OVERDUE_CHECK, OVERDUE_NEED, NeedFilters, ReferralFilters
from healthaid.api.resources.base import Resource
from healthaid.api.resources.work import WHO

NEED = f"""
    t.uuid AS id, {WHO}, t.kind, t.state, t.raised_on, t.due_on, {OVERDUE_NEED} AS overdue, t.closed_on,
    t.quoted_amount, t.is_put_off AS put_off, t.satisfaction, t.word_missing, t.visit_id AS visit,
    (SELECT m.uuid FROM followups_need m WHERE m.id = t.merged_into_id) AS merged_into,
    t.updated_at AS changed_at"""
_LOG = """
    (SELECT coalesce(json_agg(row_to_json(x)), '[]') FROM (
        SELECT s."on", s.kind, s.state, s.note FROM followups_needstep s
         WHERE s.need_id = t.id ORDER BY s."on", s.id) x) AS log"""
_PAPERS = """
    (SELECT coalesce(json_agg(row_to_json(x)), '[]') FROM (
        SELECT k.code, k.done_on, k.note FROM followups_needtask k
         WHERE k.need_id = t.id ORDER BY k.id) x) AS papers"""
WHOLE_NEED = f"{NEED}, t.description, t.outcome, t.person_says, {_LOG}, {_PAPERS}"
REFERRAL = f"""
    t.uuid AS id, {WHO}, (SELECT n.uuid FROM followups_need n WHERE n.id = t.need_id) AS need,
    t.visit_id AS visit, (SELECT f.uuid FROM followups_referral f WHERE f.id = t.follows_id) AS follows,
    (SELECT i.code FROM clinics_institution i WHERE i.id = t.from_institution_id) AS from_institution,
    (SELECT i.code FROM clinics_institution i WHERE i.id = t.to_institution_id) AS to_institution,
    t.urgency, t.is_priority AS priority, t.state, t.referred_at, t.answered_at, t.arrived_on,
    t.is_admitted AS admitted, t.discharged_on, t.returned_at, t.check_by, t.checked_on, t.check_result,
    {OVERDUE_CHECK} AS check_overdue, t.updated_at AS changed_at"""
_SERVICES = """
    (SELECT coalesce(json_agg(row_to_json(x)), '[]') FROM (
        SELECT p.kind, p.asked_at, p.served_at FROM followups_priorityservice p
         WHERE p.referral_id = t.id ORDER BY p.asked_at, p.id) x) AS services"""
WHOLE_REFERRAL = f"""{REFERRAL}, t.department, t.reason, t.decline_reason, t.cancel_reason, t.result,
    t.diagnosis, t.advice, t.check_note, {_SERVICES}"""

NEEDS = Resource(
    name="needs",
    scope=Scope.NEEDS,
    table="followups_need",
    key="id",
    public_key="uuid",
    masked=NEED,
    revealed=NEED,
    whole=WHOLE_NEED,
    whole_revealed=WHOLE_NEED,
    filters=NeedFilters,
    kind="need",
    sensitive="is_sensitive",
)
REFERRALS = Resource(
    name="referrals",
    scope=Scope.REFERRALS,
    table="followups_referral",
    key="id",
    public_key="uuid",
    masked=REFERRAL,
    revealed=REFERRAL,
    whole=WHOLE_REFERRAL,
    whole_revealed=WHOLE_REFERRAL,
    filters=ReferralFilters,
    kind="referral",
    sensitive="is_sensitive",
)

"""Visits and duties. They name persons by id only, so nothing in them is masked."""

from core.accounts.tokens import Scope
from healthaid.api.filters import OVERDUE, DutyFilters, VisitFilters
from healthaid.api.resources.base import Resource
from healthaid.api.resources.classes import class_label

WHO = """
    (SELECT p.uuid FROM households_person p WHERE p.id = t.person_id) AS person,
    (SELECT h.uuid FROM households_household h WHERE h.id = t.household_id) AS household,
    (SELECT v.code FROM accounts_area v WHERE v.id = t.village_id) AS village"""
VISIT = f"""
    t.uuid AS id, {WHO}, t.protocol, t.edition, t.visited_on, t.mode, t.is_face_to_face AS face_to_face,
    t.visit_class, {class_label("t")}, t.is_assessable AS assessable, t.is_controlled AS controlled,
    t.sbp, t.dbp, t.fpg,
    t.next_on, t.satisfaction, t.supersedes_id AS supersedes, t.is_current AS current, t.received_at,
    t.updated_at AS changed_at"""
WHOLE_VISIT = f"{VISIT}, t.amend_reason, t.answers, t.assessment"
DUTY = f"""
    t.id, {WHO}, t.protocol, t.rule, t.starts_on, t.due_on, t.ends_on, t.risk, t.state, {OVERDUE} AS overdue,
    t.visit_id AS visit, t.closed_on, t.close_reason, t.updated_at AS changed_at"""

VISITS = Resource(
    name="visits",
    scope=Scope.VISITS,
    table="followups_visit",
    key="uuid",
    public_key="uuid",
    masked=VISIT,
    revealed=VISIT,
    whole=WHOLE_VISIT,
    whole_revealed=WHOLE_VISIT,
    filters=VisitFilters,
    kind="visit",
    sensitive="is_sensitive",
)
DUTIES = Resource(
    name="duties",
    scope=Scope.DUTIES,
    table="followups_duty",
    key="id",
    public_key="id",
    masked=DUTY,
    revealed=DUTY,
    filters=DutyFilters,
    kind="duty",
    sensitive="is_sensitive",
)

"""Cases of major disease. They name persons by id only, so nothing in them is masked."""

from core.accounts.tokens import Scope
from healthaid.api.filters import CaseFilters
from healthaid.api.resources.base import Resource

CASE = """
    t.uuid AS id, (SELECT p.uuid FROM households_person p WHERE p.id = t.person_id) AS person,
    (SELECT h.uuid FROM households_person p JOIN households_household h ON h.id = p.household_id
      WHERE p.id = t.person_id) AS household,
    (SELECT v.code FROM accounts_area v WHERE v.id = t.village_id) AS village,
    (SELECT d.code FROM households_disease d WHERE d.id = t.disease_id) AS disease,
    t.catalogue, t.stage, t.registered_on, t.treatment, t.why_not,
    (SELECT q.name FROM followups_caseassignment a JOIN clinics_practitioner q ON q.id = a.practitioner_id
      WHERE a.person_id = t.person_id AND a.level = 'county' AND a.period @> %(on_day)s::date)
        AS responsible_doctor,
    (SELECT n.version FROM followups_careplan n WHERE n.case_id = t.id AND n.effective_on IS NOT NULL
        AND n.superseded_on IS NULL) AS plan_in_force,
    t.closed_on, t.close_reason,
    (SELECT o.uuid FROM followups_majorcase o WHERE o.id = t.previous_id) AS previous,
    t.updated_at AS changed_at"""
STEPS = """
    (SELECT coalesce(json_agg(row_to_json(x)), '[]') FROM (
        SELECT s.stage, s."on" FROM followups_casestep s
         WHERE s.case_id = t.id ORDER BY s.id) x) AS steps"""
DOCTORS = """
    (SELECT coalesce(json_agg(row_to_json(x)), '[]') FROM (
        SELECT a.level, q.name, i.name AS institution, lower(a.period) AS since
          FROM followups_caseassignment a
          JOIN clinics_practitioner q ON q.id = a.practitioner_id
          JOIN clinics_institution i ON i.id = q.institution_id
         WHERE a.person_id = t.person_id AND a.period @> %(on_day)s::date ORDER BY a.level) x) AS doctors"""
TREATMENTS = """
    (SELECT coalesce(json_agg(row_to_json(x)), '[]') FROM (
        SELECT r.status, r."on", coalesce(i.name, r.place) AS hospital, r.why_not
          FROM followups_treatment r LEFT JOIN clinics_institution i ON i.id = r.hospital_id
         WHERE r.case_id = t.id ORDER BY r."on" DESC, r.id DESC) x) AS treatments"""
WHOLE = f"{CASE}, {STEPS}, {DOCTORS}, {TREATMENTS}"

CASES = Resource(
    name="cases",
    scope=Scope.CASES,
    table="followups_majorcase",
    key="id",
    public_key="uuid",
    masked=CASE,
    revealed=CASE,
    whole=WHOLE,
    whole_revealed=WHOLE,
    filters=CaseFilters,
    kind="case",
    sensitive="is_sensitive",
)

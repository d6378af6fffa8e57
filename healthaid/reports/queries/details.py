"""What a list says beside the name, looked up for the shown rows only. Keys are Indicator.shown_in_list."""

_VILLAGES = "f.village_id, o.visit_order, f.household_id, f.person_id, f.key"
ORDERS = {
    "duty": "f.ends_on, f.village_id, o.visit_order, f.household_id, f.key",
    "need": "f.due_on, f.village_id, o.visit_order, f.key",
    "visit": "f.visited_on DESC, f.village_id, o.visit_order, f.key",
    "burden": f"f.burden DESC, {_VILLAGES}",
    "stay": f"f.paid / f.cost, {_VILLAGES}",
    "return": "f.month DESC, f.village_id, f.team_id",
    "patient": f"f.last_on NULLS FIRST, {_VILLAGES}",
    "managed": f"f.last_on NULLS FIRST, {_VILLAGES}",
}

_INSURANCE = """,
       (SELECT array_agg(e.scheme ORDER BY e.scheme)
          FROM households_enrolment e
         WHERE e.person_id = r.person_id AND e.year = %(year)s AND e.is_enrolled) AS schemes,
       (SELECT string_agg(DISTINCT e.why_not, '; ') FROM households_enrolment e
         WHERE e.person_id = r.person_id AND e.year = %(year)s
           AND NOT e.is_enrolled AND e.why_not <> '') AS why_not
"""
_CONTRACT = """,
       (SELECT max(upper(c.period)) FROM followups_contract c
         WHERE c.person_id = r.person_id
           AND c.state <> 'draft' AND lower(c.period) <= %(on)s) AS last_contract_ends_on
"""
_EXAM = """,
       (SELECT max(e.examined_on) FROM households_exam e
         WHERE e.person_id = r.person_id AND e.examined_on <= %(on)s) AS last_examined_on
"""
_ILLNESS = """,
       (SELECT array_agg(z.code ORDER BY z.code) FROM households_condition k
          JOIN households_disease z ON z.id = k.disease_id
         WHERE k.person_id = r.person_id AND k.confirmed_on <= %(on)s
           AND (k.ended_on IS NULL OR k.ended_on > %(on)s)
           AND (%(sensitive)s OR NOT k.is_sensitive)) AS diseases
"""
_HOUSEHOLD = """,
       (SELECT count(*) FROM households_person m
         WHERE m.household_id = h.id AND m.birth_date <= %(on)s
           AND (m.left_on IS NULL OR m.left_on > %(on)s)) AS members
"""
_NEED = """,
       (SELECT u.full_name FROM followups_need n JOIN accounts_user u ON u.id = n.owner_id
         WHERE n.id = r.key) AS owner_name,
       (SELECT n.uuid FROM followups_need n WHERE n.id = r.key) AS need_uuid
"""

_CASE = """,
       (SELECT m.uuid FROM followups_majorcase m WHERE m.id = r.case_id) AS case_uuid,
       (SELECT m.stage FROM followups_majorcase m WHERE m.id = r.case_id) AS stage
"""
_SERVED = """,
       (SELECT max(v.visited_on) FROM followups_visit v
         WHERE v.household_id = r.household_id AND (v.person_id = r.person_id OR v.person_id IS NULL)
           AND v.is_current AND v.is_face_to_face AND v.visited_on <= %(on)s
           AND (%(sensitive)s OR NOT v.is_sensitive)) AS met_on
"""

DETAILS = {
    "insurance": _INSURANCE,
    "contract": _CONTRACT,
    "exam": _EXAM,
    "illness": _ILLNESS,
    "household": _HOUSEHOLD,
    "need": _NEED,
    "case": _CASE,
    "served": _SERVED,
}

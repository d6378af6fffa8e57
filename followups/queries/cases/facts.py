"""What is counted of major disease: one row for each resident and disease of the published lists, with or
without a case, as it stood on a day. The figures of the pages and the indicators rest on this statement."""

# Who died or left is out from that day on; a closed case stays in, since it was found and treated.
CASES_SQL = """
SELECT k.id AS key, k.person_id, p.household_id, p.village_id, d.code AS disease, d.catalogues,
       m.id AS case_id, m.id IS NOT NULL AS is_registered,
       coalesce(m.closed_on <= %(on)s, FALSE) AS is_closed,
       CASE WHEN m.closed_on <= %(on)s THEN m.close_reason ELSE '' END AS close_reason,
       EXISTS (SELECT 1 FROM followups_caseassignment a WHERE a.person_id = k.person_id
                  AND a.level = 'county' AND a.period @> %(on)s::date) AS has_doctor,
       m.id IS NOT NULL AND EXISTS (SELECT 1 FROM followups_careplan n
                  WHERE n.case_id = m.id AND n.effective_on <= %(on)s) AS is_planned,
       t.status AS treatment, t.why_not, t.on AS treatment_on,
       coalesce(t.status <> 'not_treated', FALSE) AS is_treated
  FROM households_condition k
  JOIN households_disease d ON d.id = k.disease_id AND d.catalogues <> '{}'
  JOIN households_person p ON p.id = k.person_id
  JOIN households_household h ON h.id = p.household_id
  LEFT JOIN LATERAL (
       SELECT c.id, c.closed_on, c.close_reason FROM followups_majorcase c
        WHERE c.person_id = k.person_id AND c.disease_id = k.disease_id AND c.registered_on <= %(on)s
        ORDER BY c.registered_on DESC, c.id DESC LIMIT 1) m ON TRUE
  LEFT JOIN LATERAL (
       SELECT r.status, r.why_not, r.on FROM followups_treatment r
        WHERE r.case_id = m.id AND r.on <= %(on)s ORDER BY r.on DESC, r.id DESC LIMIT 1) t ON TRUE
 WHERE k.village_id = ANY(%(villages)s) AND p.village_id = ANY(%(villages)s)
   AND h.village_id = ANY(%(villages)s) AND k.confirmed_on <= %(on)s
   AND (k.ended_on IS NULL OR k.ended_on > %(on)s OR m.id IS NOT NULL)
   AND NOT EXISTS (SELECT 1 FROM households_condition o
                    WHERE o.person_id = k.person_id AND o.disease_id = k.disease_id AND o.id > k.id
                      AND o.confirmed_on <= %(on)s)
   AND (%(sensitive)s OR NOT k.is_sensitive)
   AND (p.left_on IS NULL OR p.left_on > %(on)s)
   AND (h.left_on IS NULL AND h.standing <> 'removed' OR h.left_on > %(on)s)
"""

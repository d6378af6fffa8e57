-- Visits write their own return duty at once; this catches those that came in another way. Who refused to be managed
-- for the disease of the form is owed none.
SELECT v.household_id, v.person_id, v.person_id, v.village_id, v.county_id, v.protocol, %(r_rule)s::text,
       v.visited_on + 1, (v.assessment->>'next_due_by')::date, (v.assessment->>'next_due_by')::date,
       CASE WHEN (v.assessment->>'urgent')::boolean THEN 4 WHEN v.is_assessable THEN 3 ELSE 2 END,
       v.is_sensitive, jsonb_build_object('visit', v.uuid), NULL::uuid, NULL::date, %(r_packages)s::text[]
  FROM followups_visit v
  LEFT JOIN households_person p ON p.id = v.person_id
 WHERE v.visited_on BETWEEN %(r_since)s AND %(on)s AND v.is_current AND v.protocol = ANY(%(r_forms)s::text[])
   AND v.village_id IN (SELECT id FROM accounts_area WHERE level = 'village'
                           AND (%(counties)s::bigint[] IS NULL OR county_id = ANY(%(counties)s::bigint[])))
   AND (v.assessment->>'next_due_days')::int > %(r_over)s::int
   AND (v.assessment->>'next_due_days')::int <= %(r_within)s::int
   AND p.left_on IS NULL
   AND NOT EXISTS (SELECT 1 FROM unnest(%(r_consent_forms)s::text[], %(r_consent_to)s::text[]) AS c(form, disease)
                     JOIN households_disease e ON e.code = c.disease
                     JOIN households_condition k ON k.disease_id = e.id AND k.person_id = v.person_id
                      AND k.ended_on IS NULL AND NOT k.is_managed
                    WHERE c.form = v.protocol)
   AND NOT EXISTS (SELECT 1 FROM followups_visit w
                    WHERE w.household_id = v.household_id AND w.person_id IS NOT DISTINCT FROM v.person_id
                      AND w.protocol = v.protocol AND w.is_current AND w.mode = ANY(%(r_modes)s::text[])
                      AND w.visited_on > v.visited_on)

-- Everybody present in a village without a contract for the year, with the package that fits and who signs: a guardian
-- for a minor or where a mental disorder is on record, by thumbprint who cannot read. Without anybody of age in the
-- household to sign for them they are left out: their guardian is to be named one by one.
SELECT p.id AS person_id, p.village_id, fit.code AS package, fit.promised,
       CASE WHEN needs.guardian THEN 'guardian' WHEN p.education LIKE '%%文盲%%' THEN 'thumbprint' ELSE 'self' END
         AS signed_by,
       CASE WHEN needs.guardian THEN near.name ELSE '' END AS signer_name,
       CASE WHEN NOT needs.guardian THEN '' ELSE
            CASE WHEN near.relation = '02' AND p.relation IN ('20', '30') THEN 'parent'
                 WHEN near.relation = '10' AND p.relation IN ('20', '30') THEN 'parent'
                 WHEN near.relation IN ('02', '10') AND p.relation = '40' THEN 'grandparent'
                 WHEN near.relation = '02' AND p.relation = '10' OR near.relation = '10' AND p.relation = '02' THEN 'spouse'
                 WHEN near.relation = '02' AND p.relation = '50' THEN 'child'
                 WHEN near.relation IN ('20', '30') AND p.relation IN ('02', '10') THEN 'child'
                 WHEN near.relation = '02' AND p.relation = '70' THEN 'sibling'
                 ELSE 'relative' END END AS signer_relation
  FROM households_person p
  JOIN households_household h ON h.id = p.household_id AND h.left_on IS NULL AND h.standing <> 'removed'
 CROSS JOIN LATERAL (
       SELECT p.birth_date > %(on)s::date - interval '18 years'
              OR EXISTS (SELECT 1 FROM households_condition n JOIN households_disease d ON d.id = n.disease_id
                          WHERE n.person_id = p.id AND n.ended_on IS NULL AND d.code = 'severe_mental_disorder')
              AS guardian) needs
  LEFT JOIN LATERAL (
       SELECT g.name, g.relation FROM households_person g
        WHERE needs.guardian AND g.household_id = p.household_id AND g.id <> p.id AND g.left_on IS NULL
          AND g.birth_date <= %(on)s::date - interval '18 years'
          AND NOT EXISTS (SELECT 1 FROM households_condition n JOIN households_disease d ON d.id = n.disease_id
                           WHERE n.person_id = g.id AND n.ended_on IS NULL AND d.code = 'severe_mental_disorder')
        ORDER BY g.relation = '02' DESC, g.relation = '10' DESC, g.id LIMIT 1) near ON TRUE
  JOIN LATERAL (
       SELECT k.code, k.promised
         FROM jsonb_to_recordset(%(packages)s::jsonb)
              AS k(code text, promised jsonb, diseases text[], classes text[], place int)
        WHERE (k.diseases = '{}' AND k.classes = '{}') OR p.health_class = ANY(k.classes)
           OR EXISTS (SELECT 1 FROM households_condition n JOIN households_disease d ON d.id = n.disease_id
                       WHERE n.person_id = p.id AND n.ended_on IS NULL AND d.code = ANY(k.diseases))
        ORDER BY k.place DESC LIMIT 1) fit ON TRUE
 WHERE p.village_id = %(village)s AND p.left_on IS NULL AND (NOT needs.guardian OR near.name IS NOT NULL)
   AND NOT EXISTS (SELECT 1 FROM followups_contract c
                    WHERE c.person_id = p.id AND c.state <> 'draft'
                      AND c.period && daterange(%(on)s::date, (%(on)s::date + interval '1 year')::date))

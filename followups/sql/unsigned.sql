-- Everybody present in a village without a contract for the year, with the package that fits; minors by guardian.
SELECT p.id AS person_id, p.village_id, fit.code AS package, fit.promised,
       CASE WHEN p.birth_date > %(on)s::date - interval '18 years' THEN 'guardian' ELSE 'self' END AS signed_by,
       CASE WHEN p.birth_date > %(on)s::date - interval '18 years' THEN COALESCE(head.name, p.name) ELSE '' END
         AS signer_name
  FROM households_person p
  JOIN households_household h ON h.id = p.household_id AND h.left_on IS NULL AND h.standing <> 'removed'
  LEFT JOIN households_person head
    ON head.household_id = p.household_id AND head.relation = '02' AND head.left_on IS NULL
  JOIN LATERAL (
       SELECT k.code, k.promised
         FROM jsonb_to_recordset(%(packages)s::jsonb)
              AS k(code text, promised jsonb, diseases text[], classes text[], place int)
        WHERE (k.diseases = '{}' AND k.classes = '{}') OR p.health_class = ANY(k.classes)
           OR EXISTS (SELECT 1 FROM households_condition n JOIN households_disease d ON d.id = n.disease_id
                       WHERE n.person_id = p.id AND n.ended_on IS NULL AND d.code = ANY(k.diseases))
        ORDER BY k.place DESC LIMIT 1) fit ON TRUE
 WHERE p.village_id = %(village)s AND p.left_on IS NULL
   AND NOT EXISTS (SELECT 1 FROM followups_contract c
                    WHERE c.person_id = p.id AND c.state <> 'draft'
                      AND c.period && daterange(%(on)s::date, (%(on)s::date + interval '1 year')::date))

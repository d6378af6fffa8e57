-- Residents with a confirmed disease of the published lists and no case of it, open or closed.
SELECT k.id AS condition_id, k.person_id, k.disease_id, k.village_id, p.county_id,
       CASE WHEN %(catalogue)s <> '' THEN %(catalogue)s
            ELSE (SELECT c FROM unnest(d.catalogues) c ORDER BY length(c) DESC, c DESC LIMIT 1) END AS catalogue,
       k.confirmed_on, p.household_id
  FROM households_condition k
  JOIN households_disease d ON d.id = k.disease_id AND d.catalogues <> '{}'
  JOIN households_person p ON p.id = k.person_id AND p.left_on IS NULL
 WHERE k.village_id = ANY(%(villages)s) AND k.ended_on IS NULL AND k.confirmed_on <= %(on)s
   AND (%(sensitive)s OR NOT k.is_sensitive)
   AND (%(catalogue)s = '' OR d.catalogues @> ARRAY[%(catalogue)s::varchar])
   AND NOT EXISTS (SELECT 1 FROM followups_majorcase m
                    WHERE m.person_id = k.person_id AND m.disease_id = k.disease_id)

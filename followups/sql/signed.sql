-- 签约统计: the contracts in force on the day, village by village and by what the person is. One person may stand in
-- several columns, so the columns do not add up to the first.
SELECT p.village_id, count(*)::int AS signed,
       count(*) FILTER (WHERE p.birth_date > %(on)s::date - interval '7 years')::int AS children,
       count(*) FILTER (WHERE p.birth_date <= %(on)s::date - interval '65 years')::int AS elderly,
       count(*) FILTER (WHERE 'hypertension' = ANY(ill.codes))::int AS hypertension,
       count(*) FILTER (WHERE 'type2_diabetes' = ANY(ill.codes))::int AS diabetes,
       count(*) FILTER (WHERE 'tuberculosis' = ANY(ill.codes))::int AS tuberculosis,
       count(*) FILTER (WHERE 'severe_mental_disorder' = ANY(ill.codes))::int AS mental_disorder,
       count(*) FILTER (WHERE p.disability_kind <> '' OR p.health_status LIKE '%%残疾%%')::int AS disabled,
       count(*) FILTER (WHERE h.standing IN ('registered', 'lifted', 'relapsed'))::int AS registered,
       count(*) FILTER (WHERE h.standing = 'monitored')::int AS monitored,
       count(*) FILTER (WHERE h.household_type IN ('subsistence', 'destitute')
                           OR best.held)::int AS allowance
  FROM followups_contract c
  JOIN households_person p ON p.id = c.person_id AND (p.left_on IS NULL OR p.left_on > %(on)s)
  JOIN households_household h ON h.id = p.household_id
  LEFT JOIN (SELECT k.person_id, array_agg(d.code) AS codes
               FROM households_condition k JOIN households_disease d ON d.id = k.disease_id
              WHERE k.village_id = ANY(%(villages)s) AND k.confirmed_on <= %(on)s
                AND (k.ended_on IS NULL OR k.ended_on > %(on)s) AND (%(sensitive)s OR NOT k.is_sensitive)
              GROUP BY k.person_id) ill ON ill.person_id = p.id
  LEFT JOIN (SELECT DISTINCT i.person_id, TRUE AS held FROM households_identity i
              WHERE i.kind IN ('subsistence', 'destitute') AND i.period @> %(on)s::date) best ON best.person_id = p.id
 WHERE c.village_id = ANY(%(villages)s) AND c.state <> 'draft' AND c.period @> %(on)s::date
 GROUP BY p.village_id

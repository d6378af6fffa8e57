
    SELECT person_id, household_id FROM stay
     UNION
    SELECT f.person_id, f.household_id FROM linked l
     CROSS JOIN LATERAL (
           SELECT s.person_id, s.household_id FROM claims_settlement s
            WHERE s.person_id = l.person_id AND s.year = ANY(ARRAY(SELECT year FROM stay))
              AND s.is_standing AND s.kind <> 'reversed'
            UNION ALL
           SELECT s.person_id, s.household_id FROM claims_settlement s
            WHERE s.household_id = l.household_id AND s.year = ANY(ARRAY(SELECT year FROM stay))
              AND s.is_standing AND s.kind <> 'reversed') f

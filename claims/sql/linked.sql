
    SELECT person_id, household_id FROM stay
     UNION
    SELECT s.person_id, s.household_id FROM linked l
      JOIN claims_settlement s ON (s.person_id = l.person_id OR s.household_id = l.household_id)
       AND s.year IN (SELECT year FROM stay) AND s.is_standing AND s.kind <> 'reversed'

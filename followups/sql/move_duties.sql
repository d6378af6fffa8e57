-- Open duties follow the contract: those of the persons, and the household's own where its head moved.
UPDATE followups_duty d SET team_id = %(to)s
 WHERE d.team_id = %(team)s AND d.state = 'open'
   AND (d.person_id = ANY(%(persons)s)
        OR d.person_id IS NULL AND d.household_id IN (
           SELECT p.household_id FROM households_person p WHERE p.id = ANY(%(persons)s) AND p.relation = '02'))

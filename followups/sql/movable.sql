-- A team's contracts that may be moved, locked: those signed and not over, with the day each ends and whether it has
-- begun before the day.
SELECT c.id, c.person_id, upper(c.period), lower(c.period) < %(on)s::date
  FROM followups_contract c
 WHERE c.team_id = %(team)s AND c.village_id = ANY(%(villages)s) AND c.state = 'signed'
   AND upper(c.period) > %(on)s::date AND (%(contracts)s::bigint[] IS NULL OR c.id = ANY(%(contracts)s::bigint[]))
 ORDER BY c.id
   FOR UPDATE

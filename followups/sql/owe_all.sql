-- What the rules ask for, with the team of the contract in force. Nothing is owed in a household that has left.
SELECT o.household_id, o.person_id, o.village_id, o.county_id, c.team_id, o.protocol, o.rule, o.starts_on, o.due_on,
       o.ends_on, o.risk, o.is_sensitive, o.why, CASE WHEN o.visit_id IS NULL THEN 'open' ELSE 'done' END,
       o.visit_id, o.closed_on, ''
  FROM (
/*rules*/
       ) AS o(household_id, person_id, signer_id, village_id, county_id, protocol, rule, starts_on, due_on, ends_on,
              risk, is_sensitive, why, visit_id, closed_on, packages)
  -- DISTINCT, which changes nothing, has the contracts read once instead of looked up for each row.
  LEFT JOIN (
       SELECT DISTINCT ON (k.person_id) k.person_id, k.team_id, k.package
         FROM followups_contract k WHERE k.state = 'signed' AND k.period @> %(on)s::date
       ) c ON c.person_id = o.signer_id
 WHERE o.household_id NOT IN (SELECT id FROM households_household WHERE left_on IS NOT NULL)
   AND (o.packages IS NULL OR c.package = ANY(o.packages))

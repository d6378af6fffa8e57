-- The same team and package for another year, from the day the old contract ends (today where it has ended).
INSERT INTO followups_contract (person_id, village_id, team_id, period, package, promised, state, signed_on,
                                signed_by, signer_name, signer_relation, recorded_by_id, end_reason, follows_id)
SELECT c.person_id, c.village_id, c.team_id, daterange(r.since, (r.since + interval '1 year')::date),
       c.package, COALESCE(k.promised, c.promised), 'signed', %(on)s, c.signed_by, c.signer_name, c.signer_relation,
       %(by)s, '', c.id
  FROM followups_contract c
 CROSS JOIN LATERAL (SELECT GREATEST(upper(c.period), %(on)s::date) AS since) r
  LEFT JOIN jsonb_to_recordset(%(packages)s::jsonb) AS k(code text, promised jsonb) ON k.code = c.package
 WHERE c.id = ANY(%(contracts)s)
ON CONFLICT DO NOTHING

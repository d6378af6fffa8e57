-- The rest of each contract's year with another team; what was promised and done goes along (`year_from`).
INSERT INTO followups_contract (person_id, village_id, team_id, period, package, promised, state, signed_on,
                                signed_by, signer_name, signer_relation, recorded_by_id, end_reason,
                                follows_id, year_from, move_id)
SELECT c.person_id, c.village_id, %(to)s, daterange(%(on)s::date, m.ends_on), c.package, c.promised, 'signed', %(on)s,
       c.signed_by, c.signer_name, c.signer_relation, %(by)s, '',
       c.id, COALESCE(c.year_from, lower(c.period)), %(move)s
  FROM unnest(%(contracts)s::bigint[], %(ends)s::date[]) AS m(id, ends_on)
  JOIN followups_contract c ON c.id = m.id

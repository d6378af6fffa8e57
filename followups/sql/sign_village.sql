-- One contract for everybody without one; to repeat it adds nothing.
INSERT INTO followups_contract (person_id, village_id, team_id, period, package, promised, state, signed_on,
                                signed_by, signer_name, signer_relation, recorded_by_id, end_reason)
SELECT u.person_id, u.village_id, %(team)s, daterange(%(on)s::date, (%(on)s::date + interval '1 year')::date),
       u.package, u.promised, 'signed', %(on)s, u.signed_by, u.signer_name, u.signer_relation,
       %(by)s, ''
  FROM (
/*unsigned*/
) u
ON CONFLICT DO NOTHING

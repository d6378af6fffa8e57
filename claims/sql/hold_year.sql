-- Locks all that a bill's year hangs on, always in this order: the county's rules (shared: whoever puts other rules into
-- force waits for us, and we for them), accounts of persons, accounts of households, stays, each by its number. %(admission)s the stay, %(on)s its last day where it has none yet.
WITH RECURSIVE stay AS (
    SELECT a.id, a.person_id, a.household_id, a.county_id, years.year
      FROM claims_admission a
     CROSS JOIN LATERAL (SELECT DISTINCT extract(year FROM day)::smallint AS year
                           FROM unnest(ARRAY[a.admitted_on, coalesce(a.discharged_on, %(on)s::date)]) day) years
     WHERE a.id = %(admission)s
), linked AS (/*linked*/
), rules AS (
    SELECT pg_advisory_xact_lock_shared(hashtext('claims_policyversion'), s.county_id::int)
      FROM (SELECT county_id FROM stay LIMIT 1) s
), persons AS (
    INSERT INTO claims_yearaccount AS y (person_id, year)
    SELECT DISTINCT l.person_id, s.year FROM linked l CROSS JOIN stay s
     WHERE (SELECT count(*) FROM rules) > 0 ORDER BY 1, 2
        ON CONFLICT (person_id, year) DO UPDATE SET year = excluded.year
    RETURNING y.person_id
), households AS (
    INSERT INTO claims_yearaccount AS y (household_id, year)
    SELECT DISTINCT l.household_id, s.year FROM linked l CROSS JOIN stay s
     WHERE (SELECT count(*) FROM persons) > 0 ORDER BY 1, 2
        ON CONFLICT (household_id, year) DO UPDATE SET year = excluded.year
    RETURNING y.household_id
), stays AS (
    SELECT a.id FROM claims_admission a
     WHERE (SELECT count(*) FROM households) > 0
       AND a.id = ANY(%(admission)s::bigint || ARRAY(
            SELECT s.admission_id FROM claims_settlement s
             WHERE s.is_standing AND s.kind <> 'reversed' AND s.year = ANY(ARRAY(SELECT year FROM stay))
               AND s.person_id = ANY(ARRAY(SELECT person_id FROM linked))))
     ORDER BY a.id FOR NO KEY UPDATE
)
SELECT array_agg(DISTINCT person_id), ARRAY(SELECT year FROM stay), (SELECT count(*) FROM stays) FROM linked

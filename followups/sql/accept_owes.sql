, owed AS (
  INSERT INTO followups_duty (household_id, person_id, village_id, county_id, team_id, protocol, rule, starts_on,
         due_on, ends_on, risk, is_sensitive, why, state, close_reason)
  SELECT %(household)s, %(person)s::bigint, %(village)s, %(county)s, %(team)s::bigint, %(protocol)s, %(return_rule)s::text,
         %(return_from)s::date, %(return_due)s::date, %(return_by)s::date, %(return_risk)s::smallint, %(is_sensitive)s,
         jsonb_build_object('visit', made.uuid), 'open', ''
    FROM made
   WHERE %(consent_to)s::text = '' OR NOT EXISTS (
         SELECT 1 FROM households_condition k JOIN households_disease e ON e.id = k.disease_id
          WHERE k.person_id = %(person)s::bigint AND k.ended_on IS NULL AND NOT k.is_managed
            AND e.code = %(consent_to)s::text)
  ON CONFLICT /*target*/ DO UPDATE SET state = 'open', closed_on = NULL, close_reason = '',
         due_on = EXCLUDED.due_on, ends_on = EXCLUDED.ends_on, risk = EXCLUDED.risk, why = EXCLUDED.why
   WHERE followups_duty.state = 'cancelled'
)

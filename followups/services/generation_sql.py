"""The statements of generation. `done` takes over a visit that was made before its duty was written down."""

_COLUMNS = """
    (household_id, person_id, village_id, county_id, team_id, protocol, rule, starts_on, due_on, ends_on,
     risk, is_sensitive, why, state, visit_id, closed_on, close_reason)
"""

# The due day is the one agreed at the last visit; else it is spread by household, so that members share a trip.
CHRONIC = f"""
INSERT INTO followups_duty {_COLUMNS}
SELECT p.household_id, p.id, p.village_id, p.county_id, c.team_id, form.protocol, %(rule)s, %(start)s,
       CASE WHEN last.next_on BETWEEN %(start)s AND %(end)s THEN last.next_on
            WHEN k.confirmed_on >= %(start)s THEN LEAST(k.confirmed_on + 14, %(end)s)
            ELSE %(start)s + (10 + p.household_id * 7919 %% (%(end)s - %(start)s - 25))::int END,
       %(end)s,
       CASE WHEN last.urgent OR last.referral THEN 3
            WHEN last.is_controlled IS FALSE THEN 3
            WHEN last.uuid IS NULL OR NOT last.is_assessable OR p.health_class = 'major' THEN 2
            WHEN p.birth_date <= %(on)s - interval '75 years' THEN 2
            ELSE 1 END,
       FALSE, form.why,
       CASE WHEN done.uuid IS NULL THEN 'open' ELSE 'done' END, done.uuid, done.visited_on, ''
  FROM households_condition k
  JOIN households_disease d ON d.id = k.disease_id
  JOIN (SELECT disease, protocol, jsonb_build_object('disease', disease) AS why
          FROM unnest(%(diseases)s::text[], %(forms)s::text[]) AS f(disease, protocol)) form
    ON form.disease = d.code
  JOIN households_person p ON p.id = k.person_id
  LEFT JOIN followups_contract c ON c.person_id = p.id AND c.state = 'signed' AND c.period @> %(on)s
  LEFT JOIN LATERAL (
       SELECT v.uuid, v.visited_on, v.next_on, v.is_controlled, v.is_assessable,
              (v.assessment->>'urgent')::boolean AS urgent, (v.assessment->>'referral')::boolean AS referral
         FROM followups_visit v
        WHERE v.person_id = p.id AND v.protocol = form.protocol AND v.is_current
          AND v.visited_on <= %(on)s AND v.mode = ANY(%(modes)s) AND NOT v.answers ?| '{{lost_reason,death_date}}'
        ORDER BY v.visited_on DESC LIMIT 1) last ON TRUE
  LEFT JOIN LATERAL (
       SELECT last.uuid, last.visited_on
        WHERE last.visited_on >= %(start)s
          AND NOT EXISTS (SELECT 1 FROM followups_duty x WHERE x.visit_id = last.uuid AND x.rule = %(rule)s)
       ) done ON TRUE
 WHERE k.ended_on IS NULL AND k.is_managed AND NOT k.is_sensitive AND p.left_on IS NULL
   AND k.confirmed_on <= %(confirmed_by)s
   AND (%(counties)s::bigint[] IS NULL OR p.county_id = ANY(%(counties)s::bigint[]))
ON CONFLICT DO NOTHING
"""

HOUSEHOLD = f"""
INSERT INTO followups_duty {_COLUMNS}
SELECT h.id, NULL, h.village_id, h.county_id, c.team_id, %(form)s, %(rule)s, %(start)s,
       %(start)s + (5 + h.id * 7919 %% (%(end)s - %(start)s - 5))::int, %(end)s,
       CASE WHEN h.standing = 'monitored' THEN 2 ELSE 1 END, FALSE, '{{}}'::jsonb,
       CASE WHEN done.uuid IS NULL THEN 'open' ELSE 'done' END, done.uuid, done.visited_on, ''
  FROM households_household h
  LEFT JOIN households_person p ON p.household_id = h.id AND p.relation = '02' AND p.left_on IS NULL
  LEFT JOIN followups_contract c ON c.person_id = p.id AND c.state = 'signed' AND c.period @> %(on)s
  LEFT JOIN (
       SELECT DISTINCT ON (v.household_id) v.household_id, v.uuid, v.visited_on
         FROM followups_visit v
        WHERE v.visited_on BETWEEN %(start)s AND %(on)s AND v.mode = ANY(%(modes)s) AND v.is_current
          AND v.village_id IN (SELECT id FROM accounts_area WHERE level = 'village'
                                  AND (%(counties)s::bigint[] IS NULL OR county_id = ANY(%(counties)s::bigint[])))
          AND NOT v.answers ?| '{{lost_reason,death_date}}'
          AND NOT EXISTS (SELECT 1 FROM followups_duty x WHERE x.visit_id = v.uuid AND x.rule = %(rule)s)
        ORDER BY v.household_id, v.visited_on) done ON done.household_id = h.id
 WHERE h.left_on IS NULL AND h.household_type = ANY(%(types)s) AND h.standing = ANY(%(standings)s)
   AND (h.registered_on IS NULL OR h.registered_on <= %(on)s)
   AND (%(counties)s::bigint[] IS NULL OR h.county_id = ANY(%(counties)s::bigint[]))
ON CONFLICT DO NOTHING
"""

# Visits write their own return duty at once; this catches those that came in another way.
AFTER_VISIT = f"""
INSERT INTO followups_duty {_COLUMNS}
SELECT v.household_id, v.person_id, v.village_id, v.county_id, c.team_id, v.protocol, %(rule)s, v.visited_on + 1,
       (v.assessment->>'next_due_by')::date, (v.assessment->>'next_due_by')::date,
       CASE WHEN (v.assessment->>'urgent')::boolean THEN 4 WHEN v.is_assessable THEN 3 ELSE 2 END,
       FALSE, jsonb_build_object('visit', v.uuid), 'open', NULL, NULL, ''
  FROM followups_visit v
  LEFT JOIN households_person p ON p.id = v.person_id
  LEFT JOIN followups_contract c ON c.person_id = v.person_id AND c.state = 'signed' AND c.period @> %(on)s
 WHERE v.visited_on BETWEEN %(since)s AND %(on)s AND v.is_current AND v.protocol = ANY(%(forms)s)
   AND v.village_id IN (SELECT id FROM accounts_area WHERE level = 'village'
                           AND (%(counties)s::bigint[] IS NULL OR county_id = ANY(%(counties)s::bigint[])))
   AND (v.assessment->>'next_due_days')::int <= %(within)s
   AND p.left_on IS NULL
   AND NOT EXISTS (SELECT 1 FROM followups_visit w
                    WHERE w.household_id = v.household_id AND w.person_id IS NOT DISTINCT FROM v.person_id
                      AND w.protocol = v.protocol AND w.is_current AND w.mode = ANY(%(modes)s)
                      AND w.visited_on > v.visited_on)
ON CONFLICT DO NOTHING
"""

CLOSE_MISSED = """
UPDATE followups_duty d SET state = 'missed', closed_on = %(on)s, close_reason = 'window_passed'
  FROM unnest(%(rules)s::text[], %(limits)s::date[]) AS limits(rule, ends_before)
 WHERE d.state = 'open' AND d.rule = limits.rule AND d.ends_on < limits.ends_before
   AND (%(counties)s::bigint[] IS NULL OR d.county_id = ANY(%(counties)s::bigint[]))
"""

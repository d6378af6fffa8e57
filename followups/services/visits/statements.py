"""The few statements of recording a visit, sent prepared: one visit costs four of them."""

# The same body again finds its first row; the lock makes a second sender wait for the first one's verdict.
RECEIVE = """
INSERT INTO followups_submission (client_id, sha256, body, state, problem, user_id, api_client_id, device_id)
VALUES (%(client_id)s, %(sha256)s, %(body)s, 'received', '{}'::jsonb, %(user)s, %(api_client)s, %(device_id)s)
ON CONFLICT (client_id, sha256) DO UPDATE SET client_id = EXCLUDED.client_id
RETURNING id, state, visit_id
"""

# The lock on the person (or household) makes visits to one subject follow each other.
_TEAM = """
  LEFT JOIN followups_contract c ON c.person_id = p.id AND c.state = 'signed' AND c.period @> %(visited_on)s
  LEFT JOIN followups_teammember m ON m.team_id = c.team_id AND m.slot = 'leader' AND m.to_on IS NULL
  LEFT JOIN clinics_practitioner l ON l.id = m.practitioner_id
"""
PERSON = f"""
SELECT p.id, p.household_id, p.village_id, p.county_id, p.birth_date, p.left_on, c.team_id, l.user_id, p.id
  FROM households_person p {_TEAM}
 WHERE p.uuid = %(uuid)s AND p.village_id = ANY(%(villages)s)
   FOR NO KEY UPDATE OF p
"""
HOUSEHOLD = f"""
SELECT NULL, h.id, h.village_id, h.county_id, NULL::date, h.left_on, c.team_id, l.user_id, p.id
  FROM households_household h
  LEFT JOIN households_person p ON p.household_id = h.id AND p.relation = '02' AND p.left_on IS NULL {_TEAM}
 WHERE h.uuid = %(uuid)s AND h.village_id = ANY(%(villages)s)
   FOR NO KEY UPDATE OF h
"""

SITUATION = """
SELECT (SELECT state || '|' || COALESCE(visit_id::text, '') FROM followups_submission WHERE id = %(submission)s),
       (SELECT uuid FROM followups_visit WHERE uuid = %(client_id)s),
       (SELECT uuid FROM followups_visit v
         WHERE v.household_id = %(household)s AND v.person_id IS NOT DISTINCT FROM %(person)s::bigint
           AND v.protocol = %(protocol)s AND v.visited_on = %(visited_on)s AND v.is_current LIMIT 1),
       (SELECT visit_id FROM followups_duty d
         WHERE d.id = %(duty)s AND d.household_id = %(household)s AND d.state = 'done'),
       (SELECT json_agg(json_build_array(v.visited_on, v.answers))
          FROM (SELECT visited_on, answers FROM followups_visit
                 WHERE person_id = %(person)s AND protocol = %(protocol)s AND is_current
                   AND visited_on < %(visited_on)s AND uuid IS DISTINCT FROM %(supersedes)s::uuid
                 ORDER BY visited_on DESC LIMIT 8) v),
       (SELECT json_agg(json_build_array(d.id, d.rule, d.protocol, d.person_id IS NULL, d.starts_on, d.ends_on))
          FROM followups_duty d
         WHERE d.household_id = %(household)s AND d.state = 'open'
           AND (d.person_id IS NULL OR d.person_id = %(person)s))
"""

_ACCEPT = """
WITH made AS (
  INSERT INTO followups_visit (uuid, household_id, person_id, village_id, county_id, protocol, edition, visited_on,
         mode, answers, assessment, visit_class, is_assessable, is_controlled, sbp, dbp, fpg, next_on, satisfaction,
         is_sensitive, supersedes_id, is_current, amend_reason, by_id, device_id, device_seq, captured_at)
  VALUES (%(uuid)s, %(household)s, %(person)s, %(village)s, %(county)s, %(protocol)s, %(edition)s, %(visited_on)s,
         %(mode)s, %(answers)s, %(assessment)s, %(visit_class)s, %(is_assessable)s, %(is_controlled)s, %(sbp)s,
         %(dbp)s, %(fpg)s, %(next_on)s, %(satisfaction)s, FALSE, %(supersedes)s, TRUE, %(amend_reason)s, %(by)s,
         %(device_id)s, %(device_seq)s, %(captured_at)s)
  ON CONFLICT DO NOTHING RETURNING uuid
), closed AS (
  UPDATE followups_duty d SET state = 'done', visit_id = made.uuid, closed_on = %(visited_on)s
    FROM made WHERE d.id = ANY(%(fulfilled)s) AND d.state = 'open' RETURNING d.id
), agreed AS (
  UPDATE followups_duty d SET due_on = %(next_on)s
    FROM made
   WHERE d.household_id = %(household)s AND d.person_id = %(person)s AND d.protocol = %(protocol)s
     AND d.state = 'open' AND d.id <> ALL(%(fulfilled)s) AND d.due_on <> %(next_on)s
     AND %(next_on)s BETWEEN d.starts_on AND d.ends_on
), owed AS (
  INSERT INTO followups_duty (household_id, person_id, village_id, county_id, team_id, protocol, rule, starts_on,
         due_on, ends_on, risk, is_sensitive, why, state, close_reason)
  SELECT %(household)s, %(person)s, %(village)s, %(county)s, %(team)s, %(protocol)s, %(return_rule)s,
         %(return_from)s, %(return_due)s, %(return_by)s, %(return_risk)s, FALSE,
         jsonb_build_object('visit', made.uuid), 'open', ''
    FROM made WHERE %(return_by)s::date IS NOT NULL
  ON CONFLICT {target} DO UPDATE SET state = 'open', closed_on = NULL, close_reason = '',
         due_on = EXCLUDED.due_on, ends_on = EXCLUDED.ends_on, risk = EXCLUDED.risk, why = EXCLUDED.why
   WHERE followups_duty.state = 'cancelled'
), asked AS (
  INSERT INTO followups_need (uuid, household_id, person_id, village_id, kind, description, state, raised_on,
         raised_by_id, visit_id, owner_id, due_on, outcome, person_says)
  SELECT %(need_uuid)s, %(household)s, %(need_person)s, %(village)s, %(need_kind)s, %(need_words)s, 'open',
         %(received_on)s, %(by)s, made.uuid, %(need_owner)s, %(need_due)s, '', ''
    FROM made
   WHERE %(need_words)s::text <> ''
     AND NOT EXISTS (SELECT 1 FROM followups_need n
                      WHERE n.person_id = %(need_person)s AND n.kind = %(need_kind)s
                        AND n.state IN ('open', 'in_progress') AND n.visit_id IS NOT NULL)
  RETURNING id
), logged AS (
  INSERT INTO followups_needstep (need_id, "on", state, note, by_id)
  SELECT asked.id, %(received_on)s, 'open', %(need_words)s, %(by)s FROM asked
), told AS (
  UPDATE followups_submission s SET state = 'accepted', visit_id = made.uuid, problem = '{{}}'::jsonb
    FROM made WHERE s.id = %(submission)s
)
SELECT (SELECT uuid FROM made)
"""
ACCEPT_FOR_PERSON = _ACCEPT.format(
    target="(person_id, protocol, rule, starts_on) WHERE person_id IS NOT NULL"
)
ACCEPT_FOR_HOUSEHOLD = _ACCEPT.format(
    target="(household_id, protocol, rule, starts_on) WHERE person_id IS NULL"
)

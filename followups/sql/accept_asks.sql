, asked AS (
  INSERT INTO followups_need (uuid, household_id, person_id, village_id, kind, description, state, raised_on,
         raised_by_id, visit_id, owner_id, due_on, outcome, person_says)
  SELECT %(need_uuid)s::uuid, %(household)s, %(need_person)s::bigint, %(village)s, %(need_kind)s::text, %(need_words)s::text,
         'open', %(received_on)s::date, %(by)s, made.uuid, %(need_owner)s::bigint, %(need_due)s::date, '', ''
    FROM made
   WHERE NOT EXISTS (SELECT 1 FROM followups_need n
                      WHERE n.person_id = %(need_person)s::bigint AND n.kind = %(need_kind)s::text
                        AND n.state IN ('open', 'in_progress') AND n.visit_id IS NOT NULL)
  RETURNING id
), logged AS (
  INSERT INTO followups_needstep (need_id, "on", state, kind, note, by_id)
  SELECT asked.id, %(received_on)s::date, 'open', 'raised', %(need_words)s::text, %(by)s FROM asked
)

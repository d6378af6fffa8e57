-- What a screening round left suspected is looked into: one need for each result, owned by whoever wrote it down or
-- the village's doctor (where there is none: whoever of the health side is nearest above). It is closed by the next
-- thing that is known: another result, or a case of identification. A result put back to suspected takes it up again.
-- Results older than `since` are left out; what is open is always looked at. Gives how many were raised, how many closed.
WITH looked_at AS MATERIALIZED (
  SELECT s.* FROM households_screening s
   WHERE s.result = 'suspected' AND s."on" >= coalesce(%(since)s::date, '-infinity')
   UNION
  SELECT s.* FROM followups_need n JOIN households_screening s ON s.id = n.screening_id
   WHERE n.screening_id IS NOT NULL AND n.closed_on IS NULL
), named AS MATERIALIZED (
  SELECT s.id, bool_or(d.is_sensitive) AS is_sensitive,
         left(replace(%(words)s, '{diseases}', string_agg(d.name_zh, '、' ORDER BY d.code)), 300) AS words
    FROM looked_at s
    JOIN households_screeningfinding f ON f.screening_id = s.id
    JOIN households_disease d ON d.id = f.disease_id
   WHERE s.result = 'suspected'
   GROUP BY s.id
), known AS MATERIALIZED (
  SELECT s.*, p.household_id, p.village_id AS lives_in, p.county_id, k.result AS known_as, k.by_id AS known_by,
         n.id AS need_id, n.description, n.is_sensitive
    FROM looked_at s
    JOIN households_person p ON p.id = s.person_id AND p.left_on IS NULL
    JOIN households_household h ON h.id = p.household_id AND h.left_on IS NULL
    LEFT JOIN followups_need n ON n.screening_id = s.id
    LEFT JOIN LATERAL (
         SELECT l.result, l.by_id FROM households_screening l
          WHERE l.person_id = s.person_id AND l.result <> 'suspected' AND l."on" >= s."on"
          UNION ALL
         SELECT 'found', c.opened_by_id FROM households_identificationcase c
           JOIN households_screeningfinding f ON f.screening_id = s.id AND f.disease_id = c.disease_id
          WHERE c.person_id = s.person_id AND c.opened_on >= s."on"
          ORDER BY 1 LIMIT 1) k ON TRUE
), raised AS (
  INSERT INTO followups_need
      (uuid, household_id, person_id, village_id, county_id, kind, description, is_sensitive, state, raised_on,
       raised_by_id, owner_id, due_on, outcome, person_says, screening_id)
  SELECT md5(concat('suspected ', k.id))::uuid, k.household_id, k.person_id, k.lives_in, k.county_id, 'suspected',
         named.words, named.is_sensitive, 'open', %(on)s::date, k.by_id, o.id, %(due_on)s::date, '', '', k.id
    FROM known k
    JOIN named ON named.id = k.id
    JOIN accounts_area v ON v.id = k.lives_in
    JOIN LATERAL (
         SELECT u.id FROM accounts_user u JOIN accounts_area a ON a.id = u.area_id
          WHERE u.is_active AND u.sector = 'health' AND v.ancestors @> ARRAY[u.area_id]
            AND u.role IN ('village_doctor', 'team_doctor', 'township_staff', 'county_staff')
          ORDER BY cardinality(a.ancestors) DESC, u.id <> k.by_id, u.role <> 'village_doctor', u.id LIMIT 1) o ON TRUE
   WHERE k.need_id IS NULL AND k.known_as IS NULL
     AND NOT EXISTS (SELECT 1 FROM followups_need n
                      WHERE n.person_id = k.person_id AND n.kind = 'suspected' AND n.closed_on IS NULL)
     AND NOT EXISTS (SELECT 1 FROM known other
                      WHERE other.person_id = k.person_id AND other.need_id IS NULL AND other.known_as IS NULL
                        AND (other."on", other.id) > (k."on", k.id))
   ORDER BY k.id
  ON CONFLICT (screening_id) DO NOTHING
  RETURNING id, owner_id, description
), said_otherwise AS (
  UPDATE followups_need n SET description = named.words, is_sensitive = named.is_sensitive
    FROM known k JOIN named ON named.id = k.id
   WHERE n.id = k.need_id AND n.closed_on IS NULL AND k.known_as IS NULL
     AND (k.description, k.is_sensitive) IS DISTINCT FROM (named.words, named.is_sensitive)
), closed AS (
  UPDATE followups_need n
     SET state = 'met', closed_on = greatest(%(on)s::date, n.raised_on), word_missing = 'by_result',
         outcome = CASE k.known_as WHEN 'found' THEN %(found)s ELSE %(nothing)s END
    FROM known k
   WHERE n.id = k.need_id AND n.closed_on IS NULL AND k.known_as IS NOT NULL
  RETURNING n.id, n.closed_on, n.outcome, k.known_by
), again AS (
  UPDATE followups_need n
     SET state = 'in_progress', closed_on = NULL, word_missing = '', outcome = '', due_on = %(due_on)s::date,
         description = named.words, is_sensitive = named.is_sensitive
    FROM known k JOIN named ON named.id = k.id
   WHERE n.id = k.need_id AND n.word_missing = 'by_result' AND k.known_as IS NULL
  RETURNING n.id, n.description, k.by_id
), logged AS (
  INSERT INTO followups_needstep (need_id, "on", state, kind, note, by_id)
  SELECT id, %(on)s::date, 'open', 'raised', description, owner_id FROM raised
   UNION ALL
  SELECT id, closed_on, 'met', 'closed', outcome, known_by FROM closed
   UNION ALL
  SELECT id, %(on)s::date, 'in_progress', 'reopened', description, by_id FROM again
)
SELECT (SELECT count(*) FROM raised), (SELECT count(*) FROM closed)

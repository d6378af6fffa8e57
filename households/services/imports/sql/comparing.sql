-- What each row would change. Today's values are put as flat text under the names the staged data use;
-- of an encrypted value a person sees the mask. %(id)s the import, %(year)s the insurance year.

-- name: compare_households
WITH current AS (
    SELECT r.id, n.now, h.phone_masked, h.changed_xid, n.now @> (r.data - '_') AS same
      FROM households_importrow r
      JOIN households_household h ON h.id = r.household_id
      LEFT JOIN households_householdstatus s ON s.household_id = h.id AND upper_inf(s.period)
     CROSS JOIN LATERAL (SELECT jsonb_build_object(
               'register_no', h.register_no, 'village', h.village_id::text, 'group_name', h.group_name,
               'household_type', h.household_type, 'registered_on', coalesce(h.registered_on::text, ''),
               'main_cause', h.main_cause, 'other_causes', array_to_string(h.other_causes, ','),
               'income_per_head', coalesce(h.income_per_head::text, ''),
               'phone_index', coalesce(encode(h.phone_index, 'hex'), ''),
               'left', coalesce(h.left_on::text, ''), 'standing', h.standing,
               'monitored_kind', coalesce(s.monitored_kind, ''), 'risk', coalesce(s.risk, '')) AS now) n
     WHERE r.register_import_id = %(id)s AND r.kind = 'household' AND r.verdict = ''
)
UPDATE households_importrow r
   SET verdict = CASE WHEN c.same THEN 'same' ELSE 'changed' END,
       before = jsonb_build_object('xid', c.changed_xid),
       changes = CASE WHEN c.same THEN '[]' ELSE (
           SELECT coalesce(jsonb_agg(jsonb_build_object(
                      'field', d.key,
                      'old', CASE d.key WHEN 'phone_index' THEN c.phone_masked ELSE coalesce(c.now->>d.key, '') END,
                      'new', CASE d.key WHEN 'phone_index' THEN r.data->'_'->>'phone_masked' ELSE d.value END
                  ) ORDER BY d.key), '[]')
             FROM jsonb_each_text(r.data - '_') d
            WHERE c.now->>d.key IS DISTINCT FROM d.value) END
  FROM current c
 WHERE r.id = c.id

-- name: compare_persons
WITH meant AS (
    SELECT person_id FROM households_importrow
     WHERE register_import_id = %(id)s AND kind = 'person' AND person_id IS NOT NULL
), held AS (
    SELECT person_id, jsonb_object_agg('identity_' || kind, '1') AS held
      FROM households_identity
     WHERE upper_inf(period) AND person_id IN (SELECT person_id FROM meant)
     GROUP BY person_id
), enrolled AS (
    SELECT person_id, jsonb_object_agg('scheme_' || scheme, CASE WHEN is_enrolled THEN '1' ELSE '0' END) AS schemes
      FROM households_enrolment
     WHERE year = %(year)s AND person_id IN (SELECT person_id FROM meant)
     GROUP BY person_id
), current AS (
    SELECT r.id, n.now, p.phone_masked, p.id_masked, p.changed_xid, h.register_no,
           p.household_id IS DISTINCT FROM r.household_id AS moved,
           p.household_id IS NOT DISTINCT FROM r.household_id AND n.now @> (r.data - '_') AS same
      FROM households_importrow r
      JOIN households_person p ON p.id = r.person_id
      JOIN households_household h ON h.id = p.household_id
      LEFT JOIN held i ON i.person_id = p.id
      LEFT JOIN enrolled e ON e.person_id = p.id
     CROSS JOIN LATERAL (SELECT jsonb_build_object(
               'name', CASE WHEN p.name_folded = r.name_folded THEN r.name ELSE p.name END,
               'relation', p.relation, 'sex', p.sex, 'birth_date', p.birth_date::text,
               'person_no', p.person_no, 'ethnicity', p.ethnicity, 'education', p.education,
               'student_status', p.student_status, 'labour', p.labour, 'health_status', p.health_status,
               'disability_kind', p.disability_kind, 'disability_level', p.disability_level,
               'id_index', coalesce(encode(p.id_index, 'hex'), ''),
               'phone_index', coalesce(encode(p.phone_index, 'hex'), ''), 'left', coalesce(p.left_on::text, ''),
               'identity_subsistence', '0', 'identity_destitute', '0')
           || coalesce(i.held, '{}') || coalesce(e.schemes, '{}') AS now) n
     WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.verdict IN ('', 'ask')
)
UPDATE households_importrow r
   SET verdict = CASE WHEN r.verdict = 'ask' THEN 'ask' WHEN c.same THEN 'same' ELSE 'changed' END,
       before = jsonb_build_object('xid', c.changed_xid),
       changes = CASE WHEN c.same THEN '[]' ELSE (
           SELECT coalesce(jsonb_agg(jsonb_build_object(
                      'field', d.key,
                      'old', CASE d.key WHEN 'id_index' THEN c.id_masked WHEN 'phone_index' THEN c.phone_masked
                             ELSE coalesce(c.now->>d.key, '') END,
                      'new', CASE d.key WHEN 'id_index' THEN r.id_masked
                             WHEN 'phone_index' THEN r.data->'_'->>'phone_masked' ELSE d.value END
                  ) ORDER BY d.key), '[]')
             FROM jsonb_each_text(r.data - '_') d
            WHERE c.now->>d.key IS DISTINCT FROM d.value)
           || CASE WHEN c.moved THEN jsonb_build_array(jsonb_build_object(
                  'field', 'household_no', 'old', c.register_no, 'new', r.household_no)) ELSE '[]' END END
  FROM current c
 WHERE r.id = c.id

-- name: the_rest_is_new
UPDATE households_importrow SET verdict = 'new' WHERE register_import_id = %(id)s AND verdict = ''

-- name: gone_households
-- The file speaks for the villages it names: a household or member of those that it leaves out is gone.
INSERT INTO households_importrow (register_import_id, kind, verdict, household_no, village_id, household_id,
                                  before, matched_by, person_no, name, name_folded, id_masked, data, changes,
                                  problems, left_reason)
SELECT %(id)s, 'household', 'gone', h.register_no, h.village_id, h.id,
       jsonb_build_object('xid', h.changed_xid), '', '', coalesce(p.name, ''), '', '', '{}', '[]', '[]', ''
  FROM households_household h
  LEFT JOIN households_person p ON p.household_id = h.id AND p.relation = '02' AND p.left_on IS NULL
 WHERE h.left_on IS NULL AND h.village_id = ANY(%(villages)s)
   AND h.village_id IN (SELECT village_id FROM households_importrow
                         WHERE register_import_id = %(id)s AND kind = 'household' AND verdict <> 'refused')
   AND NOT EXISTS (SELECT 1 FROM households_importrow r
                    WHERE r.register_import_id = %(id)s AND r.kind = 'household' AND r.household_id = h.id)
   AND NOT EXISTS (SELECT 1 FROM households_importrow r
                    WHERE r.register_import_id = %(id)s AND r.kind = 'household' AND r.household_no = h.register_no)
   AND NOT EXISTS (SELECT 1 FROM households_importrow r JOIN households_person m ON m.id = r.person_id
                    WHERE r.register_import_id = %(id)s AND r.verdict IN ('refused', 'ask')
                      AND m.household_id = h.id)

-- name: gone_persons
INSERT INTO households_importrow (register_import_id, kind, verdict, household_no, village_id, household_id,
                                  person_id, person_no, name, name_folded, birth_date, id_masked, before,
                                  matched_by, data, changes, problems, left_reason)
SELECT %(id)s, 'person', 'gone', h.register_no, p.village_id, p.household_id, p.id, p.person_no, p.name,
       p.name_folded, p.birth_date, p.id_masked, jsonb_build_object('xid', p.changed_xid), '', '{}', '[]', '[]', ''
  FROM households_importrow r
  JOIN households_household h ON h.id = r.household_id
  JOIN households_person p ON p.household_id = h.id AND p.left_on IS NULL
 WHERE r.register_import_id = %(id)s AND r.kind = 'household' AND r.verdict <> 'refused'
   AND NOT coalesce((r.data->'_'->>'partial')::boolean, false)
   AND NOT EXISTS (SELECT 1 FROM households_importrow o
                    WHERE o.register_import_id = %(id)s AND o.kind = 'person' AND o.person_id = p.id)

-- name: members_of_gone_households
-- They follow the reason of their household unless they get their own.
INSERT INTO households_importrow (register_import_id, kind, verdict, household_no, village_id, household_id,
                                  person_id, person_no, name, name_folded, birth_date, id_masked, before,
                                  matched_by, data, changes, problems, left_reason)
SELECT %(id)s, 'person', 'gone', h.register_no, p.village_id, p.household_id, p.id, p.person_no, p.name,
       p.name_folded, p.birth_date, p.id_masked, jsonb_build_object('xid', p.changed_xid), '', '{}', '[]', '[]', ''
  FROM households_importrow r
  JOIN households_household h ON h.id = r.household_id
  JOIN households_person p ON p.household_id = h.id AND p.left_on IS NULL
 WHERE r.register_import_id = %(id)s AND r.kind = 'household' AND r.verdict = 'gone'
   AND NOT coalesce((r.data->'_'->>'partial')::boolean, false)
   AND NOT EXISTS (SELECT 1 FROM households_importrow o
                    WHERE o.register_import_id = %(id)s AND o.kind = 'person' AND o.person_id = p.id)

-- name: counts
SELECT kind, verdict, count(*) FROM households_importrow WHERE register_import_id = %(id)s GROUP BY 1, 2

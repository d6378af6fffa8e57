-- Which registered household and person each row of the file is.
-- %(id)s the import, %(county)s its county, %(villages)s the villages the user may write to.

-- name: household_by_number
-- A household is known by its number, today's or an earlier one.
UPDATE households_importrow r SET household_id = h.id, matched_by = 'number'
  FROM households_household h
 WHERE r.register_import_id = %(id)s AND r.kind = 'household'
   AND h.county_id = %(county)s AND h.register_no = r.household_no

-- name: household_by_old_number
UPDATE households_importrow r SET household_id = h.id, matched_by = 'old_number'
  FROM households_household h
 WHERE r.register_import_id = %(id)s AND r.kind = 'household' AND r.household_id IS NULL
   AND h.county_id = %(county)s AND h.former_numbers <> '{}' AND r.household_no = ANY(h.former_numbers)
   AND NOT EXISTS (SELECT 1 FROM households_importrow o WHERE o.register_import_id = %(id)s
                      AND o.kind = 'household' AND o.household_id = h.id)

-- name: person_by_id_number
-- A person is known by the ID number; then by household and person number.
UPDATE households_importrow r SET person_id = p.id, matched_by = 'id_number'
  FROM households_person p
 WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND p.id_index = r.id_index

-- name: person_by_person_number
UPDATE households_importrow r SET person_id = p.id, matched_by = 'person_no'
  FROM households_person p JOIN households_household h ON h.id = p.household_id
 WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.person_id IS NULL AND r.person_no <> ''
   AND h.county_id = %(county)s AND h.register_no = r.household_no AND p.person_no = r.person_no
   AND (p.name_folded = r.name_folded OR (p.id_index IS NULL AND p.birth_date = r.birth_date))
   AND NOT EXISTS (SELECT 1 FROM households_importrow o WHERE o.register_import_id = %(id)s
                      AND o.kind = 'person' AND o.person_id = p.id)

-- name: person_by_name_and_birth
-- Name and birth date alone only raise the question.
WITH candidate AS (
    SELECT DISTINCT ON (r.id) r.id, p.id AS person_id
      FROM households_importrow r
      JOIN households_person p ON p.name_folded = r.name_folded AND p.birth_date = r.birth_date
      JOIN households_household h ON h.id = p.household_id
     WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.person_id IS NULL AND r.verdict = ''
       AND p.county_id = %(county)s AND p.village_id = ANY(%(villages)s)
       AND NOT EXISTS (SELECT 1 FROM households_importrow o WHERE o.register_import_id = %(id)s
                          AND o.kind = 'person' AND o.person_id = p.id)
     ORDER BY r.id, h.register_no <> r.household_no, p.id
)
UPDATE households_importrow r SET person_id = c.person_id, matched_by = 'name_birth', verdict = 'ask'
  FROM candidate c WHERE r.id = c.id

-- name: household_renumbered
-- A household with an unknown number whose head is known in a household that the file no longer names
-- has been given a new number.
WITH head AS (
    SELECT DISTINCT ON (p.household_id) r.household_no, p.household_id
      FROM households_importrow r JOIN households_person p ON p.id = r.person_id
     WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.matched_by = 'id_number'
       AND r.data->>'relation' = '02' AND p.relation = '02' AND p.left_on IS NULL
       AND p.county_id = %(county)s
     ORDER BY p.household_id, r.id
)
UPDATE households_importrow r SET household_id = head.household_id, matched_by = 'head'
  FROM head
 WHERE r.register_import_id = %(id)s AND r.kind = 'household' AND r.household_id IS NULL
   AND r.household_no = head.household_no
   AND NOT EXISTS (SELECT 1 FROM households_importrow o WHERE o.register_import_id = %(id)s
                      AND o.kind = 'household' AND o.household_id = head.household_id)

-- name: village_of_record
-- Without a village in the file the household stays where it is registered.
UPDATE households_importrow r SET village_id = h.village_id
  FROM households_household h
 WHERE r.register_import_id = %(id)s AND r.kind = 'household' AND r.village_id IS NULL
   AND h.id = r.household_id

-- name: keep_newer_number
-- A file that still uses an earlier number does not bring it back.
UPDATE households_importrow r SET data = r.data - 'register_no'
 WHERE r.register_import_id = %(id)s AND r.kind = 'household' AND r.matched_by = 'old_number'

-- name: households_without_headrow
-- A household falls with the row of its head.
UPDATE households_importrow h SET verdict = 'refused', problems = h.problems || jsonb_build_array(
           jsonb_build_object('code', 'head_refused', 'row', r.row, 'column', NULL, 'header', '', 'field',
           'relation', 'scope', 'household', 'values', jsonb_build_object('row', r.row)))
  FROM households_importrow r
 WHERE h.register_import_id = %(id)s AND h.kind = 'household' AND h.verdict <> 'refused'
   AND r.register_import_id = %(id)s AND r.kind = 'person' AND r.verdict = 'refused'
   AND r.household_no = h.household_no AND r.data->>'relation' = '02'

-- name: rows_of_refused_households
-- A refused household takes its rows along.
UPDATE households_importrow r SET verdict = 'refused'
  FROM households_importrow h
 WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.verdict <> 'refused'
   AND h.register_import_id = %(id)s AND h.kind = 'household' AND h.household_no = r.household_no
   AND h.verdict = 'refused'

-- name: rows_learn_their_household
UPDATE households_importrow r SET household_id = h.household_id, village_id = h.village_id
  FROM households_importrow h
 WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.household_no <> ''
   AND h.register_import_id = %(id)s AND h.kind = 'household' AND h.household_no = r.household_no
   AND (r.household_id, r.village_id) IS DISTINCT FROM (h.household_id, h.village_id)

-- name: forget_foreign_persons
-- Nobody of another area is pointed at.
UPDATE households_importrow r SET person_id = NULL
  FROM households_person p
 WHERE r.register_import_id = %(id)s AND r.person_id = p.id AND NOT p.village_id = ANY(%(villages)s)

-- name: households_seen_in_part
-- Where a row of the file could not be taken, nobody of its household counts as gone.
UPDATE households_importrow h SET data = jsonb_set(h.data, '{_,partial}', 'true')
 WHERE h.register_import_id = %(id)s AND h.kind = 'household' AND EXISTS (
       SELECT 1 FROM households_importrow r WHERE r.register_import_id = %(id)s AND r.kind = 'person'
          AND r.household_no = h.household_no AND r.verdict IN ('refused', 'ask'))

-- name: same_person_twice
SELECT person_id, array_agg(id ORDER BY matched_by <> 'id_number', id), array_agg(row ORDER BY row)
  FROM households_importrow
 WHERE register_import_id = %(id)s AND kind = 'person' AND person_id IS NOT NULL AND verdict <> 'refused'
 GROUP BY person_id HAVING count(*) > 1

-- name: refuse_area_missing
-- Refusals that only the register can tell. The row keeps the problem.
UPDATE households_importrow r
   SET verdict = 'refused', problems = r.problems || jsonb_build_array(jsonb_build_object(
           'code', %(code)s::text, 'row', r.row, 'column', %(column)s::int, 'header', %(header)s::text,
           'field', %(field)s::text, 'scope', r.kind, 'values', '{}'::jsonb))
 WHERE r.register_import_id = %(id)s AND r.kind = 'household' AND r.verdict = '' AND r.household_id IS NULL AND r.village_id IS NULL

-- name: refuse_household_elsewhere
UPDATE households_importrow r
   SET verdict = 'refused', problems = r.problems || jsonb_build_array(jsonb_build_object(
           'code', %(code)s::text, 'row', r.row, 'column', %(column)s::int, 'header', %(header)s::text,
           'field', %(field)s::text, 'scope', r.kind, 'values', '{}'::jsonb))
 WHERE r.register_import_id = %(id)s AND r.kind = 'household' AND r.verdict = '' AND EXISTS (SELECT 1 FROM households_household h
        WHERE h.id = r.household_id AND NOT h.village_id = ANY(%(villages)s))

-- name: refuse_person_elsewhere
UPDATE households_importrow r
   SET verdict = 'refused', problems = r.problems || jsonb_build_array(jsonb_build_object(
           'code', %(code)s::text, 'row', r.row, 'column', %(column)s::int, 'header', %(header)s::text,
           'field', %(field)s::text, 'scope', r.kind, 'values', '{}'::jsonb))
 WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.verdict = '' AND EXISTS (SELECT 1 FROM households_person p
        WHERE p.id = r.person_id AND NOT p.village_id = ANY(%(villages)s))

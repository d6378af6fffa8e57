-- The year's free examination: who is due, those of 65 and more first, who was examined and how it came out.
WITH /*present*/, listed AS (
  SELECT p.id AS person_id, p.village_id, p.household_id,
         CASE WHEN x.id IS NULL AND p.birth_date <= %(born_by)s::date THEN 0 WHEN x.id IS NULL THEN 1 ELSE 2 END AS rank,
         CASE WHEN x.id IS NULL THEN array_remove(ARRAY['due',
                   CASE WHEN p.birth_date <= %(born_by)s::date THEN 'due_elderly' END], NULL)
              ELSE ARRAY['examined', CASE WHEN x.is_normal THEN 'normal' ELSE 'abnormal' END] END AS states
    FROM present p
    LEFT JOIN households_exam x ON x.person_id = p.id AND x.year = %(year)s AND x.examined_on <= %(on)s::date
)

WITH asked AS (SELECT 0 AS id, %(person)s::bigint AS person, %(on)s::date AS day), seats AS (
/*seats*/
)
SELECT s.level, k.name, i.name
  FROM seats s JOIN clinics_practitioner k ON k.id = s.practitioner_id JOIN clinics_institution i ON i.id = k.institution_id

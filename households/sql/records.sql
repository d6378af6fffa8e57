-- Health records: who has none, whose is not complete, out of date, or kept by a unit of another township.
WITH /*present*/, listed AS (
  SELECT p.id AS person_id, p.village_id, p.household_id, CASE WHEN r.id IS NULL THEN 0 ELSE 1 END AS rank,
         CASE WHEN r.id IS NULL THEN ARRAY['none'] ELSE array_remove(ARRAY[
              CASE WHEN w.is_open THEN 'incomplete' END,
              CASE WHEN w.is_stale THEN 'stale' END,
              CASE WHEN NOT (w.is_open OR w.is_stale) THEN 'good' END,
              CASE WHEN o.area_id IS NOT NULL AND NOT v.ancestors @> ARRAY[o.area_id] THEN 'elsewhere' END], NULL) END AS states
    FROM present p
    JOIN accounts_area v ON v.id = p.village_id
    LEFT JOIN households_healthrecord r ON r.person_id = p.id
    LEFT JOIN clinics_institution o ON o.id = r.owner_id
    CROSS JOIN LATERAL (SELECT r.missing <> '{}' OR p.phone_masked = '' AND p.home_phone = '' AS is_open,
                               r.updated_on < %(stale_before)s::date AS is_stale) w
)

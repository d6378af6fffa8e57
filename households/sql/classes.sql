-- The four health classes; who was put there by hand, and whose day comes within a month.
WITH /*present*/, listed AS (
  SELECT p.id AS person_id, p.village_id, p.household_id, 0 AS rank,
         array_remove(ARRAY[p.health_class::text,
              CASE WHEN c.basis = 'override' THEN 'by_hand' END,
              CASE WHEN lower(c.period) > %(since)s::date THEN 'changed' END], NULL) AS states
    FROM present p
    LEFT JOIN households_healthclassperiod c ON c.person_id = p.id AND upper_inf(c.period)
)

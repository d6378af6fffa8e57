-- Benefits of a year, benefit by benefit: who present in these villages is entitled, who has used it, how often and for
-- how much (yuan), and whether there was an occasion at all. A benefit of the household stands with its head.
WITH catalogue AS MATERIALIZED (
  SELECT * FROM jsonb_to_recordset(%(catalogue)s::jsonb) AS b(
         code text, unit text, identities text[], ill_caused boolean, enrolled text, use text, scheme text,
         paid_by text[], care text[], levels text[], payers text[], category text, no_deductible boolean, no_burden boolean)
), present AS MATERIALIZED (
  SELECT p.id, p.household_id, p.village_id,
         ARRAY(SELECT i.kind::text FROM households_identity i WHERE i.person_id = p.id AND i.period @> %(on)s::date)
           || CASE h.standing WHEN 'monitored' THEN 'monitored' ELSE 'registered' END AS kinds,
         EXISTS (SELECT 1 FROM households_householdcause c
                  WHERE c.household_id = p.household_id AND c.is_main AND c.cause = 'illness'
                    AND c.period @> %(on)s::date) AS is_ill_caused,
         ARRAY(SELECT e.scheme::text FROM households_enrolment e
                WHERE e.person_id = p.id AND e.year = %(year)s AND e.is_enrolled) AS schemes,
         p.id = first_value(p.id) OVER (PARTITION BY p.household_id ORDER BY p.relation <> '02', p.id) AS is_first
    FROM households_person p
    JOIN households_household h ON h.id = p.household_id
         AND (h.left_on IS NULL AND h.standing <> 'removed' OR h.left_on > %(on)s::date)
   WHERE p.village_id = ANY(%(villages)s::bigint[]) AND (p.left_on IS NULL OR p.left_on > %(on)s::date)
     AND p.birth_date <= %(on)s::date
     AND (%(household)s::bigint IS NULL OR p.household_id = %(household)s::bigint)
), insured AS MATERIALIZED (
  SELECT e.person_id, e.scheme, e.paid_by, e.amount, e.paid_on FROM households_enrolment e
    JOIN present p ON p.id = e.person_id
   WHERE e.year = %(year)s AND e.is_enrolled AND (e.paid_on IS NULL OR e.paid_on <= %(on)s::date)
), bills AS MATERIALIZED (
  SELECT s.person_id, a.care, s.level, s.settled_on, s.compliant_patient, s.paid, l.amounts, l.deductibles, i.costs
    FROM claims_settlement s
    JOIN claims_admission a ON a.id = s.admission_id
    JOIN present p ON p.id = s.person_id
    CROSS JOIN LATERAL (
      SELECT jsonb_object_agg(payer, amount) AS amounts, jsonb_object_agg(payer, deductible) AS deductibles
        FROM (SELECT payer, sum(amount) AS amount, sum(deductible) AS deductible
                FROM claims_settlementline WHERE settlement_id = s.id GROUP BY payer) by_payer) l
    CROSS JOIN LATERAL (
      SELECT jsonb_object_agg(category, amount) AS costs
        FROM (SELECT category, sum(amount) AS amount
                FROM claims_billitem WHERE admission_id = s.admission_id GROUP BY category) by_category) i
   WHERE s.year = %(year)s AND s.is_standing AND s.kind <> 'reversed' AND s.settled_on <= %(on)s::date
     AND (%(sensitive)s OR NOT s.is_sensitive)
), fitting AS MATERIALIZED (
  SELECT b.code, s.person_id, s.settled_on, w.is_use, w.amount,
         b.payers <> '{}' AND NOT b.no_deductible AND s.amounts ?| b.payers AND l.paid = 0 AS is_not_due
    FROM catalogue b
    JOIN bills s ON b.use = 'bill' AND s.care = ANY(b.care) AND (b.levels = '{}' OR s.level = ANY(b.levels))
    CROSS JOIN LATERAL (
      SELECT coalesce(sum((s.amounts ->> payer)::numeric), 0) AS paid,
             coalesce(sum((s.deductibles ->> payer)::numeric), 0) AS deducted
        FROM unnest(b.payers) payer) l
    CROSS JOIN LATERAL (
      SELECT (b.payers = '{}' OR l.paid > 0) AND (b.category = '' OR s.costs ? b.category)
             AND (NOT b.no_deductible OR l.deducted = 0) AND (NOT b.no_burden OR s.compliant_patient = 0) AS is_use,
             CASE WHEN b.no_deductible THEN NULL WHEN b.payers <> '{}' THEN l.paid
                  WHEN b.category <> '' THEN (s.costs ->> b.category)::numeric WHEN b.no_burden THEN s.paid END AS amount) w
), uses AS (
  SELECT b.code, e.person_id, e.amount, e.paid_on AS used_on FROM catalogue b
    JOIN insured e ON b.use = 'premium' AND e.scheme = b.scheme AND e.paid_by = ANY(b.paid_by)
   UNION ALL
  SELECT b.code, x.person_id, NULL, x.examined_on FROM catalogue b
    JOIN households_exam x ON b.use = 'exam' AND x.year = %(year)s AND x.examined_on <= %(on)s::date
    JOIN present p ON p.id = x.person_id
   UNION ALL
  SELECT code, person_id, amount, settled_on FROM fitting WHERE is_use
   UNION ALL
  SELECT u.benefit, u.person_id, u.amount, u.used_on FROM households_benefituse u JOIN present p ON p.id = u.person_id
   WHERE u.used_on BETWEEN make_date(%(year)s, 1, 1) AND %(on)s::date
), used AS (
  SELECT b.code, CASE b.unit WHEN 'household' THEN f.id ELSE u.person_id END AS person_id,
         count(*) AS times, sum(u.amount) AS amount, max(u.used_on) AS last_on
    FROM uses u JOIN catalogue b USING (code)
    JOIN present p ON p.id = u.person_id
    JOIN present f ON f.household_id = p.household_id AND f.is_first
   GROUP BY 1, 2
), occasions AS (
  SELECT code, person_id, bool_and(is_not_due) AS is_not_due FROM fitting GROUP BY code, person_id
), listed AS (
  SELECT b.code, p.id AS person_id, p.village_id, p.household_id, u.times, u.amount, u.last_on,
         CASE WHEN u.times IS NOT NULL THEN 'used'
              WHEN b.use = 'bill' AND o.person_id IS NULL THEN 'no_occasion'
              WHEN o.is_not_due THEN 'not_due' ELSE 'missed' END AS state
    FROM catalogue b
    CROSS JOIN present p
    LEFT JOIN used u ON u.code = b.code AND u.person_id = p.id
    LEFT JOIN occasions o ON o.code = b.code AND o.person_id = p.id
   WHERE (b.unit = 'person' OR p.is_first)
     AND (b.identities = '{}' OR b.identities && p.kinds)
     AND (p.is_ill_caused OR NOT b.ill_caused)
     AND (b.enrolled = '' OR b.enrolled = ANY(p.schemes))
)

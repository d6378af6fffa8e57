-- Standing settlements of which less than the target of their rules (else %(target)s) was paid, each with every cause (claims/warnings/shortfalls.toml).
-- `narrowed` narrows the settlements (s) and their stays (a).
WITH bill AS MATERIALIZED (
  SELECT s.id, s.village_id, s.institution_id, date_trunc('month', s.settled_on)::date AS month, s.settled_on,
         s.total - s.discount AS cost, s.compliant, s.paid, s.compliant_patient,
         t.target, s.paid >= t.target * (s.total - s.discount) AS is_reached
    FROM claims_settlement s JOIN claims_admission a ON a.id = s.admission_id
    JOIN claims_policyversion v ON v.id = s.policy_id
   CROSS JOIN LATERAL (SELECT coalesce(v.target, %(target)s::numeric) AS target) t
   WHERE s.village_id = ANY(%(villages)s) AND (%(sensitive)s OR NOT s.is_sensitive)
     AND s.is_standing AND s.kind <> 'reversed' AND s.total > s.discount
     AND s.settled_on BETWEEN %(from_on)s AND %(to_on)s /*narrowed*/
),
known AS (
  SELECT * FROM jsonb_to_recordset(%(causes)s::jsonb) AS k (reason text, cause text, rank int, is_condition boolean)
),
reason AS (
  SELECT DISTINCT b.id, k.cause
    FROM bill b JOIN claims_settlement s ON s.id = b.id
   CROSS JOIN LATERAL jsonb_array_elements(s.decision->'lines') l
   CROSS JOIN LATERAL jsonb_array_elements(l->'reasons') r
    JOIN known k ON k.reason = r->>'code' AND (NOT k.is_condition OR NOT (l->>'applied')::boolean)
   WHERE NOT b.is_reached AND NOT (r->>'holds')::boolean
     -- What is for another kind of care was never meant for this bill.
     AND NOT l->'reasons' @> '[{"code": "care", "holds": false}]'
  UNION
  SELECT b.id, 'out_of_catalogue' FROM bill b
   WHERE NOT b.is_reached AND b.cost - b.compliant > %(outside)s::numeric * b.cost
),
caused AS (
  SELECT id, array_agg(cause ORDER BY array_position(%(order)s::text[], cause)) AS causes FROM reason GROUP BY id
),
short AS (
  SELECT b.*, round(b.target * b.cost, 2) - b.paid AS short,
         coalesce(c.causes, ARRAY[o.cause]) AS causes, coalesce(c.causes[1], o.cause) AS cause
    FROM bill b
    LEFT JOIN caused c ON c.id = b.id
   CROSS JOIN LATERAL (SELECT CASE WHEN b.paid = 0 THEN 'not_covered' ELSE 'rates' END AS cause) o
   WHERE NOT b.is_reached
)

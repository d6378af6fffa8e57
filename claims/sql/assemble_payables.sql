-- Every line that no claim holds yet gets its place: payer, hospital and month of settling; where that month was claimed
-- already, the first month after the last claimed one. A payer that is the hospital itself owes it nothing.
WITH claimed AS (
  SELECT institution_id, payer, max(month) AS month FROM claims_payable
   WHERE county_id = %(county)s AND state <> 'pending' GROUP BY institution_id, payer
), loose AS (
  SELECT l.id AS line_id, s.institution_id, l.payer,
         CASE WHEN EXISTS (SELECT 1 FROM claims_payable g
                            WHERE g.county_id = %(county)s AND g.institution_id = s.institution_id AND g.payer = l.payer
                              AND g.month = date_trunc('month', s.settled_on)::date AND g.state <> 'pending')
              THEN (c.month + interval '1 month')::date
              ELSE date_trunc('month', s.settled_on)::date END AS month
    FROM claims_settlementline l
    JOIN claims_settlement s ON s.id = l.settlement_id
    JOIN claims_policyversion v ON v.id = s.policy_id
    LEFT JOIN claimed c ON c.institution_id = s.institution_id AND c.payer = l.payer
   WHERE v.county_id = %(county)s AND l.amount <> 0 AND l.payer <> %(own)s AND s.settled_on <= %(on)s
     AND NOT EXISTS (SELECT 1 FROM claims_payableline p WHERE p.line_id = l.id)
), opened AS (
  INSERT INTO claims_payable (county_id, institution_id, payer, month, state, refuse_reason)
  SELECT DISTINCT %(county)s, institution_id, payer, month, 'pending', '' FROM loose
  ON CONFLICT ON CONSTRAINT one_payable_per_payer_and_month DO NOTHING
  RETURNING id, institution_id, payer, month
), places AS (
  SELECT id, institution_id, payer, month FROM opened
  UNION ALL
  SELECT id, institution_id, payer, month FROM claims_payable
   WHERE county_id = %(county)s AND state = 'pending'
)
INSERT INTO claims_payableline (payable_id, line_id)
SELECT p.id, l.line_id FROM loose l JOIN places p USING (institution_id, payer, month)

-- What each layer paid in each month, and over all of them (month NULL): bills, persons, yuan. A reversal takes its
-- bill back in the month it happens.
WITH paid AS (
  SELECT date_trunc('month', s.settled_on)::date AS month, l.payer, l.layer, s.person_id,
         sum(CASE WHEN s.kind = 'reversed' THEN -1 ELSE 1 END) AS bills, sum(l.amount) AS amount
    FROM claims_settlementline l JOIN claims_settlement s ON s.id = l.settlement_id
   WHERE s.settled_on >= %(from_on)s AND s.settled_on < %(to_on)s AND l.amount <> 0
     AND s.village_id IN (SELECT a.id FROM accounts_area a
                           WHERE a.level = 'village' AND a.ancestors @> ARRAY[%(area)s]::bigint[])
   GROUP BY 1, 2, 3, 4
), by_person AS (
  SELECT month, payer, layer, person_id, bills, amount FROM paid
  UNION ALL
  SELECT NULL, payer, layer, person_id, sum(bills), sum(amount) FROM paid GROUP BY payer, layer, person_id
)
SELECT month, payer, layer, sum(bills)::bigint, count(*) FILTER (WHERE bills > 0), sum(amount)
  FROM by_person GROUP BY month, payer, layer ORDER BY month NULLS LAST, payer, layer

-- What became of the claims of a county: claimed in the first days of the next month, most of them paid a month later;
-- some refused, a few paid otherwise than claimed. `months` is how long ago the month was.
WITH summed AS (
  SELECT p.id, p.month, p.payer, p.institution_id, sum(l.amount) AS amount,
         (extract(year FROM age(date_trunc('month', %(on)s::date), p.month)) * 12
          + extract(month FROM age(date_trunc('month', %(on)s::date), p.month)))::int AS months
    FROM claims_payable p JOIN claims_payableline q ON q.payable_id = p.id
    JOIN claims_settlementline l ON l.id = q.line_id
   WHERE p.county_id = %(county)s AND p.state = 'pending' GROUP BY p.id
)
UPDATE claims_payable p
   SET state = 'claimed', claimed = s.amount, claimed_on = (s.month + interval '1 month' + interval '4 days')::date,
       by_id = %(by)s
  FROM summed s
 WHERE p.id = s.id AND s.months > 0
   AND (s.month + interval '1 month' + interval '4 days')::date <= %(on)s::date
   AND NOT (s.months = 1 AND s.payer IN ('civil', 'fund'));

WITH odd AS (
  SELECT DISTINCT ON (p.payer, p.month) p.id, q.line_id, s.number || '-' || s.revision AS number, l.amount, p.month,
         CASE WHEN p.payer = 'commercial' THEN 'paid_less' ELSE 'not_known' END AS kind
    FROM claims_payable p JOIN claims_payableline q ON q.payable_id = p.id
    JOIN claims_settlementline l ON l.id = q.line_id JOIN claims_settlement s ON s.id = l.settlement_id
    JOIN clinics_institution i ON i.id = p.institution_id
   WHERE p.county_id = %(county)s AND p.state = 'claimed' AND i.kind = 'county_hospital' AND l.amount > 100
     AND p.payer IN ('commercial', 'civil') AND extract(month FROM p.month)::int %% 5 = 4
     AND p.month <= (date_trunc('month', %(on)s::date) - interval '2 months')::date
   ORDER BY p.payer, p.month, s.number
)
INSERT INTO claims_payabledifference (payable_id, line_id, reference, kind, ours, theirs, reason, resolution, resolved_on,
                                      resolved_by_id)
SELECT o.id, o.line_id, o.number, o.kind, o.amount,
       CASE WHEN o.kind = 'paid_less' THEN round(o.amount * 0.9, 2) END,
       CASE WHEN o.kind = 'paid_less' THEN '超出目录限价部分按规定扣减' ELSE '' END,
       CASE WHEN o.month < %(on)s::date - 200 THEN '已与对方核对，差额在下月补付' ELSE '' END,
       CASE WHEN o.month < %(on)s::date - 200 THEN (o.month + interval '3 months')::date END,
       CASE WHEN o.month < %(on)s::date - 200 THEN %(by)s::bigint END
  FROM odd o ORDER BY o.month, o.kind;

UPDATE claims_payable p
   SET state = CASE WHEN p.payer = 'commercial' AND p.month = (date_trunc('month', %(on)s::date) - interval '3 months')::date
                         AND i.kind = 'township_hospital' THEN 'refused' ELSE 'paid' END,
       answered_on = (p.month + interval '2 months' + interval '9 days')::date,
       refuse_reason = CASE WHEN p.payer = 'commercial'
                                 AND p.month = (date_trunc('month', %(on)s::date) - interval '3 months')::date
                                 AND i.kind = 'township_hospital' THEN '资料不全：缺出院小结和费用清单' ELSE '' END,
       received = CASE WHEN p.payer = 'commercial'
                            AND p.month = (date_trunc('month', %(on)s::date) - interval '3 months')::date
                            AND i.kind = 'township_hospital' THEN NULL
                       ELSE p.claimed - coalesce((SELECT sum(d.ours - coalesce(d.theirs, 0))
                                                    FROM claims_payabledifference d WHERE d.payable_id = p.id), 0) END
  FROM clinics_institution i
 WHERE i.id = p.institution_id AND p.county_id = %(county)s AND p.state = 'claimed'
   AND (p.month + interval '2 months' + interval '9 days')::date <= %(on)s::date;

INSERT INTO claims_closedmonth (county_id, month, closed_on, closed_by_id)
SELECT %(county)s, m::date, (m + interval '1 month' + interval '6 days')::date, %(by)s
  FROM generate_series(date_trunc('year', %(on)s::date - interval '1 year'),
                       date_trunc('month', %(on)s::date) - interval '2 months', interval '1 month') m
 ORDER BY m;

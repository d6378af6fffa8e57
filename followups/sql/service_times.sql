-- Hours from the request to the service, by priority; the median and how many it rests on.
SELECT k.kind, count(s.served_at), percentile_cont(0.5) WITHIN GROUP (
           ORDER BY extract(epoch FROM s.served_at - s.asked_at) / 3600) FILTER (WHERE s.served_at IS NOT NULL),
       count(s.id) FILTER (WHERE s.served_at IS NULL AND s.state NOT IN ('declined', 'cancelled'))
  FROM unnest(ARRAY['registration', 'examination', 'admission']) WITH ORDINALITY k(kind, place)
  LEFT JOIN (
      SELECT p.id, p.kind, p.asked_at, p.served_at, r.state
        FROM followups_priorityservice p JOIN followups_referral r ON r.id = p.referral_id
       WHERE r.village_id = ANY(%(villages)s) AND r.referred_on BETWEEN %(since)s AND %(on)s
         AND (%(sensitive)s OR NOT r.is_sensitive)) s ON s.kind = k.kind
 GROUP BY k.kind, k.place ORDER BY k.place

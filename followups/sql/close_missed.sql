-- Nothing can fulfil these any more.
UPDATE followups_duty d SET state = 'missed', closed_on = %(on)s, close_reason = 'window_passed'
  FROM unnest(%(rules)s::text[], %(limits)s::date[]) AS limits(rule, ends_before)
 WHERE d.state = 'open' AND d.rule = limits.rule AND d.ends_on < limits.ends_before
   AND (%(counties)s::bigint[] IS NULL OR d.county_id = ANY(%(counties)s::bigint[]))

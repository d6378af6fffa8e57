-- Nothing is owed any more: the disease has ended, the class or the standing has changed, the exam is on record.
UPDATE followups_duty d SET state = 'cancelled', closed_on = %(on)s::date, close_reason = 'no_ground'
 WHERE d.state = 'open' AND (%(counties)s::bigint[] IS NULL OR d.county_id = ANY(%(counties)s::bigint[]))
   AND NOT (
/*ground*/
   )

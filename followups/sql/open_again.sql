-- Who is back, or has the ground again, is owed what is left of the present window; the duty says since when.
UPDATE followups_duty d SET state = 'open', closed_on = NULL, close_reason = '',
       why = d.why || jsonb_build_object('again', %(on)s::date, 'was', d.close_reason)
 WHERE d.state = 'cancelled' AND d.close_reason IN ('left', 'no_ground')
   AND d.starts_on <= %(on)s::date AND d.ends_on >= %(on)s::date
   AND (%(counties)s::bigint[] IS NULL OR d.county_id = ANY(%(counties)s::bigint[]))
   AND NOT EXISTS (SELECT 1 FROM households_person p WHERE p.id = d.person_id AND p.left_on IS NOT NULL)
   AND NOT EXISTS (SELECT 1 FROM households_household h WHERE h.id = d.household_id AND h.left_on IS NOT NULL)
   AND
/*ground*/

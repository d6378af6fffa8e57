SELECT person_id, package, %(on)s::date, (%(on)s::date + interval '1 year')::date FROM (
/*unsigned*/
) u

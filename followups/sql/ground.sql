-- Whether the duty `d` still has what made it: the disease, the health class, the age, the standing, the package.
-- Rules that nothing can take the ground from (return visits, discharge) are always true.
(CASE
   WHEN d.rule = ANY(%(of_disease)s::text[]) THEN d.why->>'disease' IS NULL OR EXISTS (
        SELECT 1 FROM households_condition k JOIN households_disease s ON s.id = k.disease_id
         WHERE k.person_id = d.person_id AND k.ended_on IS NULL AND s.code = d.why->>'disease'
           AND k.is_managed = (d.rule <> ALL(%(of_declined)s::text[])))
   WHEN d.rule = ANY(%(of_class)s::text[]) THEN EXISTS (
        SELECT 1 FROM unnest(%(of_class)s::text[], %(classes)s::text[]) AS g(rule, class)
          JOIN households_person p ON p.health_class = g.class WHERE g.rule = d.rule AND p.id = d.person_id)
   WHEN d.rule = ANY(%(of_type)s::text[]) THEN EXISTS (
        SELECT 1 FROM households_household h
          JOIN unnest(%(of_type)s::text[], %(types)s::text[]) AS t(rule, type) ON t.type = h.household_type
          JOIN unnest(%(of_standing)s::text[], %(standings)s::text[]) AS u(rule, standing) ON u.standing = h.standing
         WHERE h.id = d.household_id AND t.rule = d.rule AND u.rule = d.rule)
   ELSE TRUE END)
AND NOT (d.rule = ANY(%(of_age)s::text[]) AND EXISTS (
        SELECT 1 FROM unnest(%(of_age)s::text[], %(born_by)s::date[]) AS g(rule, born_by)
          JOIN households_person p ON p.birth_date > g.born_by WHERE g.rule = d.rule AND p.id = d.person_id))
AND NOT (d.rule = ANY(%(of_exam)s::text[]) AND EXISTS (
        SELECT 1 FROM households_exam e
         WHERE e.person_id = d.person_id AND e.year = EXTRACT(year FROM d.starts_on)))
AND (d.rule <> ALL(%(of_package)s::text[]) OR EXISTS (
        SELECT 1 FROM followups_contract c
          JOIN unnest(%(of_package)s::text[], %(packages)s::text[]) AS g(rule, package) ON g.package = c.package
         WHERE g.rule = d.rule AND c.person_id = d.person_id AND c.state = 'signed' AND c.period @> %(on)s::date))

-- A case for each of them; the database fills in what follows from the condition.
INSERT INTO followups_majorcase (uuid, condition_id, person_id, disease_id, village_id, county_id, is_sensitive,
                                 catalogue, stage, registered_on, treatment, why_not, close_reason)
SELECT uuidv7(), n.condition_id, n.person_id, n.disease_id, n.village_id, n.county_id, FALSE, n.catalogue,
       'registered', %(on)s, '', '', ''
  FROM (/*missing*/) n
    ON CONFLICT DO NOTHING
RETURNING id

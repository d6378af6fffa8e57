INSERT INTO followups_casestep (case_id, stage, "on", evidence, by_id)
SELECT id, 'registered', %(on)s, %(evidence)s, %(by)s FROM unnest(%(opened)s::bigint[]) id ORDER BY id

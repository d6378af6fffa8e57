-- Only where the last visit said so, in the months of treatment in which it matters.
AND EXISTS (
       SELECT 1 FROM (SELECT s.answers FROM followups_visit s
                       WHERE s.person_id = p.id AND s.protocol = ANY(%(r_last_forms)s::text[]) AND s.is_current
                         AND s.visited_on <= %(on)s AND s.is_face_to_face
                       ORDER BY s.visited_on DESC LIMIT 1) said
        WHERE said.answers->>%(r_last_answer)s = ANY(%(r_last_values)s::text[])
          AND COALESCE(substring(said.answers->>%(r_last_month)s FROM '^[0-9]{1,3}')::int, 0)
              <= %(r_months_at_most)s::int)

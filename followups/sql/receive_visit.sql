-- The same body again finds its first row; a second sender waits for the first one's verdict.
INSERT INTO followups_submission (kind, client_id, sha256, body, state, problem, user_id, api_client_id, device_id,
       device_seq)
SELECT %(kind)s, %(client_id)s::uuid, %(sha256)s, %(body)s::jsonb, 'received', '{}'::jsonb, %(user)s::bigint,
       %(api_client)s::bigint, %(device_id)s, %(device_seq)s::int
/*proven*/
ON CONFLICT (client_id, sha256) DO UPDATE SET client_id = EXCLUDED.client_id
RETURNING id, state, visit_id

-- The same body again finds its first row; a second sender waits for the first one's verdict.
INSERT INTO followups_submission (kind, client_id, sha256, body, state, problem, user_id, api_client_id, device_id,
       device_seq)
VALUES (%(kind)s, %(client_id)s, %(sha256)s, %(body)s::jsonb, 'received', '{}'::jsonb, %(user)s, %(api_client)s, %(device_id)s,
       %(device_seq)s)
ON CONFLICT (client_id, sha256) DO UPDATE SET client_id = EXCLUDED.client_id
RETURNING id, state, visit_id

-- name: add
INSERT INTO session (token_hash, account_id, made_at, used_at, expires_at)
VALUES ($1, $2, $3, $4, $5)
-- name: end
DELETE FROM session WHERE token_hash = $1
-- name: end_others
DELETE FROM session WHERE account_id = $1 AND token_hash <> $2
-- name: end_all
DELETE FROM session WHERE account_id = $1
-- name: of_account
SELECT made_at, expires_at, CASE WHEN token_hash = CAST($3 AS {bytes}) THEN 1 ELSE 0 END = 1
FROM session WHERE account_id = $1 AND $2 < expires_at ORDER BY made_at DESC, token_hash
-- name: of_session
SELECT a.id, a.person_id, p.full_name, a.lang
FROM session s JOIN account a ON a.id = s.account_id JOIN person p ON p.id = a.person_id
WHERE s.token_hash = $1 AND $2 < s.expires_at AND a.closed_at IS NULL
-- name: of_token
SELECT a.id, a.person_id, p.full_name, a.lang
FROM api_token t JOIN account a ON a.id = t.account_id JOIN person p ON p.id = a.person_id
WHERE t.token_hash = $1 AND t.void_at IS NULL AND (t.expires_at IS NULL OR $2 < t.expires_at)
  AND a.closed_at IS NULL
-- name: add_token
INSERT INTO api_token (id, token_hash, account_id, name, made_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6)
-- name: forget_expired
DELETE FROM session WHERE expires_at < $1

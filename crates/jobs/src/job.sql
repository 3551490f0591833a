-- name: add
INSERT INTO job (id, kind, payload, account_id, made_at, run_at, tries, failures, done, total)
VALUES ($1, $2, $3, $4, $5, $6, 0, 0, 0, 0)
-- name: find
SELECT id, kind, account_id, made_at, taken_until, done, total, ended_at, failure
FROM job WHERE id = $1
-- name: of_account
SELECT id, kind, account_id, made_at, taken_until, done, total, ended_at, failure
FROM job WHERE account_id = $1 ORDER BY made_at DESC, id DESC LIMIT $2

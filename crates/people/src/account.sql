-- name: get
SELECT id, person_id, login, password_hash, lang, closed_at FROM account WHERE id = $1
-- name: by_login
SELECT id, person_id, login, password_hash, lang, closed_at FROM account WHERE login = $1
-- name: of_person
SELECT id, person_id, login, password_hash, lang, closed_at FROM account
WHERE person_id = $1 AND closed_at IS NULL ORDER BY id
-- name: logins_like
SELECT login FROM account WHERE login LIKE $1
-- name: end_sessions
DELETE FROM session WHERE account_id = $1
-- name: void_tokens
UPDATE api_token SET void_at = $2 WHERE account_id = $1 AND void_at IS NULL
-- name: void_slips
UPDATE slip SET void_at = $2 WHERE account_id = $1 AND used_at IS NULL AND void_at IS NULL
-- name: add_slip
INSERT INTO slip (id, account_id, code_hash, made_at, expires_at) VALUES ($1, $2, $3, $4, $5)
-- name: open_slip
SELECT s.id, s.account_id, a.login, p.full_name
FROM slip s JOIN account a ON a.id = s.account_id JOIN person p ON p.id = a.person_id
WHERE s.code_hash = $1 AND s.used_at IS NULL AND s.void_at IS NULL AND $2 < s.expires_at
  AND a.closed_at IS NULL
-- name: open_slips
SELECT s.account_id, s.expires_at FROM slip s JOIN account a ON a.id = s.account_id
WHERE a.person_id = $1 AND a.closed_at IS NULL AND s.used_at IS NULL AND s.void_at IS NULL
  AND $2 < s.expires_at
ORDER BY s.id
-- name: use_slip
UPDATE slip SET used_at = $2 WHERE id = $1

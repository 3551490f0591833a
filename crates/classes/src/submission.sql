-- name: known
SELECT id FROM submission WHERE id {in:$1}
-- name: remember
INSERT INTO submission (id, account_id, at, location) VALUES ($1, $2, $3, '')

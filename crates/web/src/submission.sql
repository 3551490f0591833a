-- name: find
SELECT location FROM submission
WHERE id = $1 AND (account_id = $2 OR CAST($2 AS {id}) IS NULL)
-- name: add
INSERT INTO submission (id, account_id, at, location) VALUES ($1, $2, $3, $4)
-- name: forget_before
DELETE FROM submission WHERE at < $1

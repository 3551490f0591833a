-- name: add
INSERT INTO viewing (id, at, account_id, page, subject_id, unit_id, people)
VALUES ($1, $2, $3, $4, $5, $6, $7)

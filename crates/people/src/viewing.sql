-- name: add
INSERT INTO viewing (id, at, account_id, page, subject_id, unit_id, people)
VALUES ($1, $2, $3, $4, $5, $6, $7)
-- name: is_known
SELECT EXISTS (SELECT 1 FROM viewing
  WHERE account_id = $1 AND at >= $2 AND page = $3
    AND (subject_id = $4 OR (subject_id IS NULL AND CAST($4 AS {id}) IS NULL))
    AND (unit_id = $5 OR (unit_id IS NULL AND CAST($5 AS {id}) IS NULL))
    AND people >= $6)

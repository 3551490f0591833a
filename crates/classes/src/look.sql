-- name: recent
SELECT COUNT(*) FROM viewing
WHERE account_id = $1 AND at >= $2 AND page = $3 AND subject_id = $4

-- name: add
INSERT INTO import_file (id, kind, name, hash, content, unit_id, options, about, row_count,
  account_id, job_id, at_row, read_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12)
-- name: get
SELECT id, kind, name, unit_id, options, about, row_count, account_id, job_id, at_row, read_at,
  planned_at, confirmed_at, applied_at, undoing_at, undone_at, cleared_at
FROM import_file WHERE id = $1
-- name: content
SELECT content FROM import_file WHERE id = $1 AND content IS NOT NULL
-- name: list
SELECT f.id, f.kind, f.name, f.unit_id, f.options, f.about, f.row_count, f.account_id, f.job_id,
  f.at_row, f.read_at, f.planned_at, f.confirmed_at, f.applied_at, f.undoing_at, f.undone_at,
  f.cleared_at
FROM import_file f JOIN unit_place u ON u.unit_id = f.unit_id
WHERE f.kind = $1 AND EXISTS (SELECT 1 FROM {spans:$2} s WHERE u.pos BETWEEN s.lo AND s.hi)
  AND (CAST($3 AS {time}) IS NULL OR f.read_at < $3 OR (f.read_at = $3 AND f.id < $4))
ORDER BY f.read_at DESC, f.id DESC LIMIT $5
-- name: same
SELECT id, kind, name, unit_id, options, about, row_count, account_id, job_id, at_row, read_at,
  planned_at, confirmed_at, applied_at, undoing_at, undone_at, cleared_at
FROM import_file
WHERE kind = $1 AND hash = $2 AND confirmed_at IS NOT NULL AND undoing_at IS NULL AND id <> $3
ORDER BY read_at DESC, id DESC LIMIT 1
-- name: hash
SELECT hash FROM import_file WHERE id = $1
-- name: reach
UPDATE import_file SET at_row = $2 WHERE id = $1
-- name: set_job
UPDATE import_file SET job_id = $2 WHERE id = $1
-- name: planned
UPDATE import_file SET planned_at = $2, content = NULL, job_id = NULL, at_row = 0 WHERE id = $1
-- name: confirmed
UPDATE import_file SET confirmed_at = $2, job_id = NULL, at_row = 0 WHERE id = $1
-- name: applied
UPDATE import_file SET applied_at = $2, job_id = NULL, at_row = 0 WHERE id = $1
-- name: undoing
UPDATE import_file SET undoing_at = $2, job_id = NULL, at_row = 0 WHERE id = $1
-- name: undone
UPDATE import_file SET undone_at = $2, job_id = NULL, at_row = 0 WHERE id = $1
-- name: forget_rows
DELETE FROM import_row WHERE import_id = $1
-- name: forget
DELETE FROM import_file WHERE id = $1

-- name: next
SELECT id, cleared_at, at_row FROM import_file
WHERE (cleared_at IS NOT NULL AND at_row >= 0)
  OR (cleared_at IS NULL AND confirmed_at IS NOT NULL
    AND COALESCE(undone_at, undoing_at, applied_at, confirmed_at) <= $1)
  OR (cleared_at IS NULL AND confirmed_at IS NULL AND COALESCE(planned_at, read_at) <= $2)
ORDER BY read_at, id LIMIT 1
-- name: begin
UPDATE import_file
SET cleared_at = $2, about = $3, content = NULL, job_id = NULL, at_row = 0
WHERE id = $1
-- name: upto
SELECT MAX(no) FROM (
  SELECT no FROM import_row WHERE import_id = $1 AND no > $2 ORDER BY no LIMIT $3) few
-- name: rows
UPDATE import_row
SET draft = $4, cells = NULL, notes = $5, deed = $6, person_id = NULL, made = NULL
WHERE import_id = $1 AND no > $2 AND no <= $3
-- name: reach
UPDATE import_file SET at_row = $2 WHERE id = $1

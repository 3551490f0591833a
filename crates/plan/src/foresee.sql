-- name: targets
SELECT COUNT(*) FROM target WHERE unit_id {in:$1} AND withdrawn_at IS NULL
-- name: figures
SELECT COUNT(*) FROM figure WHERE unit_id {in:$1} AND withdrawn_at IS NULL
-- name: all_targets
SELECT t.id FROM target t JOIN unit_place u ON u.unit_id = t.unit_id
WHERE t.withdrawn_at IS NULL ORDER BY COALESCE(t.code, ''), t.due, t.id

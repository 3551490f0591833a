-- name: version
SELECT COUNT(*), COUNT(withdrawn_at) FROM figure WHERE measure_id = $1
-- name: of_import
SELECT id FROM figure WHERE import_id = $1 AND withdrawn_at IS NULL ORDER BY id
-- name: standing
SELECT f.id, f.unit_id, f.value, f.as_of, f.source, f.import_id, f.made_at
FROM figure f JOIN unit_place u ON u.unit_id = f.unit_id
WHERE f.measure_id = $1 AND u.pos BETWEEN $2 AND $3 AND f.as_of <= $4 AND f.withdrawn_at IS NULL
ORDER BY f.as_of, f.made_at, f.id
-- name: get
SELECT id, unit_id, value, as_of, source, import_id, made_at
FROM figure WHERE id = $1 AND withdrawn_at IS NULL
-- name: measure_of
SELECT measure_id FROM figure WHERE id = $1

-- name: kind_of_unit
SELECT kind FROM unit WHERE id = $1
-- name: get
SELECT s.id, s.activity_id, s.unit_id, s.context_id, s.success, s.at, s.recorded_at, r.raw, v.id
FROM statement s LEFT JOIN statement_raw r ON r.statement_id = s.id
LEFT JOIN statement v ON v.voids_id = s.id
WHERE s.id = $1 AND s.kind = 'assessed' ORDER BY v.seq LIMIT 1
-- name: of_unit
SELECT s.id, s.activity_id, s.unit_id, s.context_id, s.success, s.at, s.recorded_at, r.raw, v.id
FROM statement s LEFT JOIN statement_raw r ON r.statement_id = s.id
LEFT JOIN statement v ON v.voids_id = s.id
WHERE s.unit_id = $1 AND s.activity_id = $2 AND s.person_id IS NULL AND s.kind = 'assessed'
  AND s.context_id IS NULL
ORDER BY s.at DESC, s.id DESC
-- name: of_thing
SELECT s.id, s.activity_id, s.unit_id, s.context_id, s.success, s.at, s.recorded_at, r.raw, v.id
FROM statement s LEFT JOIN statement_raw r ON r.statement_id = s.id
LEFT JOIN statement v ON v.voids_id = s.id
WHERE s.context_id = $1 AND s.person_id IS NULL AND s.kind = 'assessed'
ORDER BY s.at DESC, s.id DESC

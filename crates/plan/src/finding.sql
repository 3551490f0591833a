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
-- name: units
SELECT u.unit_id, u.name, u.path, u.name, f.success, f.at
FROM unit_place u LEFT JOIN statement f ON f.id = (
  SELECT s.id FROM statement s
  WHERE s.unit_id = u.unit_id AND s.context_id IS NULL AND s.activity_id = $2 AND s.person_id IS NULL AND s.kind = 'assessed'
    AND NOT EXISTS (SELECT 1 FROM statement v WHERE v.voids_id = s.id)
  ORDER BY s.at DESC, s.id DESC LIMIT 1)
WHERE u.kind = $3 AND EXISTS (SELECT 1 FROM {spans:$1} s WHERE u.pos BETWEEN s.lo AND s.hi)
ORDER BY u.pos
-- name: things
SELECT t.id, t.name, u.path, t.name_fold, f.success, f.at
FROM thing t JOIN unit_place u ON u.unit_id = t.unit_id
LEFT JOIN statement f ON f.id = (
  SELECT s.id FROM statement s
  WHERE s.context_id = t.id AND s.activity_id = $2 AND s.person_id IS NULL AND s.kind = 'assessed'
    AND NOT EXISTS (SELECT 1 FROM statement v WHERE v.voids_id = s.id)
  ORDER BY s.at DESC, s.id DESC LIMIT 1)
WHERE t.kind = $3 AND t.withdrawn_at IS NULL
  AND EXISTS (SELECT 1 FROM {spans:$1} s WHERE u.pos BETWEEN s.lo AND s.hi)
ORDER BY t.name_sort, t.id

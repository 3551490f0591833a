-- name: known
SELECT id, kind, person_id, unit_id, activity_id, context_id, success, score, at, voids_id
FROM statement WHERE id {in:$1}
-- name: add_raw
INSERT INTO statement_raw (statement_id, raw) VALUES ($1, $2)
-- name: add
INSERT INTO statement (id, node, seq, kind, person_id, unit_id, activity_id, context_id, rung,
  success, score, at, recorded_at, by_id, voids_id, detail)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
-- name: get
SELECT s.id, s.kind, s.person_id, s.unit_id, s.activity_id, s.context_id, s.success, s.score, s.at,
  s.recorded_at, s.detail, v.id
FROM statement s LEFT JOIN statement v ON v.voids_id = s.id
WHERE s.id = $1 ORDER BY v.seq LIMIT 1
-- name: of_context
SELECT s.id, s.kind, s.person_id, s.unit_id, s.activity_id, s.context_id, s.success, s.score, s.at,
  s.recorded_at, s.detail, v.id
FROM statement s LEFT JOIN statement v ON v.voids_id = s.id
WHERE s.context_id = $1 ORDER BY s.at, s.id
-- name: of_persons
SELECT s.id, s.kind, s.person_id, s.unit_id, s.activity_id, s.context_id, s.success, s.score, s.at,
  s.recorded_at, s.detail, v.id
FROM statement s LEFT JOIN statement v ON v.voids_id = s.id
WHERE s.person_id {in:$1} ORDER BY s.at, s.id
-- name: of_activity
SELECT s.id, s.kind, s.person_id, s.unit_id, s.activity_id, s.context_id, s.success, s.score, s.at,
  s.recorded_at, s.detail, CAST(NULL AS {id})
FROM statement s
WHERE s.person_id = $1 AND s.activity_id = $2 AND s.kind <> 'voided'
  AND NOT EXISTS (SELECT 1 FROM statement v WHERE v.voids_id = s.id)
ORDER BY s.at, s.id
-- name: facts
SELECT s.person_id, s.id, s.activity_id, s.unit_id, s.rung, s.success, s.at
FROM statement s
WHERE s.person_id {in:$1} AND s.rung > 0 AND s.activity_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM statement v WHERE v.voids_id = s.id)
ORDER BY s.person_id, s.at, s.id
-- name: persons_between
SELECT person_id FROM statement
WHERE node = $1 AND seq > $2 AND seq <= $3 AND person_id IS NOT NULL
UNION SELECT t.person_id FROM statement v JOIN statement t ON t.id = v.voids_id
WHERE v.node = $1 AND v.seq > $2 AND v.seq <= $3 AND t.person_id IS NOT NULL
-- name: facts_between
SELECT s.person_id, s.id, s.activity_id, s.unit_id, s.rung, s.success, s.at
FROM statement s
WHERE s.person_id > $1 AND s.person_id <= $2 AND s.rung > 0 AND s.activity_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM statement v WHERE v.voids_id = s.id)
ORDER BY s.person_id
-- name: findings_of_units
SELECT s.unit_id, s.id, s.activity_id, s.unit_id, s.rung, s.success, s.at
FROM statement s
WHERE s.unit_id {in:$1} AND s.person_id IS NULL AND s.kind = 'assessed'
  AND s.context_id IS NULL AND s.activity_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM statement v WHERE v.voids_id = s.id)
ORDER BY s.unit_id, s.at, s.id
-- name: findings_of_contexts
SELECT s.context_id, s.id, s.activity_id, s.unit_id, s.rung, s.success, s.at
FROM statement s
WHERE s.context_id {in:$1} AND s.person_id IS NULL AND s.kind = 'assessed'
  AND s.activity_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM statement v WHERE v.voids_id = s.id)
ORDER BY s.context_id, s.at, s.id
-- name: found_between
SELECT unit_id, context_id FROM statement
WHERE node = $1 AND seq > $2 AND seq <= $3 AND person_id IS NULL
UNION SELECT t.unit_id, t.context_id FROM statement v JOIN statement t ON t.id = v.voids_id
WHERE v.node = $1 AND v.seq > $2 AND v.seq <= $3 AND t.person_id IS NULL

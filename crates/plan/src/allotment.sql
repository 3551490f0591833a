-- name: version
SELECT COUNT(*), COUNT(agreed_at), COUNT(returned_at), COUNT(ended_at)
FROM allotment WHERE target_id = $1
-- name: of_unit
SELECT id, target_id, unit_id, goal, proposed_at, proposed_by, agreed_at, returned_at, reason
FROM allotment WHERE target_id = $1 AND unit_id = $2 AND ended_at IS NULL
ORDER BY proposed_at, id
-- name: of_target
SELECT id, target_id, unit_id, goal, proposed_at, proposed_by, agreed_at, returned_at, reason
FROM allotment WHERE target_id = $1 AND ended_at IS NULL
ORDER BY proposed_at, id
-- name: agreed
SELECT a.unit_id, a.goal FROM allotment a JOIN unit_place u ON u.unit_id = a.unit_id
WHERE a.target_id = $1 AND a.agreed_at IS NOT NULL AND a.ended_at IS NULL
  AND u.pos BETWEEN $2 AND $3
ORDER BY a.agreed_at, a.id
-- name: unanswered
SELECT a.id, a.target_id, a.unit_id, a.goal, a.proposed_at, a.proposed_by, a.agreed_at,
  a.returned_at, a.reason
FROM unit_place u
JOIN allotment a ON a.unit_id = u.unit_id
JOIN target t ON t.id = a.target_id
JOIN unit_place w ON w.unit_id = t.unit_id
WHERE u.pos BETWEEN $1 AND $2 AND a.agreed_at IS NULL AND a.returned_at IS NULL
  AND a.ended_at IS NULL AND t.withdrawn_at IS NULL AND NOT (w.pos BETWEEN $1 AND $2)
ORDER BY a.proposed_at, a.id

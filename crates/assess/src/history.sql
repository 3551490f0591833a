-- name: of_activities
SELECT s.id, s.kind, s.activity_id, s.success, s.score, s.at, CAST(s.detail AS text)
FROM statement s
WHERE s.person_id {in:$1} AND s.activity_id {in:$2}
  AND s.kind IN ('answered', 'completed', 'passed')
  AND NOT EXISTS (SELECT 1 FROM statement v WHERE v.voids_id = s.id)
ORDER BY s.at, s.node, s.seq
-- name: outcomes
SELECT s.id, s.kind, s.activity_id, s.success, s.score, s.at, CAST(NULL AS text)
FROM statement s
WHERE s.person_id {in:$1} AND s.activity_id IS NOT NULL AND s.rung > 0
  AND s.kind IN ('completed', 'passed')
  AND NOT EXISTS (SELECT 1 FROM statement v WHERE v.voids_id = s.id)
ORDER BY s.at, s.node, s.seq

-- name: sat
SELECT s.person_id, s.activity_id, s.at, m.id, m.starts_at, m.ends_at
FROM statement s JOIN meeting m ON m.id = s.context_id
WHERE s.person_id {in:$1} AND s.kind = 'attended' AND s.activity_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM statement v WHERE v.voids_id = s.id)
ORDER BY s.person_id, s.at, s.id
-- name: completed
SELECT s.person_id, s.activity_id, s.at, c.minutes
FROM statement s JOIN course c ON c.id = s.activity_id
WHERE s.person_id {in:$1} AND s.rung >= 2 AND s.success
  AND NOT EXISTS (SELECT 1 FROM statement v WHERE v.voids_id = s.id)
ORDER BY s.person_id, s.at, s.id
-- name: met_in
SELECT DISTINCT s.person_id FROM journal j JOIN statement s ON s.context_id = j.row_id
WHERE j.node = $1 AND j.seq > $2 AND j.seq <= $3 AND j.noun = 'meeting' AND s.person_id IS NOT NULL

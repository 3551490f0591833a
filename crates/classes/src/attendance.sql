-- name: present_counts
SELECT s.context_id, COUNT(DISTINCT COALESCE(k.canonical_id, s.person_id))
FROM statement s LEFT JOIN person_cluster k ON k.person_id = s.person_id
WHERE s.context_id {in:$1} AND s.kind = 'attended'
  AND NOT EXISTS (SELECT 1 FROM statement v WHERE v.voids_id = s.id)
GROUP BY s.context_id
-- name: present_in
SELECT DISTINCT s.context_id, COALESCE(k.canonical_id, s.person_id)
FROM statement s LEFT JOIN person_cluster k ON k.person_id = s.person_id
WHERE s.context_id {in:$1} AND s.kind = 'attended'
  AND NOT EXISTS (SELECT 1 FROM statement v WHERE v.voids_id = s.id)
-- name: corrections
SELECT made_at, people, reason FROM attendance_correction WHERE meeting_id = $1 ORDER BY made_at, id

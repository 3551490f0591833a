-- name: get
SELECT id, class_id, starts_at, ends_at, closed_at FROM meeting
WHERE id = $1 AND cancelled_at IS NULL
-- name: of_class
SELECT id, class_id, starts_at, ends_at, closed_at FROM meeting
WHERE class_id = $1 AND cancelled_at IS NULL ORDER BY starts_at, id
-- name: near
SELECT m.id, c.id, c.title, c.venue, u.path, m.starts_at, m.ends_at, m.closed_at,
  CASE WHEN c.organiser_id = $2 THEN 0 ELSE 1 END,
  (SELECT COUNT(DISTINCT COALESCE(k.canonical_id, r.person_id)) FROM registration r
   LEFT JOIN person_cluster k ON k.person_id = r.person_id
   WHERE r.class_id = c.id AND r.cancelled_at IS NULL)
FROM meeting m
JOIN class c ON c.id = m.class_id
JOIN unit_place u ON u.unit_id = c.unit_id
WHERE m.starts_at >= $3 AND m.starts_at < $4 AND m.cancelled_at IS NULL AND c.cancelled_at IS NULL
  AND m.closed_at IS NULL
  AND (EXISTS (SELECT 1 FROM {spans:$1} s WHERE u.pos BETWEEN s.lo AND s.hi)
    OR c.organiser_id = $2)
ORDER BY m.starts_at, 9, m.id LIMIT $5
-- name: of_person
SELECT m.id, c.id, c.title, c.venue, u.path, m.starts_at, m.ends_at, m.closed_at, 1,
  CAST(0 AS bigint)
FROM registration r
JOIN class c ON c.id = r.class_id
JOIN unit_place u ON u.unit_id = c.unit_id
JOIN meeting m ON m.class_id = c.id
WHERE r.person_id {in:$1} AND r.cancelled_at IS NULL AND c.cancelled_at IS NULL
  AND m.cancelled_at IS NULL AND m.starts_at >= $2 AND m.starts_at < $3
ORDER BY m.starts_at, m.id LIMIT $4

-- name: get
SELECT c.id, c.course_id, k.title_vi, k.title_en, c.unit_id,
  COALESCE(u.name, (SELECT n.name FROM unit_name n WHERE n.unit_id = c.unit_id
    ORDER BY n.valid_from DESC, n.id DESC LIMIT 1)),
  COALESCE(u.pos, 0), COALESCE(u.last, 0),
  COALESCE(w.unit_id, c.unit_id), COALESCE(w.name, u.name, ''),
  COALESCE(w.pos, u.pos, 0), COALESCE(w.last, u.last, 0),
  c.title, c.venue, c.bring, c.organiser_id, p.full_name, c.capacity, c.code, c.made_at,
  c.cancelled_at
FROM class c
JOIN course k ON k.id = c.course_id
JOIN person p ON p.id = c.organiser_id
LEFT JOIN unit_place u ON u.unit_id = c.unit_id
LEFT JOIN unit_place w ON w.unit_id = u.commune_id
WHERE c.id = $1
-- name: by_code
SELECT id FROM class WHERE code = $1
-- name: areas
SELECT u.unit_id, u.parent_id, u.commune_id, u.kind, u.code, u.name, u.path, u.sort, u.pos, u.last,
  u.depth
FROM unit_place u
WHERE u.kind <> 'village' AND EXISTS (SELECT 1 FROM {spans:$1} s WHERE u.pos BETWEEN s.lo AND s.hi)
ORDER BY u.depth, u.sort, u.pos
-- name: within
SELECT u.unit_id, u.parent_id, u.commune_id, u.kind, u.code, u.name, u.path, u.sort, u.pos, u.last,
  u.depth
FROM unit_place u
WHERE EXISTS (SELECT 1 FROM {spans:$1} s WHERE u.pos BETWEEN s.lo AND s.hi)
ORDER BY u.pos LIMIT $2
-- name: upcoming
SELECT c.id, c.title, u.path, c.venue, c.capacity, c.cancelled_at, m.id, m.starts_at, m.ends_at,
  m.closed_at, CASE WHEN c.organiser_id = $3 THEN 0 ELSE 1 END,
  (SELECT COUNT(DISTINCT COALESCE(k.canonical_id, r.person_id)) FROM registration r
   LEFT JOIN person_cluster k ON k.person_id = r.person_id
   WHERE r.class_id = c.id AND r.cancelled_at IS NULL)
FROM meeting m
JOIN class c ON c.id = m.class_id
JOIN unit_place u ON u.unit_id = c.unit_id
WHERE m.starts_at >= $2 AND m.cancelled_at IS NULL AND c.cancelled_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM meeting e WHERE e.class_id = m.class_id AND e.cancelled_at IS NULL
    AND e.starts_at >= $2 AND (e.starts_at < m.starts_at
      OR (e.starts_at = m.starts_at AND e.id < m.id)))
  AND EXISTS (SELECT 1 FROM {spans:$1} s WHERE u.pos BETWEEN s.lo AND s.hi)
  AND (CAST($4 AS text) IS NULL OR c.search LIKE $4)
  AND (CAST($5 AS integer) IS NULL OR CASE WHEN c.organiser_id = $3 THEN 0 ELSE 1 END > $5
    OR (CASE WHEN c.organiser_id = $3 THEN 0 ELSE 1 END = $5
      AND (m.starts_at > $6 OR (m.starts_at = $6 AND c.id > $7))))
ORDER BY 11, m.starts_at, c.id LIMIT $8
-- name: past
SELECT c.id, c.title, u.path, c.venue, c.capacity, c.cancelled_at, m.id, m.starts_at, m.ends_at,
  m.closed_at, CASE WHEN c.organiser_id = $3 THEN 0 ELSE 1 END,
  (SELECT COUNT(DISTINCT COALESCE(k.canonical_id, r.person_id)) FROM registration r
   LEFT JOIN person_cluster k ON k.person_id = r.person_id
   WHERE r.class_id = c.id AND r.cancelled_at IS NULL)
FROM meeting m
JOIN class c ON c.id = m.class_id
JOIN unit_place u ON u.unit_id = c.unit_id
WHERE m.cancelled_at IS NULL AND (m.starts_at < $2 OR c.cancelled_at IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM meeting e WHERE e.class_id = m.class_id AND e.cancelled_at IS NULL
    AND (e.starts_at > m.starts_at OR (e.starts_at = m.starts_at AND e.id > m.id)))
  AND EXISTS (SELECT 1 FROM {spans:$1} s WHERE u.pos BETWEEN s.lo AND s.hi)
  AND (CAST($4 AS text) IS NULL OR c.search LIKE $4)
  AND (CAST($5 AS {time}) IS NULL OR m.starts_at < $5 OR (m.starts_at = $5 AND c.id > $6))
ORDER BY m.starts_at DESC, c.id LIMIT $7
-- name: in_units
SELECT COUNT(*) FROM class WHERE unit_id {in:$1}

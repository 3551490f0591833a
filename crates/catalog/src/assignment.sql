-- name: same
SELECT id FROM assignment
WHERE course_id = $1 AND audience_id = $2 AND unit_id = $3 AND withdrawn_at IS NULL
-- name: get
SELECT a.id, a.course_id, a.audience_id, d.name_vi, d.name_en, a.unit_id, u.path, u.pos, u.last,
  a.due, a.made_at, a.withdrawn_at
FROM assignment a JOIN audience d ON d.id = a.audience_id JOIN unit_place u ON u.unit_id = a.unit_id
WHERE a.id = $1
-- name: of_course
SELECT a.id, a.course_id, a.audience_id, d.name_vi, d.name_en, a.unit_id, u.path, u.pos, u.last,
  a.due, a.made_at, a.withdrawn_at
FROM assignment a JOIN audience d ON d.id = a.audience_id JOIN unit_place u ON u.unit_id = a.unit_id
WHERE a.course_id = $1 AND a.withdrawn_at IS NULL
  AND EXISTS (SELECT 1 FROM {spans:$2} s WHERE u.pos BETWEEN s.lo AND s.hi)
  AND (CAST($3 AS bigint) IS NULL OR u.pos > $3 OR (u.pos = $3 AND a.id > $4))
ORDER BY u.pos, a.id LIMIT $5
-- name: counts
SELECT a.course_id, CAST(COUNT(*) AS bigint)
FROM assignment a JOIN unit_place u ON u.unit_id = a.unit_id
WHERE a.withdrawn_at IS NULL
  AND EXISTS (SELECT 1 FROM {spans:$1} s WHERE u.pos BETWEEN s.lo AND s.hi)
GROUP BY a.course_id ORDER BY a.course_id
-- name: count_meant
SELECT CAST(COUNT(DISTINCT COALESCE(c.canonical_id, f.person_id)) AS bigint)
FROM unit_place u
JOIN affiliation f ON f.unit_id = u.unit_id AND f.kind = $3
LEFT JOIN person_cluster c ON c.person_id = f.person_id
WHERE u.pos BETWEEN $1 AND $2
  AND f.valid_from <= $4 AND (f.valid_to IS NULL OR $4 < f.valid_to)
  AND (CAST($5 AS {bool}) OR f.category {in:$6})
  AND (CAST($7 AS {bool}) OR EXISTS (
    SELECT 1 FROM person p WHERE p.id = f.person_id
      AND COALESCE(p.birth_date, CAST(p.birth_year AS text) || '-01-01') <= $8
      AND COALESCE(p.birth_date, CAST(p.birth_year AS text) || '-01-01') > $9))
-- name: reaching
WITH RECURSIVE above (start_id, unit_id, parent_id) AS (
  SELECT u.unit_id, u.unit_id, u.parent_id FROM unit_place u WHERE u.unit_id {in:$1}
  UNION ALL
  SELECT a.start_id, u.unit_id, u.parent_id
  FROM above a JOIN unit_place u ON u.unit_id = a.parent_id
)
SELECT a.start_id, s.id, s.course_id, s.due, d.id, d.code, d.name_vi, d.name_en,
  d.affiliation_kind, d.categories, d.age_from, d.age_below
FROM above a
JOIN assignment s ON s.unit_id = a.unit_id
JOIN course c ON c.id = s.course_id
JOIN audience d ON d.id = s.audience_id
WHERE s.withdrawn_at IS NULL AND c.withdrawn_at IS NULL AND c.published_at IS NOT NULL
ORDER BY s.made_at, s.id, a.start_id

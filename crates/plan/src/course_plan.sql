-- name: get
SELECT p.id, p.year, p.unit_id, u.path, u.pos, p.area_id, a.path, a.pos, a.last, p.course_id,
  p.title, p.audience, CAST(p.classes AS bigint), CAST(p.places AS bigint), p.budget, p.funds, p.due
FROM course_plan p
JOIN unit_place u ON u.unit_id = p.unit_id
JOIN unit_place a ON a.unit_id = p.area_id
WHERE p.id = $1 AND p.withdrawn_at IS NULL
-- name: of_year
SELECT p.id, p.year, p.unit_id, u.path, u.pos, p.area_id, a.path, a.pos, a.last, p.course_id,
  p.title, p.audience, CAST(p.classes AS bigint), CAST(p.places AS bigint), p.budget, p.funds, p.due
FROM course_plan p
JOIN unit_place u ON u.unit_id = p.unit_id
JOIN unit_place a ON a.unit_id = p.area_id
WHERE p.year = $2 AND p.withdrawn_at IS NULL
  AND EXISTS (SELECT 1 FROM {spans:$1} s WHERE a.pos <= s.hi AND s.lo <= a.last)
ORDER BY u.pos, COALESCE(p.due, '9999-12-31'), p.id
-- name: years
SELECT DISTINCT p.year FROM course_plan p JOIN unit_place a ON a.unit_id = p.area_id
WHERE p.withdrawn_at IS NULL
  AND EXISTS (SELECT 1 FROM {spans:$1} s WHERE a.pos <= s.hi AND s.lo <= a.last)
ORDER BY p.year DESC
-- name: payments
SELECT id, course_plan_id, amount, on_day, document FROM payment
WHERE course_plan_id = $1 AND withdrawn_at IS NULL ORDER BY on_day, made_at, id
-- name: payments_of_year
SELECT y.id, y.course_plan_id, y.amount, y.on_day, y.document
FROM payment y JOIN course_plan p ON p.id = y.course_plan_id
JOIN unit_place a ON a.unit_id = p.area_id
WHERE p.year = $2 AND p.withdrawn_at IS NULL AND y.withdrawn_at IS NULL
  AND EXISTS (SELECT 1 FROM {spans:$1} s WHERE a.pos <= s.hi AND s.lo <= a.last)
ORDER BY y.course_plan_id, y.on_day, y.made_at, y.id
-- name: classes
WITH held (of_id, class_id) AS (
  SELECT DISTINCT CASE CAST($5 AS text) WHEN 'row' THEN p.id WHEN 'unit' THEN p.unit_id
    ELSE CAST($6 AS {id}) END, c.id
  FROM course_plan p
  JOIN unit_place a ON a.unit_id = p.area_id
  JOIN class c ON c.course_id = p.course_id AND c.cancelled_at IS NULL
  JOIN unit_place u ON u.unit_id = c.unit_id AND u.pos BETWEEN a.pos AND a.last
  WHERE p.year = $2 AND p.withdrawn_at IS NULL
    AND EXISTS (SELECT 1 FROM {spans:$1} s WHERE a.pos <= s.hi AND s.lo <= a.last)
    AND (SELECT MIN(m.starts_at) FROM meeting m
      WHERE m.class_id = c.id AND m.cancelled_at IS NULL) BETWEEN $3 AND $4
)
SELECT h.of_id, COUNT(*) FROM held h GROUP BY h.of_id
-- name: registered
WITH held (of_id, class_id) AS (
  SELECT DISTINCT CASE CAST($5 AS text) WHEN 'row' THEN p.id WHEN 'unit' THEN p.unit_id
    ELSE CAST($6 AS {id}) END, c.id
  FROM course_plan p
  JOIN unit_place a ON a.unit_id = p.area_id
  JOIN class c ON c.course_id = p.course_id AND c.cancelled_at IS NULL
  JOIN unit_place u ON u.unit_id = c.unit_id AND u.pos BETWEEN a.pos AND a.last
  WHERE p.year = $2 AND p.withdrawn_at IS NULL
    AND EXISTS (SELECT 1 FROM {spans:$1} s WHERE a.pos <= s.hi AND s.lo <= a.last)
    AND (SELECT MIN(m.starts_at) FROM meeting m
      WHERE m.class_id = c.id AND m.cancelled_at IS NULL) BETWEEN $3 AND $4
)
SELECT h.of_id, COUNT(DISTINCT COALESCE(k.canonical_id, r.person_id))
FROM held h
JOIN registration r ON r.class_id = h.class_id AND r.cancelled_at IS NULL
LEFT JOIN person_cluster k ON k.person_id = r.person_id
GROUP BY h.of_id
-- name: attended
WITH held (of_id, class_id) AS (
  SELECT DISTINCT CASE CAST($5 AS text) WHEN 'row' THEN p.id WHEN 'unit' THEN p.unit_id
    ELSE CAST($6 AS {id}) END, c.id
  FROM course_plan p
  JOIN unit_place a ON a.unit_id = p.area_id
  JOIN class c ON c.course_id = p.course_id AND c.cancelled_at IS NULL
  JOIN unit_place u ON u.unit_id = c.unit_id AND u.pos BETWEEN a.pos AND a.last
  WHERE p.year = $2 AND p.withdrawn_at IS NULL
    AND EXISTS (SELECT 1 FROM {spans:$1} s WHERE a.pos <= s.hi AND s.lo <= a.last)
    AND (SELECT MIN(m.starts_at) FROM meeting m
      WHERE m.class_id = c.id AND m.cancelled_at IS NULL) BETWEEN $3 AND $4
), turn (of_id, meeting_id, subject_id) AS (
  SELECT DISTINCT h.of_id, m.id, COALESCE(k.canonical_id, s.person_id)
  FROM held h
  JOIN meeting m ON m.class_id = h.class_id
  JOIN statement s ON s.context_id = m.id AND s.kind = 'attended'
  LEFT JOIN person_cluster k ON k.person_id = s.person_id
  WHERE s.person_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM statement v WHERE v.voids_id = s.id)
)
SELECT t.of_id, COUNT(DISTINCT t.subject_id), COUNT(*) FROM turn t GROUP BY t.of_id
-- name: finished
WITH held (of_id, class_id, course_id) AS (
  SELECT DISTINCT CASE CAST($5 AS text) WHEN 'row' THEN p.id WHEN 'unit' THEN p.unit_id
    ELSE CAST($6 AS {id}) END, c.id, c.course_id
  FROM course_plan p
  JOIN unit_place a ON a.unit_id = p.area_id
  JOIN class c ON c.course_id = p.course_id AND c.cancelled_at IS NULL
  JOIN unit_place u ON u.unit_id = c.unit_id AND u.pos BETWEEN a.pos AND a.last
  WHERE p.year = $2 AND p.withdrawn_at IS NULL
    AND EXISTS (SELECT 1 FROM {spans:$1} s WHERE a.pos <= s.hi AND s.lo <= a.last)
    AND (SELECT MIN(m.starts_at) FROM meeting m
      WHERE m.class_id = c.id AND m.cancelled_at IS NULL) BETWEEN $3 AND $4
), came (of_id, course_id, subject_id) AS (
  SELECT DISTINCT h.of_id, h.course_id, COALESCE(k.canonical_id, r.person_id)
  FROM held h
  JOIN registration r ON r.class_id = h.class_id AND r.cancelled_at IS NULL
  LEFT JOIN person_cluster k ON k.person_id = r.person_id
), row_of (of_id, course_id, subject_id, person_id) AS (
  SELECT c.of_id, c.course_id, c.subject_id, c.subject_id FROM came c
  UNION
  SELECT c.of_id, c.course_id, c.subject_id, k.person_id
  FROM came c JOIN person_cluster k ON k.canonical_id = c.subject_id
)
SELECT o.of_id, COUNT(DISTINCT CASE WHEN s.rung >= 2 THEN o.subject_id END),
  COUNT(DISTINCT CASE WHEN s.rung >= 3 THEN o.subject_id END)
FROM row_of o
JOIN statement s ON s.person_id = o.person_id AND s.activity_id = o.course_id
WHERE s.rung >= 2 AND s.success AND s.at >= $3
  AND NOT EXISTS (SELECT 1 FROM statement v WHERE v.voids_id = s.id)
GROUP BY o.of_id

-- name: some
SELECT COUNT(*) FROM (
  SELECT 1 AS one FROM unit_place u CROSS JOIN reading_interval i
  WHERE u.pos BETWEEN $2 AND $3 AND i.no = $1 AND i.unit_id = u.unit_id
  LIMIT $4) few
-- name: page_of_few
WITH found AS (
  SELECT i.subject_id, i.met, MIN(u.pos) AS pos
  FROM unit_place u CROSS JOIN reading_interval i
  WHERE u.pos BETWEEN $2 AND $3 AND i.no = $1 AND i.unit_id = u.unit_id
    AND i.from_day <= $4 AND $4 < i.to_day
    AND (CAST($5 AS {bool}) IS NULL OR i.met = $5)
  GROUP BY i.subject_id, i.met)
SELECT p.id, p.full_name, p.birth_date, p.birth_year, p.name_sort, f.met, u.path
FROM found f JOIN person p ON p.id = f.subject_id JOIN unit_place u ON u.pos = f.pos
WHERE (CAST($6 AS text) IS NULL OR p.name_fold LIKE $6 OR p.name_fold LIKE $7)
  AND (p.name_sort, p.id) > ($8, $9)
ORDER BY p.name_sort, p.id LIMIT $10
-- name: page_of_many
SELECT p.id, p.full_name, p.birth_date, p.birth_year, p.name_sort, i.met, u.path
FROM person p CROSS JOIN reading_interval i CROSS JOIN unit_place u
WHERE (CAST($6 AS text) IS NULL OR p.name_fold LIKE $6 OR p.name_fold LIKE $7)
  AND (p.name_sort, p.id) > ($8, $9)
  AND i.no = $1 AND i.subject_id = p.id
  AND i.from_day <= $4 AND $4 < i.to_day AND (CAST($5 AS {bool}) IS NULL OR i.met = $5)
  AND u.unit_id = i.unit_id AND u.pos BETWEEN $2 AND $3
  AND NOT EXISTS (
    SELECT 1 FROM reading_interval j JOIN unit_place v ON v.unit_id = j.unit_id
    WHERE j.no = $1 AND j.subject_id = p.id AND j.from_day <= $4 AND $4 < j.to_day
      AND v.pos BETWEEN $2 AND $3
      AND (v.pos < u.pos OR (v.pos = u.pos AND j.from_day < i.from_day)))
ORDER BY p.name_sort, p.id LIMIT $10
-- name: sort_of
SELECT name_sort FROM person WHERE id = $1

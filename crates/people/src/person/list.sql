-- name: sort_of
SELECT name_sort FROM person WHERE id = $1
-- name: walk
SELECT p.id FROM person p
WHERE NOT EXISTS (
    SELECT 1 FROM person_cluster k WHERE k.person_id = p.id AND k.canonical_id <> p.id)
  AND (CAST($5 AS text) IS NULL OR p.name_sort > $5 OR (p.name_sort = $5 AND p.id > $6))
  AND (CAST($3 AS text) IS NULL OR p.name_fold LIKE $3 OR p.name_fold LIKE $4)
  AND EXISTS (
    SELECT 1 FROM affiliation b JOIN unit_place v ON v.unit_id = b.unit_id
    WHERE b.person_id IN (
        SELECT p.id UNION ALL
        SELECT m.person_id FROM person_cluster m WHERE m.canonical_id = p.id)
      AND b.valid_from <= $2 AND (b.valid_to IS NULL OR $2 < b.valid_to)
      AND (CAST($8 AS text) IS NULL OR b.kind = $8)
      AND (CAST($9 AS text) IS NULL OR b.category = $9)
      AND EXISTS (SELECT 1 FROM {spans:$1} s WHERE v.pos BETWEEN s.lo AND s.hi))
ORDER BY p.name_sort, p.id LIMIT $7
-- name: gather
SELECT p.id FROM (
  SELECT DISTINCT COALESCE(k.canonical_id, b.person_id) AS id
  FROM {spans:$1} s
  JOIN unit_place v ON v.pos BETWEEN s.lo AND s.hi
  JOIN affiliation b ON b.unit_id = v.unit_id
  LEFT JOIN person_cluster k ON k.person_id = b.person_id
  WHERE b.valid_from <= $2 AND (b.valid_to IS NULL OR $2 < b.valid_to)
    AND (CAST($8 AS text) IS NULL OR b.kind = $8)
    AND (CAST($9 AS text) IS NULL OR b.category = $9)) held
JOIN person p ON p.id = held.id
WHERE (CAST($5 AS text) IS NULL OR p.name_sort > $5 OR (p.name_sort = $5 AND p.id > $6))
  AND (CAST($3 AS text) IS NULL OR p.name_fold LIKE $3 OR p.name_fold LIKE $4)
ORDER BY p.name_sort, p.id LIMIT $7
-- name: walk_back
SELECT p.id FROM person p
WHERE NOT EXISTS (
    SELECT 1 FROM person_cluster k WHERE k.person_id = p.id AND k.canonical_id <> p.id)
  AND (p.name_sort < $5 OR (p.name_sort = $5 AND p.id < $6))
  AND (CAST($3 AS text) IS NULL OR p.name_fold LIKE $3 OR p.name_fold LIKE $4)
  AND EXISTS (
    SELECT 1 FROM affiliation b JOIN unit_place v ON v.unit_id = b.unit_id
    WHERE b.person_id IN (
        SELECT p.id UNION ALL
        SELECT m.person_id FROM person_cluster m WHERE m.canonical_id = p.id)
      AND b.valid_from <= $2 AND (b.valid_to IS NULL OR $2 < b.valid_to)
      AND (CAST($8 AS text) IS NULL OR b.kind = $8)
      AND (CAST($9 AS text) IS NULL OR b.category = $9)
      AND EXISTS (SELECT 1 FROM {spans:$1} s WHERE v.pos BETWEEN s.lo AND s.hi))
ORDER BY p.name_sort DESC, p.id DESC LIMIT $7
-- name: gather_back
SELECT p.id FROM (
  SELECT DISTINCT COALESCE(k.canonical_id, b.person_id) AS id
  FROM {spans:$1} s
  JOIN unit_place v ON v.pos BETWEEN s.lo AND s.hi
  JOIN affiliation b ON b.unit_id = v.unit_id
  LEFT JOIN person_cluster k ON k.person_id = b.person_id
  WHERE b.valid_from <= $2 AND (b.valid_to IS NULL OR $2 < b.valid_to)
    AND (CAST($8 AS text) IS NULL OR b.kind = $8)
    AND (CAST($9 AS text) IS NULL OR b.category = $9)) held
JOIN person p ON p.id = held.id
WHERE (p.name_sort < $5 OR (p.name_sort = $5 AND p.id < $6))
  AND (CAST($3 AS text) IS NULL OR p.name_fold LIKE $3 OR p.name_fold LIKE $4)
ORDER BY p.name_sort DESC, p.id DESC LIMIT $7
-- name: by_number
SELECT DISTINCT COALESCE(k.canonical_id, n.id)
FROM (SELECT id FROM person WHERE citizen_id = $1
  UNION SELECT id FROM person WHERE old_id = $1) n
LEFT JOIN person_cluster k ON k.person_id = n.id
-- name: lines
SELECT p.id, p.full_name, p.birth_date, p.birth_year, u.path, a.position,
  (SELECT c.login FROM account c WHERE c.person_id = p.id AND c.closed_at IS NULL
   ORDER BY c.id LIMIT 1),
  p.name_sort, a.kind, a.category, u.code
FROM person p
JOIN affiliation a ON a.id = (
  SELECT b.id FROM affiliation b JOIN unit_place v ON v.unit_id = b.unit_id
  WHERE b.person_id IN (
      SELECT p.id UNION ALL
      SELECT m.person_id FROM person_cluster m WHERE m.canonical_id = p.id)
    AND b.valid_from <= $3 AND (b.valid_to IS NULL OR $3 < b.valid_to)
    AND (CAST($4 AS text) IS NULL OR b.kind = $4)
    AND (CAST($5 AS text) IS NULL OR b.category = $5)
    AND EXISTS (SELECT 1 FROM {spans:$2} s WHERE v.pos BETWEEN s.lo AND s.hi)
  ORDER BY CASE b.kind WHEN 'staff' THEN 0 ELSE 1 END, b.valid_from DESC, b.id LIMIT 1)
JOIN unit_place u ON u.unit_id = a.unit_id
WHERE p.id {in:$1}
ORDER BY p.name_sort, p.id

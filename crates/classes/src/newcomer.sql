-- name: search
SELECT p.id, COALESCE(k.canonical_id, p.id), p.full_name, p.birth_date, p.birth_year, u.name,
  EXISTS (SELECT 1 FROM registration r LEFT JOIN person_cluster x ON x.person_id = r.person_id
    WHERE r.class_id = $2 AND r.cancelled_at IS NULL
      AND COALESCE(x.canonical_id, r.person_id) = COALESCE(k.canonical_id, p.id))
FROM unit_place u
JOIN affiliation a ON a.unit_id = u.unit_id AND a.valid_from <= $3
  AND (a.valid_to IS NULL OR $3 < a.valid_to)
JOIN person p ON p.id = a.person_id
LEFT JOIN person_cluster k ON k.person_id = p.id
WHERE EXISTS (SELECT 1 FROM {spans:$1} s WHERE u.pos BETWEEN s.lo AND s.hi)
  AND (CAST($4 AS text) IS NULL OR p.name_fold LIKE $4 OR p.name_fold LIKE $5)
ORDER BY p.name_sort, p.id, CASE a.kind WHEN 'resident' THEN 0 ELSE 1 END, a.id LIMIT $6
-- name: likely
SELECT p.id, COALESCE(k.canonical_id, p.id), p.full_name, p.birth_date, p.birth_year, u.name,
  EXISTS (SELECT 1 FROM registration r LEFT JOIN person_cluster x ON x.person_id = r.person_id
    WHERE r.class_id = $2 AND r.cancelled_at IS NULL
      AND COALESCE(x.canonical_id, r.person_id) = COALESCE(k.canonical_id, p.id))
FROM person p
JOIN affiliation a ON a.person_id = p.id AND a.valid_from <= $3
  AND (a.valid_to IS NULL OR $3 < a.valid_to)
JOIN unit_place u ON u.unit_id = a.unit_id
LEFT JOIN person_cluster k ON k.person_id = p.id
WHERE EXISTS (SELECT 1 FROM {spans:$1} s WHERE u.pos BETWEEN s.lo AND s.hi)
  AND ((p.name_fold = $4 AND (p.birth_year IS NULL OR CAST($5 AS integer) IS NULL
      OR p.birth_year BETWEEN $5 - 1 AND $5 + 1))
    OR p.phone = $6)
ORDER BY p.name_sort, p.id, CASE a.kind WHEN 'resident' THEN 0 ELSE 1 END, a.id LIMIT 40
-- name: likely_elsewhere
-- Those who also belong to the scope were named already.
SELECT CAST(COUNT(DISTINCT COALESCE(k.canonical_id, p.id)) AS bigint)
FROM person p
JOIN affiliation a ON a.person_id = p.id AND a.valid_from <= $4
  AND (a.valid_to IS NULL OR $4 < a.valid_to)
JOIN unit_place u ON u.unit_id = a.unit_id
LEFT JOIN person_cluster k ON k.person_id = p.id
WHERE u.pos BETWEEN $2 AND $3
  AND ((p.name_fold = $5 AND (p.birth_year IS NULL OR CAST($6 AS integer) IS NULL
      OR p.birth_year BETWEEN $6 - 1 AND $6 + 1))
    OR p.phone = $7)
  AND NOT EXISTS (
    SELECT 1 FROM affiliation b JOIN unit_place w ON w.unit_id = b.unit_id
    WHERE b.person_id = p.id AND b.valid_from <= $4 AND (b.valid_to IS NULL OR $4 < b.valid_to)
      AND EXISTS (SELECT 1 FROM {spans:$1} s WHERE w.pos BETWEEN s.lo AND s.hi))
-- name: within
SELECT COUNT(*) FROM affiliation a JOIN unit_place u ON u.unit_id = a.unit_id
WHERE a.person_id = $1 AND EXISTS (SELECT 1 FROM {spans:$2} s WHERE u.pos BETWEEN s.lo AND s.hi)
  AND a.valid_from <= $3 AND (a.valid_to IS NULL OR $3 < a.valid_to)

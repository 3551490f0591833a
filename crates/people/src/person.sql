-- name: get
SELECT id, full_name, birth_date, birth_year, sex, ethnicity, citizen_id, old_id, phone, email,
  created_at
FROM person WHERE id = $1
-- name: by_citizen_id
SELECT id, full_name, birth_date, birth_year, sex, ethnicity, citizen_id, old_id, phone, email,
  created_at
FROM person WHERE citizen_id = $1 ORDER BY id
-- name: by_name
SELECT id, full_name, birth_date, birth_year, sex, ethnicity, citizen_id, old_id, phone, email,
  created_at
FROM person
WHERE name_fold = $1 AND (birth_year = $2 OR birth_year IS NULL OR CAST($2 AS integer) IS NULL)
ORDER BY id
-- name: positions
SELECT DISTINCT u.pos FROM affiliation a JOIN unit_place u ON u.unit_id = a.unit_id
WHERE a.person_id = $1 AND a.valid_from <= $2 AND (a.valid_to IS NULL OR $2 < a.valid_to)
ORDER BY u.pos
-- name: page
SELECT p.id, p.full_name, p.birth_date, p.birth_year, u.path, a.position,
  (SELECT c.login FROM account c WHERE c.person_id = p.id AND c.closed_at IS NULL
   ORDER BY c.id LIMIT 1),
  p.name_sort
FROM person p
JOIN affiliation a ON a.id = (
  SELECT b.id FROM affiliation b JOIN unit_place v ON v.unit_id = b.unit_id
  WHERE b.person_id = p.id AND b.valid_from <= $2 AND (b.valid_to IS NULL OR $2 < b.valid_to)
    AND EXISTS (SELECT 1 FROM {spans:$1} s WHERE v.pos BETWEEN s.lo AND s.hi)
  ORDER BY CASE b.kind WHEN 'staff' THEN 0 ELSE 1 END, b.valid_from DESC, b.id LIMIT 1)
JOIN unit_place u ON u.unit_id = a.unit_id
WHERE (CAST($3 AS text) IS NULL OR p.name_fold LIKE $3 OR p.name_fold LIKE $4)
  AND (CAST($5 AS text) IS NULL OR p.name_sort > $5 OR (p.name_sort = $5 AND p.id > $6))
ORDER BY p.name_sort, p.id LIMIT $7

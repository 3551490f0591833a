-- name: get
SELECT t.id, t.kind, t.unit_id, t.code, t.name, t.name_sort, t.valid_from, t.valid_to, t.import_id,
  t.withdrawn_at, u.path, u.pos
FROM thing t JOIN unit_place u ON u.unit_id = t.unit_id
WHERE t.id = $1 AND t.withdrawn_at IS NULL
-- name: sort_of
SELECT name_sort, id FROM thing WHERE id = $1
-- name: page
SELECT t.id, t.kind, t.unit_id, t.code, t.name, t.name_sort, t.valid_from, t.valid_to, t.import_id,
  t.withdrawn_at, u.path, u.pos
FROM thing t JOIN unit_place u ON u.unit_id = t.unit_id
WHERE t.withdrawn_at IS NULL AND (CAST($2 AS text) IS NULL OR t.kind = $2)
  AND (CAST($3 AS text) IS NULL OR t.name_fold LIKE $3 OR t.name_fold LIKE $4)
  AND (t.name_sort, t.id) > ($5, $6)
  AND EXISTS (SELECT 1 FROM {spans:$1} s WHERE u.pos BETWEEN s.lo AND s.hi)
ORDER BY t.name_sort, t.id LIMIT $7

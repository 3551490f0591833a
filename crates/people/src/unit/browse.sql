-- name: in_scope
SELECT u.unit_id, u.parent_id, u.commune_id, u.kind, u.code, u.name, u.path, u.sort, u.pos, u.last,
  u.depth
FROM unit_place u
WHERE NOT u.gone
  AND EXISTS (SELECT 1 FROM {spans:$1} s WHERE u.pos BETWEEN s.lo AND s.hi) ORDER BY u.pos
-- name: above_villages
SELECT u.unit_id, u.parent_id, u.commune_id, u.kind, u.code, u.name, u.path, u.sort, u.pos, u.last,
  u.depth
FROM unit_place u
WHERE u.kind <> $2 AND NOT u.gone
  AND EXISTS (SELECT 1 FROM {spans:$1} s WHERE u.pos BETWEEN s.lo AND s.hi) ORDER BY u.pos
-- name: at
SELECT unit_id, parent_id, commune_id, kind, code, name, path, sort, pos, last, depth
FROM unit_place WHERE pos = $1 AND NOT gone
-- name: count_in_scope
SELECT COUNT(*) FROM unit_place u
WHERE NOT u.gone
  AND EXISTS (SELECT 1 FROM {spans:$1} s WHERE u.pos BETWEEN s.lo AND s.hi)
-- name: names
SELECT id, name, valid_from, valid_to FROM unit_name
WHERE unit_id = $1 AND (valid_to IS NULL OR valid_from < valid_to)
ORDER BY valid_from DESC, id DESC
-- name: people_below
SELECT c.unit_id, COUNT(DISTINCT COALESCE(k.canonical_id, f.person_id))
FROM unit_place c
JOIN unit_place u ON u.pos BETWEEN c.pos AND c.last
JOIN affiliation f ON f.unit_id = u.unit_id
LEFT JOIN person_cluster k ON k.person_id = f.person_id
WHERE c.parent_id = $1 AND NOT c.gone AND f.valid_from <= $2 AND (f.valid_to IS NULL OR $2 < f.valid_to)
GROUP BY c.unit_id
-- name: people_in
SELECT COUNT(DISTINCT COALESCE(k.canonical_id, f.person_id))
FROM affiliation f LEFT JOIN person_cluster k ON k.person_id = f.person_id
WHERE f.unit_id = $1 AND f.valid_from <= $2 AND (f.valid_to IS NULL OR $2 < f.valid_to)

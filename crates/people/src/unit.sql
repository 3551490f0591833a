-- name: standing
SELECT u.id, u.kind,
  (SELECT n.name FROM unit_name n WHERE n.unit_id = u.id AND n.valid_from <= $1
     AND (n.valid_to IS NULL OR $1 < n.valid_to) ORDER BY n.valid_from DESC, n.id DESC LIMIT 1),
  (SELECT p.parent_id FROM unit_parent p WHERE p.unit_id = u.id AND p.valid_from <= $1
     AND (p.valid_to IS NULL OR $1 < p.valid_to) ORDER BY p.valid_from DESC, p.id DESC LIMIT 1),
  (SELECT c.code FROM unit_code c WHERE c.unit_id = u.id AND NOT c.alias ORDER BY c.id LIMIT 1)
FROM unit u
WHERE u.valid_from <= $1 AND (u.valid_to IS NULL OR $1 < u.valid_to)
-- name: clear_places
DELETE FROM unit_place
-- name: add_place
INSERT INTO unit_place (unit_id, parent_id, commune_id, kind, code, name, path, sort, pos, last,
  depth)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
-- name: place
SELECT unit_id, parent_id, commune_id, kind, code, name, path, sort, pos, last, depth
FROM unit_place WHERE unit_id = $1
-- name: root
SELECT unit_id, parent_id, commune_id, kind, code, name, path, sort, pos, last, depth
FROM unit_place WHERE pos = 0
-- name: children
SELECT unit_id, parent_id, commune_id, kind, code, name, path, sort, pos, last, depth
FROM unit_place WHERE parent_id = $1 ORDER BY sort, pos
-- name: all
SELECT unit_id, parent_id, commune_id, kind, code, name, path, sort, pos, last, depth
FROM unit_place ORDER BY pos
-- name: within
SELECT unit_id, parent_id, commune_id, kind, code, name, path, sort, pos, last, depth
FROM unit_place WHERE pos BETWEEN $1 AND $2 AND kind = $3 ORDER BY pos
-- name: above
SELECT a.unit_id, a.parent_id, a.commune_id, a.kind, a.code, a.name, a.path, a.sort, a.pos, a.last,
  a.depth
FROM unit_place u JOIN unit_place a ON a.pos <= u.pos AND u.pos <= a.last
WHERE u.unit_id = $1 ORDER BY a.depth DESC
-- name: by_code
SELECT p.unit_id, p.parent_id, p.commune_id, p.kind, p.code, p.name, p.path, p.sort, p.pos, p.last,
  p.depth
FROM unit_code c JOIN unit_place p ON p.unit_id = c.unit_id
WHERE c.code = $1 ORDER BY c.alias, p.pos LIMIT 1
-- name: codes
SELECT unit_id, code, alias FROM unit_code ORDER BY code, unit_id

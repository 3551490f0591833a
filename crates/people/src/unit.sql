-- name: standing
SELECT id, valid_from, valid_to FROM unit ORDER BY id
-- name: lying
SELECT unit_id, parent_id, valid_from, valid_to FROM unit_parent ORDER BY valid_from, id
-- name: successions
SELECT s.from_id, s.to_id, c.on_day, s.share, s.main, s.rank
FROM unit_succession s JOIN unit_change c ON c.id = s.change_id
WHERE c.withdrawn_at IS NULL ORDER BY c.on_day, s.rank, s.id
-- name: labels
SELECT u.id, u.kind,
  (SELECT n.name FROM unit_name n
   WHERE n.unit_id = u.id AND (n.valid_to IS NULL OR n.valid_from < n.valid_to)
   ORDER BY CASE WHEN n.valid_from <= $1 AND (n.valid_to IS NULL OR $1 < n.valid_to) THEN 0 ELSE 1
     END, n.valid_from DESC, n.id DESC LIMIT 1),
  (SELECT c.code FROM unit_code c WHERE c.unit_id = u.id AND NOT c.alias ORDER BY c.id LIMIT 1)
FROM unit u
-- name: clear_places
DELETE FROM unit_place
-- name: add_place
INSERT INTO unit_place (unit_id, parent_id, commune_id, kind, code, name, path, sort, pos, last,
  depth, gone)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
-- name: place
SELECT unit_id, parent_id, commune_id, kind, code, name, path, sort, pos, last, depth
FROM unit_place WHERE unit_id = $1 AND NOT gone
-- name: any
SELECT unit_id, parent_id, commune_id, kind, code, name, path, sort, pos, last, depth
FROM unit_place WHERE unit_id = $1
-- name: root
SELECT unit_id, parent_id, commune_id, kind, code, name, path, sort, pos, last, depth
FROM unit_place WHERE pos = 0
-- name: children
SELECT unit_id, parent_id, commune_id, kind, code, name, path, sort, pos, last, depth
FROM unit_place WHERE parent_id = $1 AND NOT gone ORDER BY sort, pos
-- name: all
SELECT unit_id, parent_id, commune_id, kind, code, name, path, sort, pos, last, depth
FROM unit_place WHERE NOT gone ORDER BY pos
-- name: every
SELECT unit_id, parent_id, commune_id, kind, code, name, path, sort, pos, last, depth
FROM unit_place ORDER BY pos
-- name: gone
SELECT unit_id, parent_id FROM unit_place WHERE gone AND parent_id IS NOT NULL ORDER BY pos
-- name: heir
SELECT p.unit_id, p.parent_id, p.commune_id, p.kind, p.code, p.name, p.path, p.sort, p.pos, p.last,
  p.depth
FROM unit_place g JOIN unit_place p
  ON p.unit_id = CASE WHEN g.gone THEN g.parent_id ELSE g.unit_id END
WHERE g.unit_id = $1
-- name: within
SELECT unit_id, parent_id, commune_id, kind, code, name, path, sort, pos, last, depth
FROM unit_place WHERE pos BETWEEN $1 AND $2 AND kind = $3 AND NOT gone ORDER BY pos
-- name: above
SELECT a.unit_id, a.parent_id, a.commune_id, a.kind, a.code, a.name, a.path, a.sort, a.pos, a.last,
  a.depth
FROM unit_place u JOIN unit_place a ON a.pos <= u.pos AND u.pos <= a.last
WHERE u.unit_id = $1 ORDER BY a.depth DESC
-- name: by_code
SELECT p.unit_id, p.parent_id, p.commune_id, p.kind, p.code, p.name, p.path, p.sort, p.pos, p.last,
  p.depth
FROM unit_code c JOIN unit u ON u.id = c.unit_id JOIN unit_place g ON g.unit_id = c.unit_id
JOIN unit_place p ON p.unit_id = CASE WHEN g.gone THEN g.parent_id ELSE g.unit_id END
WHERE c.code = $1 AND (NOT g.gone OR u.valid_to IS NOT NULL)
ORDER BY g.gone, c.alias, p.pos LIMIT 1
-- name: codes
SELECT c.unit_id, c.code, c.alias FROM unit_code c
WHERE EXISTS (SELECT 1 FROM unit u WHERE u.id = c.unit_id
  AND (u.valid_to IS NULL OR u.valid_from < u.valid_to)) ORDER BY c.code, c.unit_id

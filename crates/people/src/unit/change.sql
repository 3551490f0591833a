-- name: all
SELECT id, kind, on_day, title, legal_basis, made_at, withdrawn_at FROM unit_change
ORDER BY on_day DESC, made_at DESC, id DESC
-- name: get
SELECT id, kind, on_day, title, legal_basis, made_at, withdrawn_at FROM unit_change WHERE id = $1
-- name: followed
SELECT s.from_id, s.to_id,
  (SELECT n.name FROM unit_name n WHERE n.unit_id = s.from_id AND n.valid_from < c.on_day
   ORDER BY n.valid_from DESC, n.id DESC LIMIT 1),
  (SELECT n.name FROM unit_name n WHERE n.unit_id = s.to_id AND n.valid_from <= c.on_day
   ORDER BY n.valid_from DESC, n.id DESC LIMIT 1),
  s.share, s.main
FROM unit_succession s JOIN unit_change c ON c.id = s.change_id
WHERE s.change_id = $1 ORDER BY s.rank, s.id
-- name: traces
SELECT noun, row_id, unit_id, part FROM unit_change_row WHERE change_id = $1 ORDER BY id
-- name: of_unit
SELECT c.id, c.kind, c.on_day, c.title, c.legal_basis, c.made_at, c.withdrawn_at FROM unit_change c
WHERE EXISTS (SELECT 1 FROM unit_change_row r WHERE r.change_id = c.id AND r.unit_id = $1)
  OR EXISTS (SELECT 1 FROM unit_succession s
    WHERE s.change_id = c.id AND (s.from_id = $1 OR s.to_id = $1))
ORDER BY c.on_day DESC, c.made_at DESC, c.id DESC
-- name: units
SELECT id, kind, form, valid_from, valid_to FROM unit ORDER BY id
-- name: names
SELECT id, unit_id, name, form, valid_from, valid_to FROM unit_name ORDER BY valid_from, id
-- name: parents
SELECT id, unit_id, parent_id, valid_from, valid_to FROM unit_parent ORDER BY valid_from, id
-- name: codes
SELECT code, unit_id FROM unit_code ORDER BY code, unit_id
-- name: touched
SELECT r.unit_id, c.on_day, c.title FROM unit_change_row r JOIN unit_change c ON c.id = r.change_id
WHERE c.withdrawn_at IS NULL
UNION
SELECT s.from_id, c.on_day, c.title FROM unit_succession s JOIN unit_change c ON c.id = s.change_id
WHERE c.withdrawn_at IS NULL
UNION
SELECT s.to_id, c.on_day, c.title FROM unit_succession s JOIN unit_change c ON c.id = s.change_id
WHERE c.withdrawn_at IS NULL
-- name: later
SELECT c.title, c.on_day FROM unit_change c
WHERE c.id <> $1 AND c.withdrawn_at IS NULL AND c.on_day >= $2 AND (
  EXISTS (SELECT 1 FROM unit_change_row r JOIN unit_change_row o ON o.unit_id = r.unit_id
    WHERE r.change_id = c.id AND o.change_id = $1)
  OR EXISTS (SELECT 1 FROM unit_succession s JOIN unit_change_row o
    ON o.unit_id = s.from_id OR o.unit_id = s.to_id
    WHERE s.change_id = c.id AND o.change_id = $1)
  OR EXISTS (SELECT 1 FROM unit_change_row r JOIN unit_succession o
    ON r.unit_id = o.to_id OR r.unit_id = o.from_id
    WHERE r.change_id = c.id AND o.change_id = $1)
  OR EXISTS (SELECT 1 FROM unit_parent p JOIN unit_change_row o
    ON o.unit_id = p.parent_id AND o.noun = 'unit' AND o.part = 'began' AND o.change_id = $1
    JOIN unit_change_row r ON r.row_id = p.id AND r.part = 'began' WHERE r.change_id = c.id))
ORDER BY c.on_day LIMIT 1
-- name: appointed
SELECT a.id, a.person_id, a.role, a.unit_id, a.valid_from, p.full_name
FROM appointment a JOIN person p ON p.id = a.person_id
WHERE a.unit_id {in:$1} AND a.valid_from < $2 AND (a.valid_to IS NULL OR $2 < a.valid_to)
ORDER BY a.unit_id, a.role, a.id
-- name: belonging
SELECT u.id,
  (SELECT COUNT(*) FROM affiliation a WHERE a.unit_id = u.id
   AND (a.valid_to IS NULL OR a.valid_from < a.valid_to)),
  (SELECT COUNT(*) FROM appointment a WHERE a.unit_id = u.id
   AND (a.valid_to IS NULL OR a.valid_from < a.valid_to)
   AND NOT EXISTS (SELECT 1 FROM unit_change_row r WHERE r.row_id = a.id AND r.change_id = $2)),
  (SELECT COUNT(*) FROM unit_parent p WHERE p.parent_id = u.id
   AND (p.valid_to IS NULL OR p.valid_from < p.valid_to)
   AND NOT EXISTS (SELECT 1 FROM unit_change_row r WHERE r.row_id = p.id AND r.change_id = $2))
FROM unit u WHERE u.id {in:$1} ORDER BY u.id
-- name: appointee
SELECT person_id FROM appointment WHERE id = $1
-- name: people
SELECT COUNT(DISTINCT COALESCE(k.canonical_id, f.person_id))
FROM unit_place t JOIN unit_place u ON u.pos BETWEEN t.pos AND t.last
JOIN affiliation f ON f.unit_id = u.unit_id
LEFT JOIN person_cluster k ON k.person_id = f.person_id
WHERE t.unit_id {in:$1} AND f.valid_from <= $2 AND (f.valid_to IS NULL OR $2 < f.valid_to)
-- name: accounts
SELECT COUNT(*) FROM account a WHERE a.closed_at IS NULL AND a.person_id IN (
  SELECT f.person_id FROM unit_place t JOIN unit_place u ON u.pos BETWEEN t.pos AND t.last
  JOIN affiliation f ON f.unit_id = u.unit_id
  WHERE t.unit_id {in:$1} AND f.valid_from <= $2 AND (f.valid_to IS NULL OR $2 < f.valid_to))
-- name: sisters
SELECT p.parent_id, p.name, p.unit_id FROM unit_place p
WHERE NOT p.gone AND p.parent_id IS NOT NULL AND (p.parent_id {in:$1} OR p.unit_id {in:$2})
-- name: in_scope
SELECT c.id, c.kind, c.on_day, c.title, c.legal_basis, c.made_at, c.withdrawn_at FROM unit_change c
WHERE EXISTS (SELECT 1 FROM unit_change_row r JOIN unit_parent p ON p.unit_id = r.unit_id
    JOIN unit_place u ON u.unit_id = p.parent_id
    JOIN {spans:$1} s ON u.pos BETWEEN s.lo AND s.hi WHERE r.change_id = c.id)
  OR EXISTS (SELECT 1 FROM unit_change_row r JOIN unit_place u ON u.unit_id = r.unit_id
    JOIN {spans:$1} s ON u.pos BETWEEN s.lo AND s.hi WHERE r.change_id = c.id)
ORDER BY c.on_day DESC, c.made_at DESC, c.id DESC
-- name: any
SELECT EXISTS (SELECT 1 FROM unit_change WHERE withdrawn_at IS NULL)

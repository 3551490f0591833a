-- name: get
SELECT id, unit_id, title, legal_basis, valid_from, valid_to FROM plan WHERE id = $1
-- name: in_scope
SELECT p.id, p.unit_id, p.title, p.legal_basis, p.valid_from, p.valid_to
FROM plan p JOIN unit_place u ON u.unit_id = p.unit_id
WHERE EXISTS (SELECT 1 FROM {spans:$1} s WHERE u.pos BETWEEN s.lo AND s.hi)
ORDER BY p.valid_from DESC, p.title, p.id

-- name: get
SELECT id, unit_id, number, title, legal_basis, issuer, issued_on, valid_from, valid_to,
  replaced_by, template
FROM plan WHERE id = $1
-- name: in_scope
SELECT p.id, p.unit_id, p.number, p.title, p.legal_basis, p.issuer, p.issued_on, p.valid_from,
  p.valid_to, p.replaced_by, p.template
FROM plan p JOIN unit_place u ON u.unit_id = p.unit_id
WHERE EXISTS (SELECT 1 FROM {spans:$1} s WHERE u.pos BETWEEN s.lo AND s.hi)
ORDER BY p.valid_from DESC, p.title, p.id
-- name: concerning
SELECT p.id, p.unit_id, p.number, p.title, p.legal_basis, p.issuer, p.issued_on, p.valid_from,
  p.valid_to, p.replaced_by, p.template
FROM plan p JOIN unit_place u ON u.unit_id = p.unit_id
WHERE EXISTS (SELECT 1 FROM {spans:$1} s WHERE u.pos <= s.hi AND s.lo <= u.last)
ORDER BY p.valid_from DESC, p.title, p.id
-- name: replaced
SELECT id, unit_id, number, title, legal_basis, issuer, issued_on, valid_from, valid_to,
  replaced_by, template
FROM plan WHERE replaced_by = $1 ORDER BY valid_from, id
-- name: counts
SELECT plan_id, CAST(SUM(targets) AS bigint), CAST(SUM(tasks) AS bigint)
FROM (
  SELECT plan_id, 1 AS targets, 0 AS tasks FROM target WHERE withdrawn_at IS NULL
  UNION ALL
  SELECT plan_id, 0, 1 FROM task WHERE withdrawn_at IS NULL
) a GROUP BY plan_id
-- name: of_unit
SELECT id, unit_id, number, title, legal_basis, issuer, issued_on, valid_from, valid_to,
  replaced_by, template
FROM plan WHERE unit_id = $1 ORDER BY id

-- name: former
SELECT n.unit_id, n.name FROM unit_name n JOIN unit_place p ON p.unit_id = n.unit_id AND NOT p.gone
WHERE n.valid_to IS NOT NULL AND n.valid_from < n.valid_to AND n.name <> p.name
-- name: gone
SELECT u.id,
  (SELECT n.name FROM unit_name n WHERE n.unit_id = u.id
   ORDER BY n.valid_from DESC, n.id DESC LIMIT 1),
  (SELECT c.code FROM unit_code c WHERE c.unit_id = u.id AND NOT c.alias ORDER BY c.id LIMIT 1),
  (SELECT p.parent_id FROM unit_parent p WHERE p.unit_id = u.id
   ORDER BY p.valid_from DESC, p.id DESC LIMIT 1)
FROM unit u
WHERE u.valid_to IS NOT NULL AND u.valid_from < u.valid_to
  AND NOT EXISTS (SELECT 1 FROM unit_place p WHERE p.unit_id = u.id AND NOT p.gone)
ORDER BY u.id
-- name: old
SELECT o.code, o.name, o.district, o.province, p.unit_id
FROM old_ward o JOIN unit_code c ON c.code = o.new_code JOIN unit_place g ON g.unit_id = c.unit_id
JOIN unit_place p ON p.unit_id = CASE WHEN g.gone THEN g.parent_id ELSE g.unit_id END
WHERE o.no > 0 ORDER BY o.no

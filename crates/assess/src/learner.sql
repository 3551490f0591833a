-- name: unit
SELECT f.unit_id FROM affiliation f JOIN unit_place u ON u.unit_id = f.unit_id
WHERE f.person_id {in:$1} AND f.valid_from <= $2 AND (f.valid_to IS NULL OR $2 < f.valid_to)
ORDER BY CASE f.kind WHEN 'staff' THEN 0 WHEN 'worker' THEN 1 WHEN 'pupil' THEN 2 ELSE 3 END,
  f.valid_from DESC, f.id
LIMIT 1

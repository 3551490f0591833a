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
WHERE a.person_id {in:$1} AND a.valid_from <= $2 AND (a.valid_to IS NULL OR $2 < a.valid_to)
ORDER BY u.pos
-- name: last_position
SELECT u.pos FROM affiliation a JOIN unit_place u ON u.unit_id = a.unit_id
WHERE a.person_id {in:$1} ORDER BY a.valid_from DESC, a.id DESC LIMIT 1

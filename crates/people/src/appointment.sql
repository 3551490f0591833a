-- name: end_of
SELECT valid_to FROM appointment WHERE id = $1
-- name: of_person
SELECT a.role, a.unit_id, u.pos, u.last, a.valid_from, a.valid_to
FROM appointment a JOIN unit_place u ON u.unit_id = a.unit_id
WHERE a.person_id = $1 ORDER BY u.pos, a.role, a.id
-- name: of_persons
SELECT a.id, a.person_id, a.role, a.unit_id, u.path, u.pos, a.valid_from, a.valid_to
FROM appointment a JOIN unit_place u ON u.unit_id = a.unit_id
WHERE a.person_id {in:$1} ORDER BY u.pos, a.valid_from, a.id

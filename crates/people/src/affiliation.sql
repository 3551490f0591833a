-- name: of_persons
SELECT id, person_id, unit_id, kind, category, position, title, rank_code, valid_from, valid_to
FROM affiliation WHERE person_id {in:$1} ORDER BY person_id, valid_from, id

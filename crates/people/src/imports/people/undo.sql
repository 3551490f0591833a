-- name: has_record
SELECT EXISTS (SELECT 1 FROM statement WHERE person_id = $1)
-- name: is_merged
SELECT EXISTS (SELECT 1 FROM person_merge WHERE person_a = $1 OR person_b = $1)

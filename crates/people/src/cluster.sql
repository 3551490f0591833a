-- name: canonical
SELECT canonical_id FROM person_cluster WHERE person_id = $1
-- name: members
SELECT person_id FROM person_cluster WHERE canonical_id = $1 ORDER BY person_id
-- name: all
SELECT person_id, canonical_id FROM person_cluster ORDER BY person_id
-- name: edge
SELECT id FROM person_merge WHERE person_a = $1 AND person_b = $2 AND ended_at IS NULL
-- name: get
SELECT id, person_a, person_b FROM person_merge WHERE id = $1 AND ended_at IS NULL
-- name: beside
SELECT person_b FROM person_merge WHERE person_a = $1 AND ended_at IS NULL
UNION SELECT person_a FROM person_merge WHERE person_b = $1 AND ended_at IS NULL
-- name: forget
DELETE FROM person_cluster WHERE person_id = $1
-- name: forget_all
DELETE FROM person_cluster
-- name: edges
SELECT person_a, person_b FROM person_merge WHERE ended_at IS NULL
-- name: remember
INSERT INTO person_cluster (person_id, canonical_id) VALUES ($1, $2)
-- name: list_of
SELECT id, person_a, person_b FROM person_merge
WHERE (person_a {in:$1} OR person_b {in:$1}) AND ended_at IS NULL ORDER BY id

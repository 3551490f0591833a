-- name: with_number
SELECT id, full_name, birth_date, birth_year, sex, ethnicity, citizen_id, old_id, phone, email,
  created_at
FROM person WHERE citizen_id {in:$1}
UNION
SELECT id, full_name, birth_date, birth_year, sex, ethnicity, citizen_id, old_id, phone, email,
  created_at
FROM person WHERE old_id {in:$2}
-- name: with_name
SELECT id, full_name, birth_date, birth_year, sex, ethnicity, citizen_id, old_id, phone, email,
  created_at
FROM person WHERE birth_year = $1 AND name_fold {in:$2}
-- name: clusters
SELECT m.person_id, m.canonical_id FROM person_cluster m
WHERE m.canonical_id IN (SELECT c.canonical_id FROM person_cluster c WHERE c.person_id {in:$1})
-- name: of_ids
SELECT id, full_name, birth_date, birth_year, sex, ethnicity, citizen_id, old_id, phone, email,
  created_at
FROM person WHERE id {in:$1}
-- name: with_account
SELECT DISTINCT person_id FROM account WHERE person_id {in:$1} AND closed_at IS NULL

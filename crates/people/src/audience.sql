-- name: get
SELECT id, code, name_vi, name_en, affiliation_kind, categories, age_from, age_below
FROM audience WHERE id = $1
-- name: by_code
SELECT id, code, name_vi, name_en, affiliation_kind, categories, age_from, age_below
FROM audience WHERE code = $1
-- name: all
SELECT id, code, name_vi, name_en, affiliation_kind, categories, age_from, age_below
FROM audience ORDER BY code

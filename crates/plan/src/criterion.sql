-- name: get
SELECT id, code, title_vi, title_en, subject, source, valid_from, valid_to
FROM criterion WHERE id = $1
-- name: all
SELECT id, code, title_vi, title_en, subject, source, valid_from, valid_to
FROM criterion ORDER BY COALESCE(code, ''), title_vi, id

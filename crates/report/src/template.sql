-- name: get
SELECT id, form_id, title, body FROM report_template WHERE id = $1 AND withdrawn_at IS NULL
-- name: of
SELECT id, form_id, title, body FROM report_template
WHERE form_id = $1 AND withdrawn_at IS NULL ORDER BY made_at, id

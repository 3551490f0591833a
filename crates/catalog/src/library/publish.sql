-- name: lessons
SELECT id, withdrawn_at IS NOT NULL FROM lesson WHERE course_id = $1 ORDER BY no
-- name: item
SELECT id, item_id, version, body FROM item WHERE id = $1

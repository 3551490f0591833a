-- name: set
INSERT INTO bookmark (person_id, lesson_id, step, at) VALUES ($1, $2, $3, $4)
ON CONFLICT (person_id, lesson_id) DO UPDATE SET step = excluded.step, at = excluded.at
-- name: find
SELECT lesson_id, step, at FROM bookmark WHERE person_id {in:$1} AND lesson_id = $2
ORDER BY at DESC LIMIT 1
-- name: list
SELECT lesson_id, step, at FROM bookmark WHERE person_id {in:$1} ORDER BY at DESC, lesson_id

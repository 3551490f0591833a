-- name: of_course
SELECT name, mime, hash, width, height, CAST(length(bytes) AS bigint) FROM media
WHERE course_id = $1 ORDER BY name
-- name: find
SELECT m.name, m.mime, m.hash, m.width, m.height, CAST(length(m.bytes) AS bigint)
FROM course c JOIN media m ON m.course_id = c.id
WHERE c.slug = $1 AND m.name = $2
-- name: bytes
SELECT substr(m.bytes, CAST($3 AS integer), CAST($4 AS integer))
FROM course c JOIN media m ON m.course_id = c.id
WHERE c.slug = $1 AND m.name = $2
-- name: remove
DELETE FROM media WHERE course_id = $1 AND name = $2
-- name: add
INSERT INTO media (course_id, name, mime, hash, width, height, bytes)
VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: of_course
SELECT id, course_id, no, slug, title_vi, title_en, minutes, questions, hash FROM lesson
WHERE course_id = $1 AND withdrawn_at IS NULL ORDER BY no
-- name: all
SELECT id, course_id, no, slug, title_vi, title_en, minutes, questions, hash FROM lesson
WHERE withdrawn_at IS NULL ORDER BY course_id, no
-- name: by_id
SELECT id, course_id, no, slug, title_vi, title_en, minutes, questions, hash FROM lesson WHERE id = $1
-- name: text
SELECT c.slug, l.body_vi, l.body_en
FROM lesson l JOIN course c ON c.id = l.course_id
WHERE l.id = $1
-- name: items
SELECT i.item_id, i.version FROM item i
WHERE i.lesson_id = $1
  AND i.version = (SELECT MAX(n.version) FROM item n WHERE n.item_id = i.item_id)
ORDER BY i.no, i.item_id

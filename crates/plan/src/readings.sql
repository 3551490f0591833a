-- name: register_touched
SELECT EXISTS (SELECT 1 FROM journal
  WHERE node = $1 AND seq > $2 AND seq <= $3
    AND noun NOT IN ('person', 'person_merge', 'affiliation', 'account', 'slip', 'consent',
      'duplicate', 'class', 'meeting', 'registration', 'assignment', 'import_file'))
-- name: books_of
SELECT no, moved, filled FROM reading_book
WHERE measure_id = $1 AND state IN ('open', 'filling') ORDER BY no
-- name: all_books
SELECT CAST(COALESCE(MAX(no), 0) AS bigint), CAST(COALESCE(SUM(moved), 0) AS bigint)
FROM reading_book
-- name: moved
UPDATE reading_book SET moved = moved + 1 WHERE no = $1
-- name: people
SELECT COUNT(*) FROM person
-- name: units
SELECT COUNT(*) FROM unit
-- name: things
SELECT COUNT(*) FROM thing
-- name: classes
SELECT COUNT(*) FROM class
-- name: edited
SELECT DISTINCT person_id FROM journal
WHERE node = $1 AND seq > $2 AND seq <= $3 AND noun IN ('person', 'affiliation')
  AND person_id IS NOT NULL
-- name: merged
SELECT m.person_a, m.person_b FROM journal j JOIN person_merge m ON m.id = j.row_id
WHERE j.node = $1 AND j.seq > $2 AND j.seq <= $3 AND j.noun = 'person_merge'
-- name: edited_units
SELECT DISTINCT row_id FROM journal
WHERE node = $1 AND seq > $2 AND seq <= $3 AND noun = 'unit'
-- name: edited_classes
SELECT row_id FROM journal WHERE node = $1 AND seq > $2 AND seq <= $3 AND noun = 'class'
UNION SELECT m.class_id FROM journal j JOIN meeting m ON m.id = j.row_id
WHERE j.node = $1 AND j.seq > $2 AND j.seq <= $3 AND j.noun = 'meeting'
-- name: edited_things
SELECT row_id, changes FROM journal
WHERE node = $1 AND seq > $2 AND seq <= $3 AND noun = 'thing'
-- name: unit_of_thing
SELECT unit_id FROM thing WHERE id = $1
-- name: tree_there
SELECT EXISTS (SELECT 1 FROM reading_tree)
-- name: tree
SELECT unit_id, parent_id FROM reading_tree
-- name: places
SELECT unit_id, parent_id FROM unit_place
-- name: counted
SELECT EXISTS (SELECT 1 FROM reading_book b JOIN reading_sum s ON s.no = b.no
  WHERE s.unit_id = $1 AND b.state <> 'closed')
-- name: things_there
SELECT EXISTS (SELECT 1 FROM thing)
-- name: tree_forget
DELETE FROM reading_tree WHERE unit_id = $1
-- name: tree_add
INSERT INTO reading_tree (unit_id, parent_id) VALUES ($1, $2)
-- name: above
WITH RECURSIVE above (unit_id, up) AS (
  SELECT unit_id, parent_id FROM reading_tree WHERE unit_id {in:$1}
  UNION ALL
  SELECT a.unit_id, t.parent_id FROM above a JOIN reading_tree t ON t.unit_id = a.up
)
SELECT unit_id, up FROM above WHERE up IS NOT NULL
-- name: books
SELECT no, measure_id, rule, state, filled_to FROM reading_book ORDER BY no
-- name: add_book
INSERT INTO reading_book (no, measure_id, rule, state, filled_to, filled, moved)
VALUES ($1, $2, $3, 'filling', NULL, 0, 0)
-- name: set_state
UPDATE reading_book SET state = $2 WHERE no = $1
-- name: set_rule
UPDATE reading_book SET rule = $2 WHERE no = $1
-- name: close_filling
UPDATE reading_book SET state = 'closed' WHERE state = 'filling'
-- name: stale
UPDATE reading_book SET rule = ''
-- name: close_others
UPDATE reading_book SET state = 'closed' WHERE measure_id = $1 AND no <> $2
-- name: filled
UPDATE reading_book SET filled_to = $2, filled = filled + $3 WHERE no = $1
-- name: closed
SELECT no FROM reading_book WHERE state = 'closed' ORDER BY no LIMIT 1
-- name: nth_subject
SELECT subject_id FROM reading_interval WHERE no = $1 ORDER BY subject_id LIMIT 1 OFFSET $2
-- name: clear_some
DELETE FROM reading_interval WHERE no = $1 AND subject_id <= $2
-- name: clear_intervals
DELETE FROM reading_interval WHERE no = $1
-- name: clear_sums
DELETE FROM reading_sum WHERE no = $1
-- name: clear_zeros
DELETE FROM reading_sum WHERE no = $1 AND met = 0 AND base = 0
-- name: drop_book
DELETE FROM reading_book WHERE no = $1
-- name: unfinished
SELECT EXISTS (SELECT 1 FROM reading_book WHERE state IN ('filling', 'closed'))
-- name: least_filled
SELECT filled FROM reading_book WHERE state = 'filling' ORDER BY filled LIMIT 1
-- name: filling
SELECT filled FROM reading_book
WHERE measure_id = $1 AND state = 'filling' ORDER BY no DESC LIMIT 1
-- name: open_book
SELECT no FROM reading_book WHERE measure_id = $1 AND state = 'open'
-- name: next_people
SELECT id FROM person WHERE id > $1 ORDER BY id LIMIT $2
-- name: next_units
SELECT id FROM unit WHERE id > $1 ORDER BY id LIMIT $2
-- name: next_things
SELECT id FROM thing WHERE id > $1 ORDER BY id LIMIT $2
-- name: next_classes
SELECT id FROM class WHERE id > $1 ORDER BY id LIMIT $2
-- name: units_of
SELECT id, kind, valid_from, valid_to FROM unit WHERE id {in:$1} ORDER BY id
-- name: things_of
SELECT id, unit_id, kind, valid_from, valid_to, unit_id FROM thing
WHERE id {in:$1} AND withdrawn_at IS NULL ORDER BY id
-- name: things_below
WITH RECURSIVE below (top, unit_id) AS (
  SELECT id, id FROM unit WHERE id {in:$1}
  UNION ALL
  SELECT b.top, t.unit_id FROM below b JOIN reading_tree t ON t.parent_id = b.unit_id
)
SELECT t.id, t.unit_id, t.kind, t.valid_from, t.valid_to, b.top
FROM below b JOIN thing t ON t.unit_id = b.unit_id
WHERE t.withdrawn_at IS NULL ORDER BY b.top, t.id
-- name: classes_of
SELECT c.id, c.unit_id, c.course_id,
  (SELECT MIN(m.starts_at) FROM meeting m
   WHERE m.class_id = c.id AND m.closed_at IS NOT NULL AND m.cancelled_at IS NULL)
FROM class c WHERE c.id {in:$1} ORDER BY c.id
-- name: clusters_of
SELECT person_id, canonical_id FROM person_cluster WHERE person_id {in:$1}
-- name: members_of
SELECT person_id, canonical_id FROM person_cluster WHERE canonical_id {in:$1}
-- name: clusters_between
SELECT person_id, canonical_id FROM person_cluster WHERE person_id > $1 AND person_id <= $2
-- name: births
SELECT id, birth_date, birth_year FROM person WHERE id {in:$1}
-- name: births_between
SELECT id, birth_date, birth_year FROM person WHERE id > $1 AND id <= $2 ORDER BY id
-- name: affiliations_between
SELECT id, person_id, unit_id, kind, category, CAST(NULL AS text), CAST(NULL AS text),
  CAST(NULL AS text), valid_from, valid_to
FROM affiliation WHERE person_id > $1 AND person_id <= $2 ORDER BY person_id
-- name: stored
SELECT no, subject_id, unit_id, from_day, to_day, met, n FROM reading_interval
WHERE no {in:$1} AND subject_id {in:$2} ORDER BY no, subject_id, unit_id, from_day
-- name: forget
DELETE FROM reading_interval WHERE no = $1 AND subject_id = $2
-- name: remember
INSERT INTO reading_interval (no, subject_id, unit_id, from_day, to_day, met, n)
VALUES ($1, $2, $3, $4, $5, $6, $7)
-- name: add_sum
INSERT INTO reading_sum (no, unit_id, level, bucket, met, base) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (no, unit_id, level, bucket)
DO UPDATE SET met = reading_sum.met + excluded.met, base = reading_sum.base + excluded.base
-- name: drop_zero
DELETE FROM reading_sum
WHERE no = $1 AND unit_id = $2 AND level = $3 AND bucket = $4 AND met = 0 AND base = 0
-- name: all_places
SELECT unit_id, parent_id, commune_id, kind, code, name, path, sort, pos, last, depth
FROM unit_place ORDER BY unit_id
-- name: all_clusters
SELECT person_id, canonical_id FROM person_cluster ORDER BY person_id
-- name: open_books
SELECT no, measure_id FROM reading_book WHERE state = 'open' ORDER BY measure_id
-- name: all_intervals
SELECT subject_id, unit_id, from_day, to_day, met, n FROM reading_interval
WHERE no = $1 ORDER BY subject_id, unit_id, from_day
-- name: all_sums
SELECT unit_id, level, bucket, met, base FROM reading_sum
WHERE no = $1 ORDER BY unit_id, level, bucket

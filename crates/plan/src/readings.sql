-- name: cursors
SELECT node, series, seq FROM reading_cursor
WHERE reading = $1 AND series <> 'turn' ORDER BY series, node
-- name: filled_in_all
SELECT CAST(COALESCE(MAX(no), 0) AS bigint),
  CAST(COALESCE(SUM(CASE state WHEN 'filling' THEN filled + 1 ELSE 0 END), 0) AS bigint)
FROM reading_book
-- name: people
SELECT COUNT(*) FROM person
-- name: edited
SELECT DISTINCT person_id FROM journal
WHERE node = $1 AND seq > $2 AND seq <= $3 AND noun IN ('person', 'affiliation')
  AND person_id IS NOT NULL
-- name: merged
SELECT m.person_a, m.person_b FROM journal j JOIN person_merge m ON m.id = j.row_id
WHERE j.node = $1 AND j.seq > $2 AND j.seq <= $3 AND j.noun = 'person_merge'
-- name: tree_touched
SELECT EXISTS (SELECT 1 FROM journal
  WHERE node = $1 AND seq > $2 AND seq <= $3 AND noun IN ('unit', 'unit_parent'))
-- name: tree_there
SELECT EXISTS (SELECT 1 FROM reading_tree)
-- name: tree
SELECT unit_id, parent_id FROM reading_tree
-- name: places
SELECT unit_id, parent_id FROM unit_place
-- name: counted
SELECT EXISTS (SELECT 1 FROM reading_book b JOIN reading_sum s ON s.no = b.no
  WHERE s.unit_id = $1 AND b.state <> 'closed')
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
INSERT INTO reading_book (no, measure_id, rule, state, filled_to, filled)
VALUES ($1, $2, $3, 'filling', NULL, 0)
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
SELECT filled, (SELECT COUNT(*) FROM person) FROM reading_book
WHERE measure_id = $1 AND state = 'filling' ORDER BY no DESC LIMIT 1
-- name: open_book
SELECT no FROM reading_book WHERE measure_id = $1 AND state = 'open'
-- name: next_people
SELECT id FROM person WHERE id > $1 ORDER BY id LIMIT $2
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
SELECT no, subject_id, unit_id, from_day, to_day, met FROM reading_interval
WHERE no {in:$1} AND subject_id {in:$2} ORDER BY no, subject_id, unit_id, from_day
-- name: forget
DELETE FROM reading_interval WHERE no = $1 AND subject_id = $2
-- name: remember
INSERT INTO reading_interval (no, subject_id, unit_id, from_day, to_day, met)
VALUES ($1, $2, $3, $4, $5, $6)
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
SELECT subject_id, unit_id, from_day, to_day, met FROM reading_interval
WHERE no = $1 ORDER BY subject_id, unit_id, from_day
-- name: all_sums
SELECT unit_id, level, bucket, met, base FROM reading_sum
WHERE no = $1 ORDER BY unit_id, level, bucket
-- name: open_changes
SELECT b.measure_id, b.no, COALESCE(c.changes, 0)
FROM reading_book b LEFT JOIN reading_change c ON c.no = b.no WHERE b.state = 'open'
-- name: changed
INSERT INTO reading_change (no, changes) VALUES ($1, 1)
ON CONFLICT (no) DO UPDATE SET changes = reading_change.changes + 1

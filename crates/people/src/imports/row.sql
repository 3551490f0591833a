-- name: add
INSERT INTO import_row (import_id, no, draft, cells, outcome, notes, deed, person_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
-- name: get
SELECT no, draft, cells, outcome, notes, deed, person_id, decision, result, made
FROM import_row WHERE import_id = $1 AND no = $2
-- name: after
SELECT no, draft, cells, outcome, notes, deed, person_id, decision, result, made
FROM import_row WHERE import_id = $1 AND no > $2 ORDER BY no LIMIT $3
-- name: with_outcome
SELECT no, draft, cells, outcome, notes, deed, person_id, decision, result, made
FROM import_row WHERE import_id = $1 AND outcome = $4 AND no > $2 ORDER BY no LIMIT $3
-- name: with_result
SELECT no, draft, cells, outcome, notes, deed, person_id, decision, result, made
FROM import_row WHERE import_id = $1 AND result = $4 AND no > $2 ORDER BY no LIMIT $3
-- name: to_apply
SELECT no, draft, cells, outcome, notes, deed, person_id, decision, result, made
FROM import_row
WHERE import_id = $1 AND no > $2 AND outcome IN ('create', 'change') AND result IS NULL
ORDER BY no LIMIT $3
-- name: to_undo
SELECT no, draft, cells, outcome, notes, deed, person_id, decision, result, made
FROM import_row WHERE import_id = $1 AND no > $2 AND result = 'done' ORDER BY no LIMIT $3
-- name: to_mend
SELECT no, draft, cells, outcome, notes, deed, person_id, decision, result, made
FROM import_row
WHERE import_id = $1 AND no > $2 AND cells IS NOT NULL
  AND (outcome IN ('refuse', 'ask') OR result = 'left')
ORDER BY no LIMIT $3
-- name: counts
SELECT outcome, result, COUNT(*) FROM import_row WHERE import_id = $1 GROUP BY outcome, result
-- name: of_persons
SELECT person_id, MIN(no) FROM import_row
WHERE import_id = $1 AND person_id {in:$2} AND outcome <> 'ask' GROUP BY person_id
-- name: deeds_of
SELECT person_id, no, deed FROM import_row
WHERE import_id = $1 AND person_id {in:$2} AND outcome IN ('create', 'change', 'same') ORDER BY no
-- name: made_of
SELECT person_id FROM import_row
WHERE import_id = $1 AND person_id {in:$2} AND result = 'done' AND outcome = 'create'
-- name: plan
UPDATE import_row SET outcome = $3, notes = $4, deed = $5, person_id = $6, decision = $7
WHERE import_id = $1 AND no = $2
-- name: settle
UPDATE import_row SET result = $3, notes = $4, person_id = $5, made = $6
WHERE import_id = $1 AND no = $2

-- name: add_entry
INSERT INTO journal (node, seq, id, at, clock, account_id, act, noun, row_id, person_id, changes,
  personal_hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
-- name: add_personal
INSERT INTO journal_personal (node, seq, person_id, changes) VALUES ($1, $2, $3, $4)
-- name: since
SELECT node, seq, at, account_id, act, noun, row_id, person_id, changes FROM journal
WHERE node = $1 AND seq > $2 AND seq <= $3 ORDER BY seq
-- name: history
SELECT node, seq, at, account_id, act, noun, row_id, person_id, changes FROM journal
WHERE row_id = $1 ORDER BY node DESC, seq DESC

-- name: here
SELECT no FROM node WHERE here
-- name: add
INSERT INTO node (no, id, name, here) VALUES ($1, $2, $3, $4)
-- name: add_series
INSERT INTO series (node, name, seq, clock) VALUES ($1, $2, 0, 0)

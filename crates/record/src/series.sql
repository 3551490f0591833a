-- name: take
UPDATE series
SET seq = seq + $2,
    clock = CASE WHEN clock < $3 THEN CAST($3 AS bigint) ELSE clock END + $2
WHERE name = $1 AND node = (SELECT no FROM node WHERE here)
RETURNING node, seq, clock
-- name: tails
SELECT node, seq FROM series WHERE name = $1 ORDER BY node

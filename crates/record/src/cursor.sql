-- name: at
SELECT seq FROM reading_cursor WHERE reading = $1 AND node = $2 AND series = $3
-- name: set
INSERT INTO reading_cursor (reading, node, series, seq) VALUES ($1, $2, $3, $4)
ON CONFLICT (reading, node, series) DO UPDATE SET seq = excluded.seq
-- name: take_turn
INSERT INTO reading_cursor (reading, node, series, seq) VALUES ($1, 0, 'turn', 1)
ON CONFLICT (reading, node, series) DO UPDATE SET seq = reading_cursor.seq + 1
-- name: changed
INSERT INTO reading_cursor (reading, node, series, seq) VALUES ($1, 0, 'changes', 1)
ON CONFLICT (reading, node, series) DO UPDATE SET seq = reading_cursor.seq + 1
-- name: reset
DELETE FROM reading_cursor WHERE reading = $1

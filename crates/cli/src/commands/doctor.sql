-- name: record_gaps
SELECT CAST(COALESCE(SUM(s.seq - (SELECT COUNT(*) FROM statement e WHERE e.node = s.node)), 0) AS bigint)
FROM series s WHERE s.name = $1
-- name: journal_gaps
SELECT CAST(COALESCE(SUM(s.seq - (SELECT COUNT(*) FROM journal e WHERE e.node = s.node)), 0) AS bigint)
FROM series s WHERE s.name = $1
-- name: ahead
SELECT COUNT(*) FROM statement WHERE at > $1
-- name: readings_behind
SELECT CAST(COALESCE(SUM(s.seq - c.seq), 0) AS bigint)
FROM reading_cursor c JOIN series s ON s.node = c.node AND s.name = c.series

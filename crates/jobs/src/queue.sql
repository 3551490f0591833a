-- name: next
SELECT id, kind, payload, account_id, tries, failures, done, total, taken_until
FROM job
WHERE ended_at IS NULL AND run_at <= $1 AND (taken_until IS NULL OR taken_until <= $1)
  AND kind {in:$2}
ORDER BY run_at, id LIMIT 1 {skip_locked}
-- name: take
UPDATE job SET tries = tries + 1, failures = $2, taken_until = $3 WHERE id = $1
-- name: renew
UPDATE job SET taken_until = $3 WHERE id = $1 AND tries = $2 AND ended_at IS NULL
-- name: reach
UPDATE job SET taken_until = $3, done = $4, total = $5,
  failures = CASE WHEN done < $4 THEN 0 ELSE failures END
WHERE id = $1 AND tries = $2 AND ended_at IS NULL
-- name: failures
SELECT failures FROM job WHERE id = $1 AND tries = $2 AND ended_at IS NULL
-- name: end
UPDATE job SET ended_at = $3, failure = $4, failures = $5, taken_until = NULL
WHERE id = $1 AND tries = $2 AND ended_at IS NULL
-- name: give_back
UPDATE job SET run_at = $3, failure = $4, failures = $5, taken_until = NULL
WHERE id = $1 AND tries = $2 AND ended_at IS NULL
-- name: release
UPDATE job SET taken_until = NULL WHERE id = $1 AND tries = $2 AND ended_at IS NULL
-- name: interrupted
UPDATE job SET taken_until = NULL, failures = failures + 1
WHERE ended_at IS NULL AND taken_until IS NOT NULL
-- name: forget
DELETE FROM job WHERE ended_at < $1

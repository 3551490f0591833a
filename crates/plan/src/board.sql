-- name: sums_below
WITH reach (recent, level, first, last) AS (VALUES
  (FALSE, 0, CAST($3 AS integer), CAST($4 AS integer)),
  (FALSE, 1, CAST($5 AS integer), CAST($6 AS integer)),
  (FALSE, 2, CAST($7 AS integer), CAST($8 AS integer)),
  (TRUE, 0, CAST($9 AS integer), CAST($10 AS integer)))
SELECT p.unit_id, r.recent, CAST(SUM(s.met) AS bigint), CAST(SUM(s.base) AS bigint)
FROM unit_place p CROSS JOIN reach r CROSS JOIN reading_sum s
WHERE (p.unit_id = $2 OR p.parent_id = $2)
  AND s.no = $1 AND s.unit_id = p.unit_id AND s.level = r.level
  AND s.bucket BETWEEN r.first AND r.last
GROUP BY p.unit_id, r.recent
-- name: sums_of
WITH reach (recent, level, first, last) AS (VALUES
  (FALSE, 0, CAST($3 AS integer), CAST($4 AS integer)),
  (FALSE, 1, CAST($5 AS integer), CAST($6 AS integer)),
  (FALSE, 2, CAST($7 AS integer), CAST($8 AS integer)),
  (TRUE, 0, CAST($9 AS integer), CAST($10 AS integer)))
SELECT s.unit_id, r.recent, CAST(SUM(s.met) AS bigint), CAST(SUM(s.base) AS bigint)
FROM reach r CROSS JOIN reading_sum s
WHERE s.no = $1 AND s.unit_id = $2 AND s.level = r.level
  AND s.bucket BETWEEN r.first AND r.last
GROUP BY s.unit_id, r.recent
-- name: changes
SELECT bucket, met, base FROM reading_sum
WHERE no = $1 AND unit_id = $2 AND level = 0 AND bucket > $3 AND bucket <= $4
ORDER BY bucket
-- name: matrix
WITH reach (level, first, last) AS (VALUES
  (0, CAST($3 AS integer), CAST($4 AS integer)),
  (1, CAST($5 AS integer), CAST($6 AS integer)),
  (2, CAST($7 AS integer), CAST($8 AS integer)))
SELECT s.no, s.unit_id, CAST(SUM(s.met) AS bigint), CAST(SUM(s.base) AS bigint)
FROM reading_book b CROSS JOIN unit_place p CROSS JOIN reach r CROSS JOIN reading_sum s
WHERE b.no {in:$1} AND (p.unit_id = $2 OR p.parent_id = $2)
  AND s.no = b.no AND s.unit_id = p.unit_id AND s.level = r.level
  AND s.bucket BETWEEN r.first AND r.last
GROUP BY s.no, s.unit_id
-- name: below_children
SELECT p.parent_id, p.unit_id, p.kind FROM unit_place c JOIN unit_place p ON p.parent_id = c.unit_id
WHERE c.parent_id = $1 ORDER BY p.pos

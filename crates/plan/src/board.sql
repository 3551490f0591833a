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
-- name: sums_each
WITH reach (recent, level, first, last) AS (VALUES
  (FALSE, 0, CAST($3 AS integer), CAST($4 AS integer)),
  (FALSE, 1, CAST($5 AS integer), CAST($6 AS integer)),
  (FALSE, 2, CAST($7 AS integer), CAST($8 AS integer)),
  (TRUE, 0, CAST($9 AS integer), CAST($10 AS integer)))
SELECT s.unit_id, r.recent, CAST(SUM(s.met) AS bigint), CAST(SUM(s.base) AS bigint)
FROM reach r CROSS JOIN reading_sum s
WHERE s.no = $1 AND s.unit_id {in:$2} AND s.level = r.level
  AND s.bucket BETWEEN r.first AND r.last
GROUP BY s.unit_id, r.recent
-- name: children_in
SELECT p.unit_id, w.up_id, p.commune_id, p.kind, p.code, COALESCE(n.name, p.name),
  COALESCE(n.name, p.path), p.sort, p.pos, p.last, p.depth
FROM reading_way w
JOIN reading_way s ON s.view = w.view AND s.unit_id = w.unit_id AND s.from_day = w.from_day
  AND s.rank = 0 AND s.stands
JOIN unit_place p ON p.unit_id = w.unit_id
LEFT JOIN unit_name n ON n.id = (SELECT m.id FROM unit_name m
  WHERE m.unit_id = p.unit_id AND m.valid_from <= $4 AND (m.valid_to IS NULL OR $4 < m.valid_to)
  ORDER BY m.valid_from DESC, m.id DESC LIMIT 1)
WHERE w.view = $1 AND w.up_id = $2 AND w.rank = 1 AND w.from_day <= $3 AND $3 < w.to_day
ORDER BY p.sort, p.pos
-- name: any_followed
SELECT EXISTS (SELECT 1 FROM unit_succession s JOIN unit_change c ON c.id = s.change_id
  WHERE c.withdrawn_at IS NULL)

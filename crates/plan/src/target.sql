-- name: get
SELECT t.id, t.plan_id, t.measure_id, t.unit_id, t.code, t.title_vi, t.title_en, t.qualifier,
  t.goal, t.baseline, t.starts, t.due, t.made_at, m.kind, m.better, m.unit_code, u.pos, u.last
FROM target t JOIN measure m ON m.id = t.measure_id JOIN unit_place u ON u.unit_id = t.unit_id
WHERE t.id = $1 AND t.withdrawn_at IS NULL
-- name: in_scope
SELECT t.id, t.plan_id, t.measure_id, t.unit_id, t.code, t.title_vi, t.title_en, t.qualifier,
  t.goal, t.baseline, t.starts, t.due, t.made_at, m.kind, m.better, m.unit_code, u.pos, u.last
FROM target t JOIN measure m ON m.id = t.measure_id JOIN unit_place u ON u.unit_id = t.unit_id
WHERE t.withdrawn_at IS NULL
  AND EXISTS (SELECT 1 FROM {spans:$1} s WHERE u.pos <= s.hi AND s.lo <= u.last)
ORDER BY t.plan_id, COALESCE(t.code, ''), t.due, t.id
-- name: years
SELECT target_id, year, goal FROM target_year
WHERE target_id {in:$1} AND withdrawn_at IS NULL ORDER BY target_id, year
-- name: year_rows
SELECT id, year, goal FROM target_year
WHERE target_id = $1 AND withdrawn_at IS NULL ORDER BY year, id
-- name: withdrawn
SELECT u.pos, u.last FROM target t JOIN unit_place u ON u.unit_id = t.unit_id
WHERE t.id = $1 AND t.withdrawn_at IS NOT NULL

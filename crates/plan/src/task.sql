-- name: get
SELECT t.id, t.plan_id, p.title, t.no, t.title, t.unit_id,
  COALESCE(u.path, (SELECT n.name FROM unit_name n WHERE n.unit_id = t.unit_id
    ORDER BY n.valid_from DESC, n.id LIMIT 1), ''),
  u.pos, t.taking_part, t.deadline, t.product, s.status, s.on_day
FROM task t JOIN plan p ON p.id = t.plan_id
LEFT JOIN unit_place u ON u.unit_id = t.unit_id
LEFT JOIN task_status s ON s.task_id = t.id AND NOT EXISTS (SELECT 1 FROM task_status l
  WHERE l.task_id = s.task_id AND (l.on_day, l.made_at, l.id) > (s.on_day, s.made_at, s.id))
WHERE t.id = $1 AND t.withdrawn_at IS NULL
-- name: of_plan
SELECT t.id, t.plan_id, p.title, t.no, t.title, t.unit_id,
  COALESCE(u.path, (SELECT n.name FROM unit_name n WHERE n.unit_id = t.unit_id
    ORDER BY n.valid_from DESC, n.id LIMIT 1), ''),
  u.pos, t.taking_part, t.deadline, t.product, s.status, s.on_day
FROM task t JOIN plan p ON p.id = t.plan_id
LEFT JOIN unit_place u ON u.unit_id = t.unit_id
LEFT JOIN task_status s ON s.task_id = t.id AND NOT EXISTS (SELECT 1 FROM task_status l
  WHERE l.task_id = s.task_id AND (l.on_day, l.made_at, l.id) > (s.on_day, s.made_at, s.id))
WHERE t.plan_id = $1 AND t.withdrawn_at IS NULL
ORDER BY COALESCE(t.deadline, '9999-12-31'), t.id
-- name: said
SELECT s.id, s.status, s.on_day, s.note, s.evidence, s.link, s.person_id, p.full_name, s.made_at
FROM task_status s LEFT JOIN person p ON p.id = s.person_id
WHERE s.task_id = $1 ORDER BY s.on_day DESC, s.made_at DESC, s.id DESC
-- name: key
SELECT COALESCE(deadline, '9999-12-31'), id FROM task WHERE id = $1
-- name: page
SELECT t.id, t.plan_id, p.title, t.no, t.title, t.unit_id,
  COALESCE(u.path, (SELECT n.name FROM unit_name n WHERE n.unit_id = t.unit_id
    ORDER BY n.valid_from DESC, n.id LIMIT 1), ''),
  u.pos, t.taking_part, t.deadline, t.product, s.status, s.on_day
FROM task t JOIN plan p ON p.id = t.plan_id
JOIN unit_place v ON v.unit_id = p.unit_id
LEFT JOIN unit_place u ON u.unit_id = t.unit_id
LEFT JOIN task_status s ON s.task_id = t.id AND NOT EXISTS (SELECT 1 FROM task_status l
  WHERE l.task_id = s.task_id AND (l.on_day, l.made_at, l.id) > (s.on_day, s.made_at, s.id))
WHERE t.withdrawn_at IS NULL
  AND EXISTS (SELECT 1 FROM {spans:$1} sp
    WHERE u.pos BETWEEN sp.lo AND sp.hi OR v.pos BETWEEN sp.lo AND sp.hi)
  AND COALESCE(u.pos, -1) BETWEEN $2 AND $3
  AND (CAST($4 AS text) = '' OR COALESCE(s.status, 'not_begun') = $4)
  AND (NOT CAST($5 AS {bool}) OR (t.deadline < $6
    AND COALESCE(s.status, 'not_begun') NOT IN ('done', 'stopped')))
  AND (COALESCE(t.deadline, '9999-12-31'), t.id) > ($7, $8)
ORDER BY COALESCE(t.deadline, '9999-12-31'), t.id LIMIT $9
-- name: tally
SELECT COALESCE(s.status, 'not_begun'), COUNT(*),
  CAST(SUM(CASE WHEN t.deadline < $4 AND COALESCE(s.status, 'not_begun')
    NOT IN ('done', 'stopped') THEN 1 ELSE 0 END) AS bigint)
FROM task t JOIN plan p ON p.id = t.plan_id
JOIN unit_place v ON v.unit_id = p.unit_id
LEFT JOIN unit_place u ON u.unit_id = t.unit_id
LEFT JOIN task_status s ON s.task_id = t.id AND NOT EXISTS (SELECT 1 FROM task_status l
  WHERE l.task_id = s.task_id AND (l.on_day, l.made_at, l.id) > (s.on_day, s.made_at, s.id))
WHERE t.withdrawn_at IS NULL
  AND EXISTS (SELECT 1 FROM {spans:$1} sp
    WHERE u.pos BETWEEN sp.lo AND sp.hi OR v.pos BETWEEN sp.lo AND sp.hi)
  AND COALESCE(u.pos, -1) BETWEEN $2 AND $3
GROUP BY COALESCE(s.status, 'not_begun')
-- name: units
SELECT u.unit_id, u.parent_id, u.commune_id, u.kind, u.code, u.name, u.path, u.sort, u.pos, u.last,
  u.depth
FROM unit_place u
WHERE EXISTS (SELECT 1 FROM task t JOIN plan p ON p.id = t.plan_id
  JOIN unit_place v ON v.unit_id = p.unit_id
  WHERE t.unit_id = u.unit_id AND t.withdrawn_at IS NULL
    AND EXISTS (SELECT 1 FROM {spans:$1} sp
      WHERE u.pos BETWEEN sp.lo AND sp.hi OR v.pos BETWEEN sp.lo AND sp.hi))
ORDER BY u.pos
-- name: open
SELECT t.id, t.plan_id, p.title, t.no, t.title, t.unit_id, u.path, u.pos, t.taking_part, t.deadline,
  t.product, s.status, s.on_day
FROM task t JOIN plan p ON p.id = t.plan_id
JOIN unit_place u ON u.unit_id = t.unit_id
LEFT JOIN task_status s ON s.task_id = t.id AND NOT EXISTS (SELECT 1 FROM task_status l
  WHERE l.task_id = s.task_id AND (l.on_day, l.made_at, l.id) > (s.on_day, s.made_at, s.id))
WHERE t.withdrawn_at IS NULL AND t.deadline <= $2
  AND COALESCE(s.status, 'not_begun') NOT IN ('done', 'stopped')
  AND EXISTS (SELECT 1 FROM {spans:$1} sp WHERE u.pos BETWEEN sp.lo AND sp.hi)
ORDER BY t.deadline, t.id LIMIT $3

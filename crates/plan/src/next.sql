-- name: unmet
SELECT u.unit_id, CAST(COUNT(*) AS bigint)
FROM unit_place u CROSS JOIN reading_interval i
WHERE u.pos BETWEEN $2 AND $3 AND i.no = $1 AND i.unit_id = u.unit_id
  AND i.met = FALSE AND i.from_day <= $4 AND i.to_day > $4
GROUP BY u.unit_id, u.pos ORDER BY 2 DESC, u.pos LIMIT $5
-- name: assigned
SELECT u.pos, u.last, d.id, d.code, d.name_vi, d.name_en, d.affiliation_kind, d.categories,
  d.age_from, d.age_below
FROM assignment a JOIN audience d ON d.id = a.audience_id JOIN unit_place u ON u.unit_id = a.unit_id
WHERE a.course_id = $1 AND a.withdrawn_at IS NULL AND u.pos <= $3 AND $2 <= u.last
ORDER BY u.pos, a.id

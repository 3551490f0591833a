-- name: get
SELECT id, title_vi, title_en, audience_id, rung, need, valid_months, denominator
FROM measure WHERE id = $1
-- name: wanted
SELECT m.id, m.title_vi, m.title_en, m.audience_id, m.rung, m.need, m.valid_months, m.denominator
FROM measure m
WHERE EXISTS (SELECT 1 FROM target t WHERE t.measure_id = m.id AND t.withdrawn_at IS NULL)
ORDER BY m.id
-- name: like
SELECT id FROM measure
WHERE audience_id = $1 AND rung = $2 AND need = $3
  AND COALESCE(valid_months, 0) = COALESCE(CAST($4 AS integer), 0) AND denominator = $5
ORDER BY id
-- name: activities
SELECT activity_id FROM measure_activity WHERE measure_id = $1 ORDER BY activity_id
-- name: all_activities
SELECT measure_id, activity_id FROM measure_activity ORDER BY measure_id, activity_id

-- name: get
SELECT id, kind, title_vi, title_en, audience_id, rung, need, valid_months, denominator, since,
  unit_kind, thing_kind, criterion_id, at_least, better, unit_code, FALSE
FROM measure WHERE id = $1
-- name: all
SELECT m.id, m.kind, m.title_vi, m.title_en, m.audience_id, m.rung, m.need, m.valid_months,
  m.denominator, m.since, m.unit_kind, m.thing_kind, m.criterion_id, m.at_least, m.better,
  m.unit_code,
  EXISTS (SELECT 1 FROM target t WHERE t.measure_id = m.id AND t.withdrawn_at IS NULL)
    OR EXISTS (SELECT 1 FROM training_rule r WHERE r.measure_id = m.id AND r.withdrawn_at IS NULL)
FROM measure m ORDER BY m.id
-- name: like
SELECT id FROM measure
WHERE kind = $1 AND rung = $3 AND need = $4 AND denominator = $6 AND better = $12
  AND unit_code = $13
  AND (audience_id = $2 OR (audience_id IS NULL AND CAST($2 AS {id}) IS NULL))
  AND COALESCE(valid_months, 0) = COALESCE(CAST($5 AS integer), 0)
  AND COALESCE(since, '') = COALESCE(CAST($7 AS text), '')
  AND COALESCE(unit_kind, '') = COALESCE(CAST($8 AS text), '')
  AND COALESCE(thing_kind, '') = COALESCE(CAST($9 AS text), '')
  AND (criterion_id = $10 OR (criterion_id IS NULL AND CAST($10 AS {id}) IS NULL))
  AND COALESCE(at_least, 0) = COALESCE(CAST($11 AS integer), 0)
  AND (CAST($14 AS text) IS NULL OR title_vi = $14)
ORDER BY id
-- name: activities
SELECT activity_id FROM measure_activity WHERE measure_id = $1 ORDER BY activity_id
-- name: all_activities
SELECT measure_id, activity_id FROM measure_activity ORDER BY measure_id, activity_id
-- name: bases
SELECT base_id FROM measure_base WHERE measure_id = $1 ORDER BY base_id
-- name: all_bases
SELECT measure_id, base_id FROM measure_base ORDER BY measure_id, base_id
-- name: kind
SELECT kind FROM measure WHERE id = $1
-- name: lengths
SELECT id, minutes FROM course ORDER BY id

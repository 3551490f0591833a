-- name: get
SELECT id, form_id, period, unit_id, starts, ends, due FROM report_return WHERE id = $1
-- name: find
SELECT id, form_id, period, unit_id, starts, ends, due FROM report_return
WHERE form_id = $1 AND period = $2 AND unit_id = $3
-- name: steps
SELECT no, state, reason, person_id, made_at FROM report_step WHERE return_id = $1 ORDER BY no
-- name: of_period
SELECT r.id, r.form_id, r.period, r.unit_id, r.due, s.state, COALESCE(s.made_at, r.made_at),
  (SELECT MAX(t.made_at) FROM report_step t WHERE t.return_id = r.id AND t.state = 'submitted')
FROM report_return r LEFT JOIN report_step s ON s.return_id = r.id
  AND s.no = (SELECT MAX(l.no) FROM report_step l WHERE l.return_id = r.id)
WHERE r.form_id = $1 AND r.period = $2
ORDER BY r.id
-- name: of_unit
SELECT r.id, r.form_id, r.period, r.unit_id, r.due, s.state, COALESCE(s.made_at, r.made_at),
  (SELECT MAX(t.made_at) FROM report_step t WHERE t.return_id = r.id AND t.state = 'submitted')
FROM report_return r LEFT JOIN report_step s ON s.return_id = r.id
  AND s.no = (SELECT MAX(l.no) FROM report_step l WHERE l.return_id = r.id)
WHERE r.form_id = $1 AND r.unit_id = $2
ORDER BY r.ends DESC, r.id
-- name: waiting
SELECT r.id, r.form_id, r.period, r.unit_id, r.due, s.state, s.made_at, s.made_at
FROM report_return r JOIN report_step s ON s.return_id = r.id
WHERE r.form_id = $1 AND s.state = 'submitted'
  AND NOT EXISTS (SELECT 1 FROM report_step l WHERE l.return_id = r.id AND l.no > s.no)
ORDER BY r.ends, s.made_at, r.id LIMIT $2
-- name: entries
SELECT id, line_id, part, whole, source FROM report_entry WHERE return_id = $1 ORDER BY id
-- name: answers
SELECT id, about, note FROM report_answer WHERE return_id = $1 ORDER BY id

-- name: find
SELECT hash, person_id, made_at FROM report_lock WHERE return_id = $1
-- name: figures
SELECT id, line_id, part, whole FROM report_figure WHERE return_id = $1 ORDER BY id
-- name: corrections
SELECT c.figure_id, c.part, c.whole, c.reason, c.person_id, c.made_at
FROM report_correction c JOIN report_figure f ON f.id = c.figure_id
WHERE f.return_id = $1 ORDER BY c.made_at, c.id
-- name: periods
SELECT DISTINCT r.period, r.ends FROM report_return r JOIN report_lock l ON l.return_id = r.id
WHERE r.form_id = $1 ORDER BY r.ends, r.period
-- name: of_period
SELECT f.id, r.unit_id, f.line_id, f.part, f.whole, c.id IS NOT NULL, c.part, c.whole
FROM report_return r JOIN report_figure f ON f.return_id = r.id
LEFT JOIN report_correction c ON c.figure_id = f.id AND NOT EXISTS (
  SELECT 1 FROM report_correction n WHERE n.figure_id = f.id
    AND (n.made_at > c.made_at OR (n.made_at = c.made_at AND n.id > c.id)))
WHERE r.form_id = $1 AND r.period = $2
ORDER BY r.id, f.id

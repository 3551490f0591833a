-- name: entries
SELECT r.unit_id, e.line_id, e.part, e.whole, e.source
FROM report_return r JOIN report_entry e ON e.return_id = r.id
WHERE r.form_id = $1 AND r.period = $2 ORDER BY e.id

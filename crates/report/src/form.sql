-- name: get
SELECT f.id, f.unit_id, f.title_vi, f.title_en, f.legal_basis, f.calendar, f.kind, f.unit_kinds,
  f.due_days, f.change_percent, f.valid_from, f.valid_to, u.pos, u.last
FROM report_form f JOIN unit_place u ON u.unit_id = f.unit_id
WHERE f.id = $1
-- name: in_scope
SELECT f.id, f.unit_id, f.title_vi, f.title_en, f.legal_basis, f.calendar, f.kind, f.unit_kinds,
  f.due_days, f.change_percent, f.valid_from, f.valid_to, u.pos, u.last
FROM report_form f JOIN unit_place u ON u.unit_id = f.unit_id
WHERE EXISTS (SELECT 1 FROM {spans:$1} s
  WHERE u.pos BETWEEN s.lo AND s.hi OR s.lo BETWEEN u.pos AND u.last)
ORDER BY f.made_at, f.id
-- name: all
SELECT f.id, f.unit_id, f.title_vi, f.title_en, f.legal_basis, f.calendar, f.kind, f.unit_kinds,
  f.due_days, f.change_percent, f.valid_from, f.valid_to, u.pos, u.last
FROM report_form f JOIN unit_place u ON u.unit_id = f.unit_id
ORDER BY f.made_at, f.id
-- name: lines
SELECT id, rank, code, entry, target_id, title_vi, title_en, unit_vi, unit_en, note, required,
  sourced, sum_of, valid_from, valid_to
FROM report_line WHERE form_id = $1 ORDER BY rank, code, valid_from
-- name: last_rank
SELECT COALESCE(MAX(rank), 0) FROM report_line WHERE form_id = $1

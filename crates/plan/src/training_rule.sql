-- name: get
SELECT id, code, title_vi, title_en, categories, amount, amount_unit, minutes, valid_from, valid_to,
  source, established, note_vi, note_en, measure_id
FROM training_rule WHERE id = $1 AND withdrawn_at IS NULL
-- name: all
SELECT id, code, title_vi, title_en, categories, amount, amount_unit, minutes, valid_from, valid_to,
  source, established, note_vi, note_en, measure_id
FROM training_rule WHERE withdrawn_at IS NULL ORDER BY valid_from DESC, code, id

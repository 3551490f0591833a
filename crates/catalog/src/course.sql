-- name: all
SELECT id, slug, version, title_vi, title_en, summary_vi, summary_en, minutes, pass_percent,
  withdrawn_at
FROM course WHERE published_at IS NOT NULL AND withdrawn_at IS NULL ORDER BY published_at, id
-- name: by_slug
SELECT id, slug, version, title_vi, title_en, summary_vi, summary_en, minutes, pass_percent,
  withdrawn_at
FROM course WHERE slug = $1 AND published_at IS NOT NULL
-- name: by_id
SELECT id, slug, version, title_vi, title_en, summary_vi, summary_en, minutes, pass_percent,
  withdrawn_at
FROM course WHERE id = $1 AND published_at IS NOT NULL
-- name: about
SELECT about, sources FROM course WHERE id = $1
-- name: hash
SELECT hash FROM course WHERE id = $1

-- name: of_persons
SELECT id, person_id, purpose, words_version, manner, given_at, withdrawn_at FROM consent
WHERE person_id {in:$1} ORDER BY given_at DESC, id DESC

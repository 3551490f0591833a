-- name: edits
SELECT j.id, j.at, j.account_id, a.login, p.full_name, j.act, j.noun, j.row_id, j.person_id,
  j.changes
FROM journal j
LEFT JOIN account a ON a.id = j.account_id
LEFT JOIN person p ON p.id = a.person_id
WHERE (CAST($1 AS {time}) IS NULL OR j.at >= $1) AND (CAST($2 AS {time}) IS NULL OR j.at < $2)
  AND (CAST($3 AS {id}) IS NULL OR j.account_id = $3)
  AND (CAST($4 AS text) IS NULL OR j.act = $4)
  AND (CAST($5 AS text) IS NULL OR j.noun = $5)
  AND (CAST($6 AS {time}) IS NULL OR j.at < $6
    OR (j.at = $6 AND (j.node < $7 OR (j.node = $7 AND j.seq < $8))))
ORDER BY j.at DESC, j.node DESC, j.seq DESC LIMIT $9
-- name: edit_place
SELECT at, node, seq FROM journal WHERE id = $1
-- name: looks
SELECT v.id, v.at, v.account_id, a.login, p.full_name, v.page, v.subject_id, v.unit_id, u.path,
  CAST(v.people AS bigint)
FROM viewing v
LEFT JOIN account a ON a.id = v.account_id
LEFT JOIN person p ON p.id = a.person_id
LEFT JOIN unit_place u ON u.unit_id = v.unit_id
WHERE (CAST($1 AS {time}) IS NULL OR v.at >= $1) AND (CAST($2 AS {time}) IS NULL OR v.at < $2)
  AND (CAST($3 AS {id}) IS NULL OR v.account_id = $3)
  AND (CAST($4 AS text) IS NULL OR v.page = $4)
  AND (CAST($5 AS {time}) IS NULL OR v.at < $5 OR (v.at = $5 AND v.id < $6))
ORDER BY v.at DESC, v.id DESC LIMIT $7
-- name: look_place
SELECT at FROM viewing WHERE id = $1

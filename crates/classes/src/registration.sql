-- name: roster
SELECT r.id, r.person_id, COALESCE(k.canonical_id, r.person_id), p.full_name, p.birth_date,
  p.birth_year, p.sex,
  (SELECT u.name FROM affiliation a JOIN unit_place u ON u.unit_id = a.unit_id
   WHERE a.person_id = r.person_id AND a.valid_from <= $2
     AND (a.valid_to IS NULL OR $2 < a.valid_to)
   ORDER BY CASE a.kind WHEN 'resident' THEN 0 ELSE 1 END, a.valid_from DESC, a.id LIMIT 1),
  r.manner, r.made_at,
  EXISTS (SELECT 1 FROM consent c WHERE c.person_id = r.person_id AND c.purpose = $3
    AND c.withdrawn_at IS NULL)
FROM registration r
JOIN person p ON p.id = r.person_id
LEFT JOIN person_cluster k ON k.person_id = r.person_id
WHERE r.class_id = $1 AND r.cancelled_at IS NULL
ORDER BY p.name_sort, r.made_at, r.id
-- name: cancelled
SELECT r.id, r.person_id, COALESCE(k.canonical_id, r.person_id), p.full_name, p.birth_date,
  p.birth_year, p.sex, CAST(NULL AS text), r.manner, r.made_at, FALSE
FROM registration r
JOIN person p ON p.id = r.person_id
LEFT JOIN person_cluster k ON k.person_id = r.person_id
WHERE r.class_id = $1 AND r.cancelled_at IS NOT NULL
ORDER BY r.cancelled_at DESC, r.id LIMIT 20
-- name: of_clusters
SELECT r.id, r.person_id, COALESCE(k.canonical_id, r.person_id), r.cancelled_at
FROM registration r LEFT JOIN person_cluster k ON k.person_id = r.person_id
WHERE r.class_id = $1 AND COALESCE(k.canonical_id, r.person_id) {in:$2}
ORDER BY CASE WHEN r.cancelled_at IS NULL THEN 0 ELSE 1 END, r.made_at, r.id
-- name: get
SELECT r.id, r.person_id, COALESCE(k.canonical_id, r.person_id), r.cancelled_at
FROM registration r LEFT JOIN person_cluster k ON k.person_id = r.person_id
WHERE r.class_id = $1 AND r.id = $2
-- name: canonical
SELECT p.id, COALESCE(k.canonical_id, p.id) FROM person p
LEFT JOIN person_cluster k ON k.person_id = p.id WHERE p.id {in:$1}
-- name: count
SELECT COUNT(DISTINCT COALESCE(k.canonical_id, r.person_id))
FROM registration r LEFT JOIN person_cluster k ON k.person_id = r.person_id
WHERE r.class_id = $1 AND r.cancelled_at IS NULL
-- name: attended
SELECT COUNT(*) FROM statement s
JOIN meeting m ON m.id = s.context_id
LEFT JOIN person_cluster k ON k.person_id = s.person_id
WHERE m.class_id = $1 AND s.kind = 'attended' AND COALESCE(k.canonical_id, s.person_id) = $2
  AND NOT EXISTS (SELECT 1 FROM statement v WHERE v.voids_id = s.id)

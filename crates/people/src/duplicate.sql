-- name: near
SELECT id, full_name, birth_date, birth_year, sex, ethnicity, citizen_id, old_id, phone, email,
  created_at
FROM person WHERE citizen_id = $2 AND id <> $1
UNION
SELECT id, full_name, birth_date, birth_year, sex, ethnicity, citizen_id, old_id, phone, email,
  created_at
FROM person WHERE name_fold = $4 AND id <> $1
UNION
SELECT id, full_name, birth_date, birth_year, sex, ethnicity, citizen_id, old_id, phone, email,
  created_at
FROM person WHERE old_id = $3 AND id <> $1
-- name: shares_commune
SELECT f.person_id FROM affiliation f
JOIN unit_place u ON u.unit_id = f.unit_id
JOIN unit_place v ON COALESCE(v.commune_id, v.unit_id) = COALESCE(u.commune_id, u.unit_id)
WHERE f.person_id = $1 AND v.unit_id {in:$2} LIMIT 1
-- name: get
SELECT id, person_a, person_b, reason, found_at, decision, decided_at FROM duplicate WHERE id = $1
-- name: find
SELECT id, person_a, person_b, reason, found_at, decision, decided_at FROM duplicate
WHERE person_a = $1 AND person_b = $2
-- name: open
SELECT d.id, d.person_a, d.person_b, d.reason, d.found_at, d.decision, d.decided_at
FROM duplicate d
WHERE d.decision IS NULL
  AND EXISTS (SELECT 1 FROM affiliation f JOIN unit_place u ON u.unit_id = f.unit_id
    JOIN {spans:$1} s ON u.pos BETWEEN s.lo AND s.hi WHERE f.person_id = d.person_a)
  AND EXISTS (SELECT 1 FROM affiliation f JOIN unit_place u ON u.unit_id = f.unit_id
    JOIN {spans:$1} s ON u.pos BETWEEN s.lo AND s.hi WHERE f.person_id = d.person_b)
ORDER BY d.found_at, d.id LIMIT $2
-- name: decided
SELECT d.id, d.person_a, d.person_b, d.reason, d.found_at, d.decision, d.decided_at
FROM duplicate d
WHERE d.decision IS NOT NULL
  AND EXISTS (SELECT 1 FROM affiliation f JOIN unit_place u ON u.unit_id = f.unit_id
    JOIN {spans:$1} s ON u.pos BETWEEN s.lo AND s.hi WHERE f.person_id = d.person_a)
  AND EXISTS (SELECT 1 FROM affiliation f JOIN unit_place u ON u.unit_id = f.unit_id
    JOIN {spans:$1} s ON u.pos BETWEEN s.lo AND s.hi WHERE f.person_id = d.person_b)
ORDER BY d.decided_at DESC, d.id DESC LIMIT $2
-- name: count_open
SELECT COUNT(*) FROM duplicate d
WHERE d.decision IS NULL
  AND EXISTS (SELECT 1 FROM affiliation f JOIN unit_place u ON u.unit_id = f.unit_id
    JOIN {spans:$1} s ON u.pos BETWEEN s.lo AND s.hi WHERE f.person_id = d.person_a)
  AND EXISTS (SELECT 1 FROM affiliation f JOIN unit_place u ON u.unit_id = f.unit_id
    JOIN {spans:$1} s ON u.pos BETWEEN s.lo AND s.hi WHERE f.person_id = d.person_b)

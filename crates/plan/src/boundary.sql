-- name: add_area
INSERT INTO boundary_area (file_id, no, properties, west, north, east, south, shape)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
-- name: get
SELECT f.id, f.unit_id, f.name, f.source, f.matched_by, f.made_at, f.used_at, u.pos
FROM boundary_file f JOIN unit_place u ON u.unit_id = f.unit_id
WHERE f.id = $1 AND f.withdrawn_at IS NULL
-- name: list
SELECT f.id, f.unit_id, f.name, f.source, f.matched_by, f.made_at, f.used_at, u.pos
FROM boundary_file f JOIN unit_place u ON u.unit_id = f.unit_id
WHERE f.withdrawn_at IS NULL
  AND EXISTS (SELECT 1 FROM {spans:$1} s WHERE u.pos BETWEEN s.lo AND s.hi)
ORDER BY f.made_at DESC, f.id DESC
-- name: areas
SELECT no, properties, west, north, east, south, shape FROM boundary_area
WHERE file_id = $1 ORDER BY no
-- name: forget_areas
DELETE FROM boundary_area WHERE file_id = $1
-- name: below
SELECT b.unit_id, b.west, b.north, b.east, b.south, b.shape, f.source
FROM unit_place p JOIN boundary b ON b.unit_id = p.unit_id
  JOIN boundary_file f ON f.id = b.file_id
WHERE p.parent_id = $1 AND f.withdrawn_at IS NULL
ORDER BY f.used_at, f.id, b.id
-- name: of_file
SELECT unit_id, west, north, east, south, shape FROM boundary WHERE file_id = $1 ORDER BY id
-- name: parents
SELECT u.unit_id, u.parent_id, u.commune_id, u.kind, u.code, u.name, u.path, u.sort, u.pos, u.last,
  u.depth
FROM unit_place u
WHERE EXISTS (SELECT 1 FROM unit_place c WHERE c.parent_id = u.unit_id AND c.kind = $2)
  AND EXISTS (SELECT 1 FROM {spans:$1} s WHERE u.pos BETWEEN s.lo AND s.hi)
ORDER BY u.pos

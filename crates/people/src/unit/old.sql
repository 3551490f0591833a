-- name: digest
SELECT name FROM old_ward WHERE no = 0
-- name: clear
DELETE FROM old_ward
-- name: add
INSERT INTO old_ward (no, code, name, district, province, new_code) VALUES ($1, $2, $3, $4, $5, $6)

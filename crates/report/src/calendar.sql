-- name: all
SELECT calendar, kind, name_vi, name_en, first_day, months_before, source, valid_from, valid_to
FROM report_calendar ORDER BY calendar, kind, valid_from
-- name: of
SELECT calendar, kind, name_vi, name_en, first_day, months_before, source, valid_from, valid_to
FROM report_calendar WHERE calendar = $1 ORDER BY kind, valid_from

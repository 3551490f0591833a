-- When what the rows of a file say was cleared; `at_row` is then the row up to which it was, and
-- less than zero once all were.
ALTER TABLE import_file ADD COLUMN cleared_at {time};

-- Boards: what they keep of the readings, and the boundaries of units as an office loads them.

-- READING: how often the sums of a book changed. Never taken back: a number that is used again
-- must not look like the book before it.
CREATE TABLE reading_change (
  no integer NOT NULL PRIMARY KEY,
  changes bigint NOT NULL
);

-- A file of boundaries: what was sent, and when it came into use.
CREATE TABLE boundary_file (
  id {id} NOT NULL PRIMARY KEY,
  -- The unit whose parts the areas are.
  unit_id {id} NOT NULL REFERENCES unit (id),
  name text NOT NULL,
  source text NOT NULL,
  -- The property that says which unit an area is; none until it was chosen.
  matched_by text,
  made_at {time} NOT NULL,
  used_at {time},
  withdrawn_at {time}
);
CREATE INDEX boundary_file_unit ON boundary_file (unit_id);

-- The areas of a file until it is in use: what it says of each, and its shape.
CREATE TABLE boundary_area (
  file_id {id} NOT NULL REFERENCES boundary_file (id),
  no integer NOT NULL,
  properties {json} NOT NULL,
  west integer NOT NULL,
  north integer NOT NULL,
  east integer NOT NULL,
  south integer NOT NULL,
  shape text NOT NULL,
  PRIMARY KEY (file_id, no)
);

-- The shape of a unit: path data in ten-thousandths of a degree, south positive, with its bounds.
-- Of the files that stand, the one used last counts.
CREATE TABLE boundary (
  id {id} NOT NULL PRIMARY KEY,
  file_id {id} NOT NULL REFERENCES boundary_file (id),
  unit_id {id} NOT NULL REFERENCES unit (id),
  west integer NOT NULL,
  north integer NOT NULL,
  east integer NOT NULL,
  south integer NOT NULL,
  shape text NOT NULL
);
CREATE INDEX boundary_unit ON boundary (unit_id);

-- Units with a memory: changes of the tree, and who follows whom.

-- One act of a resolution. It is in force from `on_day` unless it was withdrawn.
CREATE TABLE unit_change (
  id {id} NOT NULL PRIMARY KEY,
  kind text NOT NULL,
  on_day text NOT NULL,
  title text NOT NULL,
  legal_basis text,
  made_at {time} NOT NULL,
  withdrawn_at {time}
);
CREATE INDEX unit_change_day ON unit_change (on_day);

-- `share`: thousandths of what `from` had that go to `to`. `main`: whom it counts in when it no
-- longer stands. `rank`: the order in which the act names them.
CREATE TABLE unit_succession (
  id {id} NOT NULL PRIMARY KEY,
  change_id {id} NOT NULL REFERENCES unit_change (id),
  from_id {id} NOT NULL REFERENCES unit (id),
  to_id {id} NOT NULL REFERENCES unit (id),
  share integer NOT NULL,
  main {bool} NOT NULL,
  rank integer NOT NULL
);
CREATE INDEX unit_succession_change ON unit_succession (change_id);
CREATE INDEX unit_succession_from ON unit_succession (from_id);
CREATE INDEX unit_succession_to ON unit_succession (to_id);

-- The dated rows a change began or ended, so that it can be taken back. `unit_id`: whose row.
CREATE TABLE unit_change_row (
  id {id} NOT NULL PRIMARY KEY,
  change_id {id} NOT NULL REFERENCES unit_change (id),
  noun text NOT NULL,
  row_id {id} NOT NULL,
  unit_id {id} NOT NULL REFERENCES unit (id),
  part text NOT NULL
);
CREATE INDEX unit_change_row_change ON unit_change_row (change_id);
CREATE INDEX unit_change_row_unit ON unit_change_row (unit_id);

-- READING: units that do not stand hang below the one they count in.
ALTER TABLE unit_place ADD COLUMN gone {bool} NOT NULL DEFAULT FALSE;

-- The form (`xa`, `phuong` …) a unit has with this name, when not the one it began with.
ALTER TABLE unit_name ADD COLUMN form text;

-- LIBRARY: what communes were called before 1 July 2025, out of content/units/old.txt. Not part of
-- the register: the same file gives the same rows. Row 0 holds the digest of the file as its name.
CREATE TABLE old_ward (
  no integer NOT NULL PRIMARY KEY,
  code text,
  name text NOT NULL,
  district text NOT NULL,
  province text NOT NULL,
  new_code text NOT NULL
);
CREATE INDEX old_ward_new ON old_ward (new_code);

-- READING: people with days in several units: a unit above them counts them once.
CREATE TABLE reading_several (
  no integer NOT NULL,
  unit_id {id} NOT NULL,
  subject_id {id} NOT NULL,
  PRIMARY KEY (no, unit_id, subject_id)
){keyed};

-- Views of boards that somebody looked at: what is not looked at for some days is forgotten.
-- `view`: `then`, or a day whose tree is asked for.
CREATE TABLE view_wanted (
  measure_id {id} NOT NULL,
  view text NOT NULL,
  asked_on text NOT NULL,
  PRIMARY KEY (measure_id, view)
);

-- READING: sums of a book's intervals with another tree, under a number below zero. `source`: the
-- book; `fresh`: whether the tree is still the one they were made with.
CREATE TABLE reading_view (
  no integer NOT NULL PRIMARY KEY,
  measure_id {id} NOT NULL,
  view text NOT NULL,
  source integer NOT NULL,
  fresh {bool} NOT NULL,
  state text NOT NULL,
  filled_to {id},
  filled bigint NOT NULL
);
CREATE INDEX reading_view_measure ON reading_view (measure_id, view);

-- READING: the units above a unit in a view, from a day to another, itself first (rank 0).
-- `stands`: whether it is itself one of the tree and not one that counts in another.
CREATE TABLE reading_way (
  view text NOT NULL,
  unit_id {id} NOT NULL,
  from_day integer NOT NULL,
  rank integer NOT NULL,
  to_day integer NOT NULL,
  up_id {id} NOT NULL,
  stands {bool} NOT NULL,
  PRIMARY KEY (view, unit_id, from_day, rank)
){keyed};
CREATE INDEX reading_way_up ON reading_way (view, up_id, rank);

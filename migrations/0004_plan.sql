-- Plans, measures, targets, official figures, and the readings that follow from them.
-- docs/measurement.md says what the numbers mean and how the readings are kept.

CREATE TABLE plan (
  id {id} NOT NULL PRIMARY KEY,
  unit_id {id} NOT NULL REFERENCES unit (id),
  title text NOT NULL,
  legal_basis text,
  valid_from text NOT NULL,
  valid_to text
);

-- What is counted, of which subjects: `kind` says which of the columns it needs (people: audience,
-- rung, activities; units and things: their kind and a criterion). `unit_code`: what it is counted
-- in, a key of content/lists/measure_units.toml. `better`: whether more or less of it is.
CREATE TABLE measure (
  id {id} NOT NULL PRIMARY KEY,
  kind text NOT NULL,
  title_vi text NOT NULL,
  title_en text NOT NULL,
  audience_id {id} REFERENCES audience (id),
  rung integer NOT NULL,
  need text NOT NULL,
  valid_months integer,
  denominator text NOT NULL,
  -- What happened before this day does not count.
  since text,
  unit_kind text,
  thing_kind text,
  criterion_id {id},
  -- How many things a unit must have.
  at_least integer,
  better text NOT NULL,
  unit_code text NOT NULL
);

CREATE TABLE measure_activity (
  id {id} NOT NULL PRIMARY KEY,
  measure_id {id} NOT NULL REFERENCES measure (id),
  activity_id {id} NOT NULL,
  UNIQUE (measure_id, activity_id)
);

-- The measures whose numerators a share is taken of.
CREATE TABLE measure_base (
  id {id} NOT NULL PRIMARY KEY,
  measure_id {id} NOT NULL REFERENCES measure (id),
  base_id {id} NOT NULL REFERENCES measure (id),
  UNIQUE (measure_id, base_id)
);

-- `goal` and `baseline`: thousandths of the measure's unit. 100% is 1000, 300 people are 300000.
CREATE TABLE target (
  id {id} NOT NULL PRIMARY KEY,
  plan_id {id} NOT NULL REFERENCES plan (id),
  measure_id {id} NOT NULL REFERENCES measure (id),
  unit_id {id} NOT NULL REFERENCES unit (id),
  code text,
  title_vi text NOT NULL,
  title_en text NOT NULL,
  qualifier text NOT NULL,
  goal bigint NOT NULL,
  baseline bigint NOT NULL,
  starts text NOT NULL,
  due text NOT NULL,
  made_at {time} NOT NULL,
  withdrawn_at {time}
);
CREATE INDEX target_measure ON target (measure_id);

-- The goal at the end of a year on the way; for what is counted anew each year, that year's.
CREATE TABLE target_year (
  id {id} NOT NULL PRIMARY KEY,
  target_id {id} NOT NULL REFERENCES target (id),
  year integer NOT NULL,
  goal bigint NOT NULL,
  withdrawn_at {time}
);
CREATE INDEX target_year_target ON target_year (target_id);

-- A number somebody else answers for, with where it comes from: a denominator, as a whole number;
-- or, of a measure of kind `figure`, its value in thousandths of the measure's unit. A correction is a new row: of
-- the rows that stand, the latest `as_of`, then the latest made, counts.
CREATE TABLE figure (
  id {id} NOT NULL PRIMARY KEY,
  measure_id {id} NOT NULL REFERENCES measure (id),
  unit_id {id} NOT NULL REFERENCES unit (id),
  value bigint NOT NULL,
  as_of text NOT NULL,
  source text NOT NULL,
  import_id {id},
  made_at {time} NOT NULL,
  withdrawn_at {time}
);
CREATE INDEX figure_measure ON figure (measure_id, unit_id, as_of);
CREATE INDEX figure_import ON figure (import_id) WHERE import_id IS NOT NULL;

-- READING: the book a measure's readings stand in. A measure whose rule changes gets a new book,
-- which is filled beside the old one and then opened in its place.
CREATE TABLE reading_book (
  no integer NOT NULL PRIMARY KEY,
  measure_id {id} NOT NULL,
  -- A digest of what the readings follow from besides subjects: the measure and its audience.
  rule text NOT NULL,
  -- `filling` (subjects up to `filled_to` are in), `open` (what pages read), `closed` (goes away).
  state text NOT NULL,
  filled_to {id},
  filled bigint NOT NULL,
  -- How often its sums changed: boards made of it are the same while this is.
  moved bigint NOT NULL
);
CREATE INDEX reading_book_measure ON reading_book (measure_id);

-- READING: each subject's days (a person's in the audience, a unit's, a thing's, a class's), split
-- by whether the measure is met. `n`: how often it counts, of what is not counted once.
-- Days are counted from 1970-01-01; `to_day` is the first day it no longer holds.
CREATE TABLE reading_interval (
  no integer NOT NULL,
  subject_id {id} NOT NULL,
  unit_id {id} NOT NULL,
  from_day integer NOT NULL,
  to_day integer NOT NULL,
  met {bool} NOT NULL,
  n integer NOT NULL,
  PRIMARY KEY (no, subject_id, unit_id, from_day)
){keyed};
CREATE INDEX reading_interval_unit ON reading_interval (no, unit_id);

-- READING: changes of numerator and denominator, a subject once per unit and all above it, summed
-- by day (level 0), by 32 days (1) and by 1024 days (2): a figure of any day is read from at most
-- a hundred rows.
CREATE TABLE reading_sum (
  no integer NOT NULL,
  unit_id {id} NOT NULL,
  level integer NOT NULL,
  bucket integer NOT NULL,
  met bigint NOT NULL,
  base bigint NOT NULL,
  PRIMARY KEY (no, unit_id, level, bucket)
){keyed};

-- READING: the tree the sums were made with.
CREATE TABLE reading_tree (
  unit_id {id} NOT NULL PRIMARY KEY,
  parent_id {id}
);

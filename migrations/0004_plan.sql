-- Plans, measures, targets, official figures, and the readings that follow from them.

CREATE TABLE plan (
  id {id} NOT NULL PRIMARY KEY,
  unit_id {id} NOT NULL REFERENCES unit (id),
  title text NOT NULL,
  legal_basis text,
  valid_from text NOT NULL,
  valid_to text
);

-- A share: of the audience (or of an official figure), those who hold `rung` in the activities.
CREATE TABLE measure (
  id {id} NOT NULL PRIMARY KEY,
  no integer NOT NULL UNIQUE,
  title_vi text NOT NULL,
  title_en text NOT NULL,
  audience_id {id} NOT NULL REFERENCES audience (id),
  rung integer NOT NULL,
  need text NOT NULL,
  valid_months integer,
  denominator text NOT NULL
);

CREATE TABLE measure_activity (
  id {id} NOT NULL PRIMARY KEY,
  measure_id {id} NOT NULL REFERENCES measure (id),
  activity_id {id} NOT NULL,
  UNIQUE (measure_id, activity_id)
);

CREATE TABLE target (
  id {id} NOT NULL PRIMARY KEY,
  plan_id {id} NOT NULL REFERENCES plan (id),
  measure_id {id} NOT NULL REFERENCES measure (id),
  unit_id {id} NOT NULL REFERENCES unit (id),
  code text,
  title_vi text NOT NULL,
  title_en text NOT NULL,
  qualifier text NOT NULL,
  goal_permille integer NOT NULL,
  baseline_permille integer NOT NULL,
  starts text NOT NULL,
  due text NOT NULL,
  made_at {time} NOT NULL,
  withdrawn_at {time}
);

-- A number somebody else answers for, with where it comes from.
CREATE TABLE figure (
  id {id} NOT NULL PRIMARY KEY,
  measure_id {id} NOT NULL REFERENCES measure (id),
  unit_id {id} NOT NULL REFERENCES unit (id),
  value bigint NOT NULL,
  as_of text NOT NULL,
  source text NOT NULL,
  import_id {id},
  withdrawn_at {time}
);
CREATE INDEX figure_measure ON figure (measure_id, unit_id, as_of);

-- READING: each person's days in the denominator, split by whether the measure is met.
-- Days are counted from 1970-01-01; `to_day` is the first day it no longer holds.
CREATE TABLE reading_interval (
  measure_no integer NOT NULL,
  subject_id {id} NOT NULL,
  unit_id {id} NOT NULL,
  from_day integer NOT NULL,
  to_day integer NOT NULL,
  met {bool} NOT NULL,
  PRIMARY KEY (measure_no, subject_id, unit_id, from_day)
);
CREATE INDEX reading_interval_unit ON reading_interval (measure_no, unit_id);

-- READING: changes of numerator and denominator, a person once per unit and all above it, summed
-- by day (level 0), by 32 days (1) and by 1024 days (2): a figure of any day is read from at most
-- a hundred rows.
CREATE TABLE reading_sum (
  measure_no integer NOT NULL,
  unit_id {id} NOT NULL,
  level integer NOT NULL,
  bucket integer NOT NULL,
  met bigint NOT NULL,
  base bigint NOT NULL,
  PRIMARY KEY (measure_no, unit_id, level, bucket)
);

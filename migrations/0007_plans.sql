-- What a plan says of itself, its tasks, the training plan of a year, the least training a year.

ALTER TABLE plan ADD COLUMN number text;
ALTER TABLE plan ADD COLUMN issuer text;
ALTER TABLE plan ADD COLUMN issued_on text;
-- The plan that stands in its place; it stays readable and says so.
ALTER TABLE plan ADD COLUMN replaced_by {id} REFERENCES plan (id);
-- The template it was taken over from (content/plans), when it was.
ALTER TABLE plan ADD COLUMN template text;

-- What a plan charges a unit with. `taking_part` is as the document says it: "các sở, ngành".
CREATE TABLE task (
  id {id} NOT NULL PRIMARY KEY,
  plan_id {id} NOT NULL REFERENCES plan (id),
  no text,
  title text NOT NULL,
  unit_id {id} NOT NULL REFERENCES unit (id),
  taking_part text,
  deadline text,
  product text,
  made_at {time} NOT NULL,
  withdrawn_at {time}
);
CREATE INDEX task_plan ON task (plan_id);
CREATE INDEX task_unit ON task (unit_id);

-- How far a task was said to be, by whom. Of its rows the latest day, then the latest made,
-- counts: nothing is overwritten.
CREATE TABLE task_status (
  id {id} NOT NULL PRIMARY KEY,
  task_id {id} NOT NULL REFERENCES task (id),
  status text NOT NULL,
  on_day text NOT NULL,
  note text,
  -- The document or product that shows it, and where it can be read.
  evidence text,
  link text,
  person_id {id} REFERENCES person (id),
  made_at {time} NOT NULL
);
CREATE INDEX task_status_task ON task_status (task_id, on_day);

-- A row of a year's training plan. What was held is not kept here: it is counted from classes.
CREATE TABLE course_plan (
  id {id} NOT NULL PRIMARY KEY,
  year integer NOT NULL,
  -- In charge.
  unit_id {id} NOT NULL REFERENCES unit (id),
  -- Classes held in it and below count.
  area_id {id} NOT NULL REFERENCES unit (id),
  course_id {id} REFERENCES course (id),
  title text NOT NULL,
  audience text,
  classes integer,
  places integer,
  -- Đồng.
  budget bigint,
  funds text,
  due text,
  made_at {time} NOT NULL,
  withdrawn_at {time}
);
CREATE INDEX course_plan_year ON course_plan (year);

-- A payment, with the document that shows it.
CREATE TABLE payment (
  id {id} NOT NULL PRIMARY KEY,
  course_plan_id {id} NOT NULL REFERENCES course_plan (id),
  amount bigint NOT NULL,
  on_day text NOT NULL,
  document text NOT NULL,
  made_at {time} NOT NULL,
  withdrawn_at {time}
);
CREATE INDEX payment_course_plan ON payment (course_plan_id);
CREATE INDEX class_course ON class (course_id);

-- The least training a year for categories of staff. `measure_id` is kept for it: who has reached
-- it on which days, folded like any other measure.
CREATE TABLE training_rule (
  id {id} NOT NULL PRIMARY KEY,
  code text NOT NULL,
  title_vi text NOT NULL,
  title_en text NOT NULL,
  categories {json} NOT NULL,
  amount integer NOT NULL,
  amount_unit text NOT NULL,
  minutes integer NOT NULL,
  valid_from text NOT NULL,
  valid_to text,
  source text NOT NULL,
  established {bool} NOT NULL,
  note_vi text,
  note_en text,
  measure_id {id} NOT NULL REFERENCES measure (id),
  made_at {time} NOT NULL,
  withdrawn_at {time}
);
CREATE INDEX training_rule_measure ON training_rule (measure_id);

-- Reports: calendars, forms and their lines, what units file, what was approved and what changed
-- afterwards, and the texts offices write with the figures.

-- Which days a period covers: one rule for each calendar and length of period.
CREATE TABLE report_calendar (
  id {id} NOT NULL PRIMARY KEY,
  calendar text NOT NULL,
  kind text NOT NULL,
  name_vi text NOT NULL,
  name_en text NOT NULL,
  first_day integer NOT NULL,
  months_before integer NOT NULL,
  source text NOT NULL,
  valid_from text NOT NULL,
  valid_to text,
  UNIQUE (calendar, kind, valid_from)
);

-- What the units directly below `unit_id` file to it.
CREATE TABLE report_form (
  id {id} NOT NULL PRIMARY KEY,
  unit_id {id} NOT NULL REFERENCES unit (id),
  title_vi text NOT NULL,
  title_en text NOT NULL,
  legal_basis text,
  calendar text NOT NULL,
  kind text NOT NULL,
  -- Kinds of units that file it, a JSON list.
  unit_kinds {json} NOT NULL,
  -- Days after the last of a period until a return is late.
  due_days integer NOT NULL,
  -- A change of more than this, in percent, is asked about.
  change_percent integer NOT NULL,
  valid_from text NOT NULL,
  valid_to text,
  made_at {time} NOT NULL
);
CREATE INDEX report_form_unit ON report_form (unit_id);

CREATE TABLE report_line (
  id {id} NOT NULL PRIMARY KEY,
  form_id {id} NOT NULL REFERENCES report_form (id),
  rank integer NOT NULL,
  code text NOT NULL,
  -- `target` (computed), `share` (numerator and denominator typed), `count` (one number typed).
  entry text NOT NULL,
  target_id {id} REFERENCES target (id),
  title_vi text NOT NULL,
  title_en text NOT NULL,
  unit_vi text NOT NULL,
  unit_en text NOT NULL,
  note text,
  required {bool} NOT NULL,
  -- Whether a typed figure must say where it comes from.
  sourced {bool} NOT NULL,
  -- Codes of lines whose sum this line is, a JSON list.
  sum_of {json} NOT NULL,
  valid_from text NOT NULL,
  valid_to text,
  UNIQUE (form_id, code, valid_from)
);

-- A unit's report of a period: days and deadline as they were when it was opened.
CREATE TABLE report_return (
  id {id} NOT NULL PRIMARY KEY,
  form_id {id} NOT NULL REFERENCES report_form (id),
  period text NOT NULL,
  unit_id {id} NOT NULL REFERENCES unit (id),
  starts text NOT NULL,
  ends text NOT NULL,
  due text NOT NULL,
  made_at {time} NOT NULL,
  UNIQUE (form_id, period, unit_id)
);
CREATE INDEX report_return_unit ON report_return (unit_id);

-- What happened to a return, in order; the last row is where it stands.
CREATE TABLE report_step (
  id {id} NOT NULL PRIMARY KEY,
  return_id {id} NOT NULL REFERENCES report_return (id),
  no integer NOT NULL,
  state text NOT NULL,
  reason text,
  person_id {id},
  made_at {time} NOT NULL,
  UNIQUE (return_id, no)
);

-- What a unit typed, in thousandths of the line's unit. No number is no zero.
CREATE TABLE report_entry (
  id {id} NOT NULL PRIMARY KEY,
  return_id {id} NOT NULL REFERENCES report_return (id),
  line_id {id} NOT NULL REFERENCES report_line (id),
  part bigint,
  whole bigint,
  source text,
  made_at {time} NOT NULL,
  UNIQUE (return_id, line_id)
);

-- The note with which a unit answers a finding; `about` is the finding with its numbers, so that
-- other numbers ask again.
CREATE TABLE report_answer (
  id {id} NOT NULL PRIMARY KEY,
  return_id {id} NOT NULL REFERENCES report_return (id),
  about text NOT NULL,
  note text NOT NULL,
  made_at {time} NOT NULL,
  UNIQUE (return_id, about)
);

-- Who approved a return, and the digest of what was approved.
CREATE TABLE report_lock (
  id {id} NOT NULL PRIMARY KEY,
  return_id {id} NOT NULL UNIQUE REFERENCES report_return (id),
  hash text NOT NULL,
  person_id {id},
  made_at {time} NOT NULL
);

-- The figures that were approved, in thousandths; never changed. Sources stay in the entries, since
-- one that names a person may have to be deleted.
CREATE TABLE report_figure (
  id {id} NOT NULL PRIMARY KEY,
  return_id {id} NOT NULL REFERENCES report_return (id),
  line_id {id} NOT NULL REFERENCES report_line (id),
  part bigint,
  whole bigint,
  UNIQUE (return_id, line_id)
);
{append_only:report_figure}

-- What a frozen figure would be today: seen by the program when facts came later, or typed with a
-- reason. The latest row counts.
CREATE TABLE report_correction (
  id {id} NOT NULL PRIMARY KEY,
  figure_id {id} NOT NULL REFERENCES report_figure (id),
  part bigint,
  whole bigint,
  reason text,
  person_id {id},
  made_at {time} NOT NULL
);
CREATE INDEX report_correction_figure ON report_correction (figure_id);

-- A text with places for figures, which an office edits.
CREATE TABLE report_template (
  id {id} NOT NULL PRIMARY KEY,
  form_id {id} NOT NULL REFERENCES report_form (id),
  title text NOT NULL,
  body text NOT NULL,
  made_at {time} NOT NULL,
  withdrawn_at {time}
);
CREATE INDEX report_template_form ON report_template (form_id);

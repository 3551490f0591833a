-- Units, persons, accounts, access, imports.

CREATE TABLE unit (
  id {id} NOT NULL PRIMARY KEY,
  kind text NOT NULL,
  form text,
  valid_from text NOT NULL,
  valid_to text
);

CREATE TABLE unit_name (
  id {id} NOT NULL PRIMARY KEY,
  unit_id {id} NOT NULL REFERENCES unit (id),
  name text NOT NULL,
  valid_from text NOT NULL,
  valid_to text
);
CREATE INDEX unit_name_unit ON unit_name (unit_id);

CREATE TABLE unit_parent (
  id {id} NOT NULL PRIMARY KEY,
  unit_id {id} NOT NULL REFERENCES unit (id),
  parent_id {id} NOT NULL REFERENCES unit (id),
  valid_from text NOT NULL,
  valid_to text
);
CREATE INDEX unit_parent_unit ON unit_parent (unit_id);
CREATE INDEX unit_parent_parent ON unit_parent (parent_id);

-- Zero-padded text. `alias`: another code that means the same unit.
CREATE TABLE unit_code (
  id {id} NOT NULL PRIMARY KEY,
  unit_id {id} NOT NULL REFERENCES unit (id),
  scheme text NOT NULL,
  code text NOT NULL,
  alias {bool} NOT NULL
);
CREATE INDEX unit_code_unit ON unit_code (unit_id);
CREATE INDEX unit_code_code ON unit_code (code);

-- READING: the tree as it stands, walked in order: all below a unit have pos in [pos, last].
CREATE TABLE unit_place (
  unit_id {id} NOT NULL PRIMARY KEY,
  parent_id {id},
  commune_id {id},
  kind text NOT NULL,
  code text,
  name text NOT NULL,
  path text NOT NULL,
  sort text NOT NULL,
  pos bigint NOT NULL,
  last bigint NOT NULL,
  depth integer NOT NULL
);
CREATE UNIQUE INDEX unit_place_pos ON unit_place (pos);
CREATE INDEX unit_place_parent ON unit_place (parent_id, sort);

-- No unique index on identity numbers: two boxes without network may meet one citizen.
CREATE TABLE person (
  id {id} NOT NULL PRIMARY KEY,
  full_name text NOT NULL,
  name_fold text NOT NULL,
  name_sort text NOT NULL,
  birth_date text,
  birth_year integer,
  sex text,
  ethnicity text,
  citizen_id text,
  old_id text,
  phone text,
  email text,
  created_at {time} NOT NULL
);
CREATE INDEX person_citizen ON person (citizen_id) WHERE citizen_id IS NOT NULL;
CREATE INDEX person_old_id ON person (old_id) WHERE old_id IS NOT NULL;
CREATE INDEX person_old ON person (old_id) WHERE old_id IS NOT NULL;
CREATE INDEX person_fold ON person (name_fold, birth_year);
-- With the folded name: a list is searched while it is walked, without the rows.
CREATE INDEX person_sort ON person (name_sort, id, name_fold);
CREATE INDEX person_phone ON person (phone) WHERE phone IS NOT NULL;

-- valid_to is the first day it no longer holds.
CREATE TABLE affiliation (
  id {id} NOT NULL PRIMARY KEY,
  person_id {id} NOT NULL REFERENCES person (id),
  unit_id {id} NOT NULL REFERENCES unit (id),
  kind text NOT NULL,
  category text,
  position text,
  title text,
  rank_code text,
  valid_from text NOT NULL,
  valid_to text,
  import_id {id}
);
CREATE INDEX affiliation_person ON affiliation (person_id);
CREATE INDEX affiliation_unit ON affiliation (unit_id, kind);

-- Two rows that are one person. Ending the edge takes the two apart again.
CREATE TABLE person_merge (
  id {id} NOT NULL PRIMARY KEY,
  person_a {id} NOT NULL REFERENCES person (id),
  person_b {id} NOT NULL REFERENCES person (id),
  made_at {time} NOT NULL,
  ended_at {time}
);
CREATE INDEX person_merge_a ON person_merge (person_a);
CREATE INDEX person_merge_b ON person_merge (person_b);

-- READING: the connected components of the edges that hold; the smallest id stands for all.
CREATE TABLE person_cluster (
  person_id {id} NOT NULL PRIMARY KEY,
  canonical_id {id} NOT NULL
);
CREATE INDEX person_cluster_canonical ON person_cluster (canonical_id);

-- Two rows that may be one person: somebody decides.
CREATE TABLE duplicate (
  id {id} NOT NULL PRIMARY KEY,
  person_a {id} NOT NULL REFERENCES person (id),
  person_b {id} NOT NULL REFERENCES person (id),
  reason text NOT NULL,
  found_at {time} NOT NULL,
  decision text,
  decided_at {time},
  UNIQUE (person_a, person_b)
);

CREATE TABLE account (
  id {id} NOT NULL PRIMARY KEY,
  person_id {id} NOT NULL REFERENCES person (id),
  login text NOT NULL UNIQUE,
  password_hash text,
  lang text NOT NULL,
  made_at {time} NOT NULL,
  closed_at {time}
);
CREATE INDEX account_person ON account (person_id);

-- An activation slip: printed once, the code is kept only as a hash.
CREATE TABLE slip (
  id {id} NOT NULL PRIMARY KEY,
  account_id {id} NOT NULL REFERENCES account (id),
  code_hash {bytes} NOT NULL UNIQUE,
  made_at {time} NOT NULL,
  expires_at {time} NOT NULL,
  used_at {time},
  void_at {time}
);
CREATE INDEX slip_account ON slip (account_id);

CREATE TABLE session (
  token_hash {bytes} NOT NULL PRIMARY KEY,
  account_id {id} NOT NULL REFERENCES account (id),
  made_at {time} NOT NULL,
  used_at {time} NOT NULL,
  expires_at {time} NOT NULL
);
CREATE INDEX session_account ON session (account_id);
CREATE INDEX session_expires ON session (expires_at);

CREATE TABLE api_token (
  id {id} NOT NULL PRIMARY KEY,
  token_hash {bytes} NOT NULL UNIQUE,
  account_id {id} NOT NULL REFERENCES account (id),
  name text NOT NULL,
  made_at {time} NOT NULL,
  expires_at {time},
  void_at {time}
);

-- Who may act, as what, for which unit and all below it.
CREATE TABLE appointment (
  id {id} NOT NULL PRIMARY KEY,
  person_id {id} NOT NULL REFERENCES person (id),
  role text NOT NULL,
  unit_id {id} NOT NULL REFERENCES unit (id),
  valid_from text NOT NULL,
  valid_to text
);
CREATE INDEX appointment_person ON appointment (person_id);
CREATE INDEX appointment_unit ON appointment (unit_id);

CREATE TABLE consent (
  id {id} NOT NULL PRIMARY KEY,
  person_id {id} NOT NULL REFERENCES person (id),
  purpose text NOT NULL,
  words_version text NOT NULL,
  manner text NOT NULL,
  context_id {id},
  witness_id {id},
  given_at {time} NOT NULL,
  withdrawn_at {time}
);
CREATE INDEX consent_person ON consent (person_id);

-- Who looked at names, and whose.
CREATE TABLE viewing (
  id {id} NOT NULL PRIMARY KEY,
  at {time} NOT NULL,
  account_id {id} NOT NULL,
  page text NOT NULL,
  subject_id {id},
  unit_id {id},
  people integer NOT NULL
);
CREATE INDEX viewing_at ON viewing (at, id);
CREATE INDEX viewing_account ON viewing (account_id, at);
{append_only:viewing}

-- A table somebody sent in: people, results, figures. What each row would do is worked out and
-- shown first, and done when it is confirmed. `content`: the file itself, until that is worked
-- out. `at_row`: the row of the file up to which the step under way has come.
CREATE TABLE import_file (
  id {id} NOT NULL PRIMARY KEY,
  kind text NOT NULL,
  name text NOT NULL,
  hash {bytes} NOT NULL,
  content {bytes},
  unit_id {id} NOT NULL REFERENCES unit (id),
  options {json} NOT NULL,
  about {json} NOT NULL,
  row_count integer NOT NULL,
  account_id {id},
  job_id {id},
  at_row integer NOT NULL,
  read_at {time} NOT NULL,
  planned_at {time},
  confirmed_at {time},
  applied_at {time},
  undoing_at {time},
  undone_at {time}
);
CREATE INDEX import_file_read ON import_file (kind, read_at);

-- A row of the file by its number there: what it says (`draft`, and as it stood in `cells` where
-- it is to be mended), what it would do (`outcome`, `deed`), what somebody decided where it was not
-- clear, what came of it (`result`) and what was made, for taking it back. Personal, deletable.
CREATE TABLE import_row (
  import_id {id} NOT NULL REFERENCES import_file (id),
  no integer NOT NULL,
  draft {json} NOT NULL,
  cells {json},
  outcome text NOT NULL,
  notes {json} NOT NULL,
  deed {json} NOT NULL,
  person_id {id},
  decision text,
  result text,
  made {json},
  PRIMARY KEY (import_id, no)
);
CREATE INDEX import_row_outcome ON import_row (import_id, outcome, no);
CREATE INDEX import_row_person ON import_row (person_id) WHERE person_id IS NOT NULL;

-- Who is meant: by kind of affiliation, category of staff and age, on the day asked.
CREATE TABLE audience (
  id {id} NOT NULL PRIMARY KEY,
  code text NOT NULL UNIQUE,
  name_vi text NOT NULL,
  name_en text NOT NULL,
  affiliation_kind text NOT NULL,
  categories {json} NOT NULL,
  age_from integer,
  age_below integer
);

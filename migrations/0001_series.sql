-- The two append-only series everything else follows from, and the machinery around them.
-- Type words in braces are put in per database: see crates/base/src/db/sql.rs.

-- The programs that write: the province's server, a commune's box. `no` is local and short.
CREATE TABLE node (
  no integer NOT NULL PRIMARY KEY,
  id {id} NOT NULL UNIQUE,
  name text NOT NULL,
  here {bool} NOT NULL
);

-- The newest entry of each series. Writers take turns on this table.
CREATE TABLE series (
  node integer NOT NULL REFERENCES node (no),
  name text NOT NULL,
  seq bigint NOT NULL,
  clock bigint NOT NULL,
  PRIMARY KEY (node, name)
);

-- THE RECORD: what people did and what was seen. No foreign keys: a fact may arrive before the
-- register row it speaks of.
CREATE TABLE statement (
  id {id} NOT NULL PRIMARY KEY,
  node integer NOT NULL,
  seq bigint NOT NULL,
  kind text NOT NULL,
  person_id {id},
  unit_id {id} NOT NULL,
  activity_id {id},
  context_id {id},
  rung integer NOT NULL,
  success {bool},
  score integer,
  at {time} NOT NULL,
  recorded_at {time} NOT NULL,
  by_id {id},
  voids_id {id},
  detail {json}
);
CREATE UNIQUE INDEX statement_seq ON statement (node, seq);
CREATE INDEX statement_person ON statement (person_id, activity_id);
-- All that readings fold, without touching the rows: a rebuild reads facts seven times faster.
CREATE INDEX statement_fact ON statement (person_id, activity_id, rung, success, at, id)
  WHERE rung > 0 AND activity_id IS NOT NULL;
CREATE INDEX statement_context ON statement (context_id) WHERE context_id IS NOT NULL;
CREATE INDEX statement_voids ON statement (voids_id) WHERE voids_id IS NOT NULL;
{append_only:statement}

-- What came from outside as it came; deletable under the law, the hash stays in the statement.
CREATE TABLE statement_raw (
  statement_id {id} NOT NULL PRIMARY KEY,
  raw {json} NOT NULL
);

-- THE REGISTER'S JOURNAL: every edit, with the changed columns. Personal values stand apart.
CREATE TABLE journal (
  node integer NOT NULL,
  seq bigint NOT NULL,
  id {id} NOT NULL UNIQUE,
  at {time} NOT NULL,
  clock bigint NOT NULL,
  account_id {id},
  act text NOT NULL,
  noun text NOT NULL,
  row_id {id} NOT NULL,
  person_id {id},
  changes {json} NOT NULL,
  personal_hash {bytes},
  PRIMARY KEY (node, seq)
);
CREATE INDEX journal_row ON journal (row_id);
CREATE INDEX journal_account ON journal (account_id, at);
CREATE INDEX journal_at ON journal (at, node, seq);
{append_only:journal}

-- Deletable under the law; the journal keeps the hash.
CREATE TABLE journal_personal (
  node integer NOT NULL,
  seq bigint NOT NULL,
  person_id {id},
  changes {json} NOT NULL,
  PRIMARY KEY (node, seq)
);

-- How far each reading has followed each series.
CREATE TABLE reading_cursor (
  reading text NOT NULL,
  node integer NOT NULL,
  series text NOT NULL,
  seq bigint NOT NULL,
  PRIMARY KEY (reading, node, series)
);

-- Work that goes on while nobody waits. `tries` counts how often it was taken and tells one holder
-- from the next; `failures` counts the takings that came to nothing.
CREATE TABLE job (
  id {id} NOT NULL PRIMARY KEY,
  kind text NOT NULL,
  payload {json} NOT NULL,
  account_id {id},
  made_at {time} NOT NULL,
  run_at {time} NOT NULL,
  taken_until {time},
  tries integer NOT NULL,
  failures integer NOT NULL,
  done bigint NOT NULL,
  total bigint NOT NULL,
  ended_at {time},
  failure text
);
CREATE INDEX job_open ON job (run_at) WHERE ended_at IS NULL;
CREATE INDEX job_ended ON job (ended_at) WHERE ended_at IS NOT NULL;

-- A form sent twice answers the same: the id is made with the form.
CREATE TABLE submission (
  id {id} NOT NULL PRIMARY KEY,
  account_id {id},
  at {time} NOT NULL,
  location text NOT NULL
);
CREATE INDEX submission_at ON submission (at);

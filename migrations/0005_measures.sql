-- Criteria, and things that are counted and are neither people nor units. That a unit or a thing
-- satisfies a criterion is a fact of the record: see crates/plan/src/finding.rs.

-- `subject`: what can satisfy it, a kind of unit or of thing.
CREATE TABLE criterion (
  id {id} NOT NULL PRIMARY KEY,
  code text,
  title_vi text NOT NULL,
  title_en text NOT NULL,
  subject text NOT NULL,
  source text NOT NULL,
  valid_from text NOT NULL,
  valid_to text
);

-- `kind`: a key of content/lists/thing_kinds.toml.
CREATE TABLE thing (
  id {id} NOT NULL PRIMARY KEY,
  kind text NOT NULL,
  unit_id {id} NOT NULL REFERENCES unit (id),
  code text,
  name text NOT NULL,
  -- Name and code without accents, to look for; and the key it is sorted by.
  name_fold text NOT NULL,
  name_sort text NOT NULL,
  valid_from text NOT NULL,
  valid_to text,
  import_id {id},
  withdrawn_at {time}
);
CREATE INDEX thing_unit ON thing (unit_id, kind);
CREATE INDEX thing_name ON thing (name_sort, id);
CREATE INDEX thing_import ON thing (import_id) WHERE import_id IS NOT NULL;

-- What was found of units and things: statements of no person.
CREATE INDEX statement_found ON statement (unit_id, activity_id) WHERE person_id IS NULL;

-- Turns count where they happened: the index readings are rebuilt from knows the place.
DROP INDEX statement_fact;
CREATE INDEX statement_fact ON statement (person_id, activity_id, rung, success, at, id, unit_id)
  WHERE rung > 0 AND activity_id IS NOT NULL;

-- Things below a unit are found by the tree that the sums were made with.
CREATE INDEX reading_tree_parent ON reading_tree (parent_id);

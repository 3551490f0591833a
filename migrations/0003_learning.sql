-- Courses, lessons, items, assignments, classes.

-- `about`: audience, review (the label of drafting by machine), lesson hours, competences.
CREATE TABLE course (
  id {id} NOT NULL PRIMARY KEY,
  slug text NOT NULL UNIQUE,
  version integer NOT NULL,
  hash text NOT NULL,
  title_vi text NOT NULL,
  title_en text NOT NULL,
  summary_vi text NOT NULL,
  summary_en text NOT NULL,
  minutes integer NOT NULL,
  pass_percent integer NOT NULL,
  published_at {time},
  withdrawn_at {time},
  about {json} NOT NULL,
  sources {json} NOT NULL
);

-- A cmi5 assignable unit. `body_*` is the lesson's Markdown (content/README.md), last so that a
-- list of lessons does not read past it.
CREATE TABLE lesson (
  id {id} NOT NULL PRIMARY KEY,
  course_id {id} NOT NULL REFERENCES course (id),
  no integer NOT NULL,
  slug text NOT NULL,
  title_vi text NOT NULL,
  title_en text NOT NULL,
  minutes integer NOT NULL,
  questions integer NOT NULL,
  hash text NOT NULL,
  withdrawn_at {time},
  body_vi text NOT NULL,
  body_en text NOT NULL,
  UNIQUE (course_id, slug)
);

-- A question as it is asked, a row for each version. An answer freezes item and version; another
-- right answer is a new version. `id` is made of both, so every node makes the same.
CREATE TABLE item (
  id {id} NOT NULL PRIMARY KEY,
  item_id {id} NOT NULL,
  version integer NOT NULL,
  lesson_id {id} NOT NULL REFERENCES lesson (id),
  no integer NOT NULL,
  kind text NOT NULL,
  body {json} NOT NULL,
  UNIQUE (item_id, version)
);
CREATE INDEX item_lesson ON item (lesson_id, no);

CREATE TABLE media (
  course_id {id} NOT NULL REFERENCES course (id),
  name text NOT NULL,
  mime text NOT NULL,
  hash text NOT NULL,
  width integer,
  height integer,
  bytes {bytes} NOT NULL,
  PRIMARY KEY (course_id, name)
);

-- Who is to learn what by when: a course for an audience in a unit and all below it.
CREATE TABLE assignment (
  id {id} NOT NULL PRIMARY KEY,
  course_id {id} NOT NULL REFERENCES course (id),
  audience_id {id} NOT NULL REFERENCES audience (id),
  unit_id {id} NOT NULL REFERENCES unit (id),
  due text,
  made_at {time} NOT NULL,
  withdrawn_at {time}
);
CREATE INDEX assignment_unit ON assignment (unit_id);
CREATE INDEX assignment_course ON assignment (course_id);

-- Where a learner left off: a convenience of theirs, not a record of them.
CREATE TABLE bookmark (
  person_id {id} NOT NULL REFERENCES person (id),
  lesson_id {id} NOT NULL REFERENCES lesson (id),
  step integer NOT NULL,
  at {time} NOT NULL,
  PRIMARY KEY (person_id, lesson_id)
);

CREATE TABLE class (
  id {id} NOT NULL PRIMARY KEY,
  course_id {id} NOT NULL REFERENCES course (id),
  unit_id {id} NOT NULL REFERENCES unit (id),
  title text NOT NULL,
  venue text NOT NULL,
  bring text,
  organiser_id {id} NOT NULL REFERENCES person (id),
  capacity integer,
  code text NOT NULL UNIQUE,
  -- Title, venue and unit without accents, to look for.
  search text NOT NULL,
  made_at {time} NOT NULL,
  cancelled_at {time}
);
CREATE INDEX class_unit ON class (unit_id);
CREATE INDEX class_organiser ON class (organiser_id);

-- One evening of a class.
CREATE TABLE meeting (
  id {id} NOT NULL PRIMARY KEY,
  class_id {id} NOT NULL REFERENCES class (id),
  starts_at {time} NOT NULL,
  ends_at {time} NOT NULL,
  closed_at {time},
  cancelled_at {time}
);
CREATE INDEX meeting_class ON meeting (class_id, starts_at);
CREATE INDEX meeting_starts ON meeting (starts_at);

CREATE TABLE registration (
  id {id} NOT NULL PRIMARY KEY,
  class_id {id} NOT NULL REFERENCES class (id),
  person_id {id} NOT NULL REFERENCES person (id),
  manner text NOT NULL,
  made_at {time} NOT NULL,
  cancelled_at {time}
);
CREATE INDEX registration_class ON registration (class_id);
CREATE INDEX registration_person ON registration (person_id);

-- Why attendance was changed after its meeting was closed. The reason may name people.
CREATE TABLE attendance_correction (
  id {id} NOT NULL PRIMARY KEY,
  meeting_id {id} NOT NULL REFERENCES meeting (id),
  people integer NOT NULL,
  reason text NOT NULL,
  made_at {time} NOT NULL
);
CREATE INDEX attendance_correction_meeting ON attendance_correction (meeting_id);

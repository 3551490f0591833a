-- A target allotted to the units below, and what next steps are counted from.

-- What a unit is asked to reach of a target: proposed by the unit above, then agreed or returned
-- with a reason by the unit itself. `goal`: thousandths of the measure's unit. A row that another
-- has taken the place of, or that was taken back, has ended.
CREATE TABLE allotment (
  id {id} NOT NULL PRIMARY KEY,
  target_id {id} NOT NULL REFERENCES target (id),
  unit_id {id} NOT NULL REFERENCES unit (id),
  goal bigint NOT NULL,
  proposed_at {time} NOT NULL,
  proposed_by {id},
  agreed_at {time},
  agreed_by {id},
  returned_at {time},
  returned_by {id},
  reason text,
  ended_at {time}
);
CREATE INDEX allotment_target ON allotment (target_id, unit_id);
CREATE INDEX allotment_unit ON allotment (unit_id);

-- Who is not met yet, unit by unit, without the rows themselves.
DROP INDEX reading_interval_unit;
CREATE INDEX reading_interval_unit ON reading_interval (no, unit_id, met, from_day, to_day);

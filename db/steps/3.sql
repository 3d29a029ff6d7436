-- Slip repair: the only way an attached shot changes hands.
CREATE TABLE repair (
  id      INTEGER PRIMARY KEY,
  kind    TEXT NOT NULL CHECK (kind IN ('swap', 'move', 'shift', 'undo')),
  undoes  INTEGER UNIQUE REFERENCES repair (id),
  actor   TEXT NOT NULL CHECK (actor <> ''),
  reason  TEXT NOT NULL CHECK (reason <> ''),
  wall_us INTEGER NOT NULL,
  CHECK ((kind = 'undo') = (undoes IS NOT NULL))
) STRICT;
CREATE TABLE repair_shot (
  repair_id       INTEGER NOT NULL REFERENCES repair (id),
  shot_id         TEXT NOT NULL REFERENCES shot (id),
  from_student_id INTEGER REFERENCES student (id),
  from_token      TEXT,
  from_reason     TEXT NOT NULL,
  to_student_id   INTEGER REFERENCES student (id),
  to_token        TEXT,
  to_reason       TEXT NOT NULL,
  PRIMARY KEY (repair_id, shot_id),
  CHECK (from_student_id IS NOT to_student_id OR from_token IS NOT to_token)
) STRICT, WITHOUT ROWID;
CREATE INDEX repair_shot_by_shot ON repair_shot (shot_id, repair_id);
CREATE TABLE repair_person (
  repair_id     INTEGER NOT NULL REFERENCES repair (id),
  student_id    INTEGER REFERENCES student (id),
  token         TEXT,
  state_before  TEXT NOT NULL,
  chosen_before TEXT REFERENCES shot (id),
  state_after   TEXT NOT NULL,
  chosen_after  TEXT REFERENCES shot (id),
  CHECK ((student_id IS NULL) <> (token IS NULL))
) STRICT;
CREATE INDEX repair_person_by_repair ON repair_person (repair_id);
CREATE TRIGGER repair_no_update BEFORE UPDATE ON repair BEGIN SELECT RAISE (ABORT, 'a repair is not rewritten'); END;
CREATE TRIGGER repair_no_delete BEFORE DELETE ON repair BEGIN SELECT RAISE (ABORT, 'a repair is not forgotten'); END;
CREATE TRIGGER repair_shot_no_update BEFORE UPDATE ON repair_shot BEGIN SELECT RAISE (ABORT, 'a repair is not rewritten'); END;
CREATE TRIGGER repair_shot_no_delete BEFORE DELETE ON repair_shot BEGIN SELECT RAISE (ABORT, 'a repair is not forgotten'); END;
CREATE TRIGGER repair_person_no_update BEFORE UPDATE ON repair_person BEGIN SELECT RAISE (ABORT, 'a repair is not rewritten'); END;
CREATE TRIGGER repair_person_no_delete BEFORE DELETE ON repair_person BEGIN SELECT RAISE (ABORT, 'a repair is not forgotten'); END;
CREATE TRIGGER repair_shot_from BEFORE INSERT ON repair_shot
WHEN NOT EXISTS (SELECT 1 FROM shot WHERE id = NEW.shot_id AND student_id IS NEW.from_student_id AND token IS NEW.from_token AND reason = NEW.from_reason
                   AND state <> 'discarded')
BEGIN SELECT RAISE (ABORT, 'the shot is not where the repair takes it from'); END;
DROP TRIGGER shot_stays;
CREATE TRIGGER shot_stays BEFORE UPDATE OF student_id, token, state ON shot
WHEN OLD.state = 'attached' AND (NEW.student_id IS NOT OLD.student_id OR NEW.token IS NOT OLD.token OR NEW.state <> 'attached')
  AND NOT EXISTS (
    SELECT 1 FROM repair_shot
    WHERE shot_id = OLD.id AND repair_id = (SELECT max (id) FROM repair)
      AND from_student_id IS OLD.student_id AND from_token IS OLD.token AND to_student_id IS NEW.student_id AND to_token IS NEW.token
      AND NEW.state = iif (to_student_id IS NULL AND to_token IS NULL, 'quarantined', 'attached'))
BEGIN SELECT RAISE (ABORT, 'an attached shot never changes hands but by a repair'); END;

-- Staff with roles and PINs; countersigns; students who are held.
CREATE TABLE staff (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE CHECK (name <> ''),
  role       TEXT NOT NULL CHECK (role IN ('photographer', 'counselor', 'administrator')),
  pin_hash   TEXT NOT NULL DEFAULT '',      -- '': no PIN yet, cannot sign in by one
  card       TEXT UNIQUE CHECK (card <> ''),  -- code on the person's own card, byte for byte
  active     INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  wrong_pins INTEGER NOT NULL DEFAULT 0,    -- in a row; kept here so that a restart forgives nothing
  wrong_us   INTEGER NOT NULL DEFAULT 0,    -- wall time of the last one
  created_us INTEGER NOT NULL
) STRICT;
CREATE TABLE staff_class (
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  class_id INTEGER NOT NULL REFERENCES class (id),
  PRIMARY KEY (staff_id, class_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE countersign (
  id         INTEGER PRIMARY KEY,
  binding_id INTEGER REFERENCES binding (id),
  shot_id    TEXT REFERENCES shot (id),
  student_id INTEGER REFERENCES student (id),  -- whom it was said of; NULL: a 采集码
  staff_id   INTEGER REFERENCES staff (id),    -- NULL: the station knew no staff
  actor      TEXT NOT NULL CHECK (actor <> ''),
  how        TEXT NOT NULL CHECK (how IN ('key', 'pin', 'card')),
  verdict    TEXT NOT NULL CHECK (verdict IN ('confirmed', 'refused')),
  reason     TEXT NOT NULL DEFAULT '',
  wall_us    INTEGER NOT NULL,
  CHECK ((binding_id IS NULL) <> (shot_id IS NULL)),
  CHECK (verdict = 'confirmed' OR reason <> '')
) STRICT;
CREATE INDEX countersign_by_binding ON countersign (binding_id) WHERE binding_id IS NOT NULL;
CREATE INDEX countersign_by_shot ON countersign (shot_id) WHERE shot_id IS NOT NULL;
CREATE TRIGGER countersign_of_bound BEFORE INSERT ON countersign
WHEN NEW.binding_id IS NOT NULL AND NEW.student_id IS NOT (SELECT student_id FROM binding WHERE id = NEW.binding_id)
BEGIN SELECT RAISE (ABORT, 'the countersign is not of the student of its binding'); END;
CREATE TRIGGER countersign_of_shown BEFORE INSERT ON countersign
WHEN NEW.shot_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM shot WHERE id = NEW.shot_id AND state = 'attached' AND student_id IS NEW.student_id)
BEGIN SELECT RAISE (ABORT, 'the countersign is not of the student of its shot'); END;
CREATE TRIGGER countersign_no_update BEFORE UPDATE ON countersign BEGIN SELECT RAISE (ABORT, 'a countersign is not rewritten'); END;
CREATE TRIGGER countersign_no_delete BEFORE DELETE ON countersign BEGIN SELECT RAISE (ABORT, 'a countersign is not forgotten'); END;

CREATE TABLE hold (
  id          INTEGER PRIMARY KEY,
  student_id  INTEGER NOT NULL REFERENCES student (id),
  kind        TEXT NOT NULL CHECK (kind IN ('identity', 'health', 'other')),
  reason      TEXT NOT NULL CHECK (reason <> ''),
  actor       TEXT NOT NULL,
  began_us    INTEGER NOT NULL,
  ended_us    INTEGER,
  ended_by    TEXT,
  ended_reason TEXT,
  CHECK ((ended_us IS NULL) = (ended_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX hold_one_open ON hold (student_id) WHERE ended_us IS NULL;
CREATE TRIGGER binding_not_held BEFORE INSERT ON binding
WHEN NEW.student_id IS NOT NULL AND EXISTS (SELECT 1 FROM hold WHERE student_id = NEW.student_id AND ended_us IS NULL)
BEGIN SELECT RAISE (ABORT, 'the student is held'); END;

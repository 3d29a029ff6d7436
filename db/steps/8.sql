-- The day: who comes when, who is there, who paid, and how a class is closed.
CREATE TABLE slot (
  class_id  INTEGER PRIMARY KEY REFERENCES class (id),
  date      TEXT NOT NULL,
  begins    INTEGER NOT NULL CHECK (begins BETWEEN 0 AND 1439),
  ends      INTEGER NOT NULL CHECK (ends BETWEEN 1 AND 1440),
  place     TEXT NOT NULL DEFAULT '',
  counselor TEXT NOT NULL DEFAULT '',
  phone     TEXT NOT NULL DEFAULT '',
  missed_us INTEGER,
  CHECK (ends > begins)
) STRICT;
CREATE TABLE transfer (
  student_id INTEGER PRIMARY KEY REFERENCES student (id),
  actor      TEXT NOT NULL,
  wall_us    INTEGER NOT NULL
) STRICT;
CREATE TABLE presence (
  student_id INTEGER PRIMARY KEY REFERENCES student (id),
  state      TEXT NOT NULL CHECK (state IN ('present', 'missing')),
  how        TEXT NOT NULL CHECK (how IN ('list', 'scan', 'count')),
  actor      TEXT NOT NULL,
  wall_us    INTEGER NOT NULL
) STRICT;
CREATE TABLE health (
  id         INTEGER PRIMARY KEY,
  student_id INTEGER NOT NULL REFERENCES student (id),
  tenths     INTEGER NOT NULL CHECK (tenths BETWEEN 300 AND 450),
  note       TEXT NOT NULL DEFAULT '',
  hold_id    INTEGER REFERENCES hold (id),
  actor      TEXT NOT NULL,
  wall_us    INTEGER NOT NULL
) STRICT;
CREATE INDEX health_by_student ON health (student_id, id);
CREATE TRIGGER health_no_update BEFORE UPDATE ON health BEGIN SELECT RAISE (ABORT, 'a health record is not rewritten'); END;
CREATE TRIGGER health_no_delete BEFORE DELETE ON health BEGIN SELECT RAISE (ABORT, 'a health record is not forgotten'); END;
CREATE TABLE make_up (
  id         INTEGER PRIMARY KEY,
  student_id INTEGER NOT NULL REFERENCES student (id),
  actor      TEXT NOT NULL,
  began_us   INTEGER NOT NULL,
  ended_us   INTEGER
) STRICT;
CREATE UNIQUE INDEX make_up_one_open ON make_up (student_id) WHERE ended_us IS NULL;
CREATE TABLE payment (
  id           INTEGER PRIMARY KEY,
  class_id     INTEGER NOT NULL REFERENCES class (id),
  student_id   INTEGER REFERENCES student (id),
  people       INTEGER NOT NULL CHECK (people > 0),
  fen          INTEGER NOT NULL CHECK (fen >= 0),
  note         TEXT NOT NULL DEFAULT '',
  actor        TEXT NOT NULL,
  wall_us      INTEGER NOT NULL,
  withdrawn_us INTEGER,
  withdrawn_by TEXT,
  CHECK (student_id IS NULL OR people = 1),
  CHECK ((withdrawn_us IS NULL) = (withdrawn_by IS NULL))
) STRICT;
CREATE INDEX payment_by_class ON payment (class_id);
CREATE UNIQUE INDEX payment_once ON payment (student_id) WHERE student_id IS NOT NULL AND withdrawn_us IS NULL;
CREATE TRIGGER payment_no_delete BEFORE DELETE ON payment BEGIN SELECT RAISE (ABORT, 'a payment is not forgotten'); END;
CREATE TRIGGER payment_stays BEFORE UPDATE OF class_id, student_id, people, fen, note, actor, wall_us ON payment
BEGIN SELECT RAISE (ABORT, 'a payment is not rewritten'); END;
CREATE TABLE closing (
  id         INTEGER PRIMARY KEY,
  class_id   INTEGER NOT NULL REFERENCES class (id),
  record     TEXT NOT NULL,
  sha256     TEXT NOT NULL,
  actor      TEXT NOT NULL,
  wall_us    INTEGER NOT NULL,
  reopened_us     INTEGER,
  reopened_by     TEXT,
  reopened_reason TEXT CHECK (reopened_reason <> ''),
  CHECK ((reopened_us IS NULL) = (reopened_by IS NULL)),
  CHECK ((reopened_us IS NULL) = (reopened_reason IS NULL))
) STRICT;
CREATE UNIQUE INDEX closing_one ON closing (class_id) WHERE reopened_us IS NULL;
CREATE TRIGGER closing_no_delete BEFORE DELETE ON closing BEGIN SELECT RAISE (ABORT, 'a close-out is not forgotten'); END;
CREATE TRIGGER closing_stays BEFORE UPDATE OF class_id, record, sha256, actor, wall_us ON closing
BEGIN SELECT RAISE (ABORT, 'a close-out is not rewritten'); END;
CREATE TABLE card_look (
  camera_serial TEXT PRIMARY KEY,
  unexplained   INTEGER NOT NULL,
  wall_us       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE gauge (
  wall_us       INTEGER PRIMARY KEY,
  camera_serial TEXT NOT NULL,
  battery       INTEGER NOT NULL,
  card_shots    INTEGER NOT NULL,
  disk_shots    INTEGER NOT NULL,
  shots         INTEGER NOT NULL,
  people        INTEGER NOT NULL
) STRICT;

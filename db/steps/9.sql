-- What identifies somebody beyond name and number goes into one table of its own, which can be sealed; keys and the record of a purge.
PRAGMA defer_foreign_keys = ON;
CREATE TABLE student_private (
  student_id INTEGER NOT NULL REFERENCES student (id),
  until_id   INTEGER NOT NULL DEFAULT 0,
  id_no      TEXT NOT NULL DEFAULT '',
  exam_no    TEXT NOT NULL DEFAULT '',
  extra      TEXT NOT NULL DEFAULT '{}',
  sealed     BLOB,
  PRIMARY KEY (student_id, until_id),
  CHECK (json_valid (extra)),
  CHECK (sealed IS NULL OR (id_no = '' AND exam_no = '' AND extra = '{}'))
) STRICT, WITHOUT ROWID;
CREATE TABLE student_was AS SELECT * FROM student;
DROP TABLE student;
CREATE TABLE student (
  id          INTEGER PRIMARY KEY,
  student_no  TEXT NOT NULL UNIQUE,
  name        TEXT NOT NULL,
  sex         TEXT NOT NULL DEFAULT '',
  class_id    INTEGER NOT NULL REFERENCES class (id),
  position    INTEGER NOT NULL,
  revision_id INTEGER NOT NULL REFERENCES roster_revision (id),
  state       TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'shot', 'accepted', 'skipped', 'absent')),
  chosen_shot TEXT REFERENCES shot (id),
  state_us    INTEGER NOT NULL DEFAULT 0,
  CHECK (student_no <> '' AND name <> ''),
  CHECK (state <> 'accepted' OR chosen_shot IS NOT NULL)
) STRICT;
INSERT INTO student (id, student_no, name, sex, class_id, position, revision_id, state, chosen_shot, state_us)
SELECT id, student_no, name, sex, class_id, position, revision_id, state, chosen_shot, state_us FROM student_was;
INSERT INTO student_private (student_id, until_id, id_no, exam_no, extra) SELECT id, 0, id_no, exam_no, extra FROM student_was;
DROP TABLE student_was;
CREATE INDEX student_by_class ON student (class_id, position);
CREATE INDEX student_by_state ON student (state);
CREATE INDEX student_waiting ON student (class_id, position) WHERE state = 'waiting';
CREATE TRIGGER student_chosen BEFORE UPDATE OF chosen_shot ON student
WHEN NEW.chosen_shot IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM shot WHERE id = NEW.chosen_shot AND student_id = NEW.id AND state = 'attached')
BEGIN SELECT RAISE (ABORT, 'the chosen shot is not an attached shot of this student'); END;
INSERT INTO student_private (student_id, until_id, id_no, exam_no, extra) SELECT student_id, until_id, id_no, exam_no, extra FROM student_past;
ALTER TABLE student_past DROP COLUMN id_no;
ALTER TABLE student_past DROP COLUMN exam_no;
ALTER TABLE student_past DROP COLUMN extra;
CREATE TRIGGER student_private_stays BEFORE UPDATE ON student_private
WHEN OLD.until_id <> 0 AND NOT (OLD.sealed IS NULL AND NEW.sealed IS NOT NULL)
BEGIN SELECT RAISE (ABORT, 'a roster revision is not rewritten'); END;
CREATE TRIGGER student_private_no_delete BEFORE DELETE ON student_private WHEN OLD.until_id <> 0
BEGIN SELECT RAISE (ABORT, 'a roster revision is not forgotten'); END;
CREATE TABLE correction_was AS SELECT * FROM correction;
DROP TABLE correction;
CREATE TABLE correction (
  id           INTEGER PRIMARY KEY,
  student_id   INTEGER NOT NULL REFERENCES student (id),
  field        TEXT NOT NULL CHECK (field IN ('student_no', 'name', 'sex', 'id_no', 'exam_no', 'class', 'major', 'college', 'other')),
  old_value    TEXT NOT NULL,
  new_value    TEXT NOT NULL,
  note         TEXT NOT NULL DEFAULT '',
  sealed       BLOB,
  actor        TEXT NOT NULL,
  wall_us      INTEGER NOT NULL,
  withdrawn_us INTEGER,
  withdrawn_by TEXT,
  CHECK (iif (sealed IS NULL, new_value <> '' OR note <> '', old_value = '' AND new_value = '' AND note = '')),
  CHECK ((withdrawn_us IS NULL) = (withdrawn_by IS NULL))
) STRICT;
INSERT INTO correction (id, student_id, field, old_value, new_value, note, actor, wall_us, withdrawn_us, withdrawn_by)
SELECT id, student_id, field, old_value, new_value, note, actor, wall_us, withdrawn_us, withdrawn_by FROM correction_was;
DROP TABLE correction_was;
CREATE INDEX correction_by_student ON correction (student_id);
CREATE TRIGGER correction_no_delete BEFORE DELETE ON correction BEGIN SELECT RAISE (ABORT, 'a correction slip is not forgotten'); END;
CREATE TRIGGER correction_stays BEFORE UPDATE OF student_id, field, old_value, new_value, note, sealed, actor, wall_us ON correction
WHEN NOT (OLD.sealed IS NULL AND NEW.sealed IS NOT NULL AND NEW.student_id = OLD.student_id AND NEW.field = OLD.field
          AND NEW.actor = OLD.actor AND NEW.wall_us = OLD.wall_us)
BEGIN SELECT RAISE (ABORT, 'a correction slip is not rewritten'); END;
CREATE TABLE campaign_key (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  key_id     BLOB NOT NULL CHECK (length (key_id) = 16),
  state      TEXT NOT NULL CHECK (state IN ('sealing', 'sealed')),
  created_us INTEGER NOT NULL
) STRICT;
CREATE TABLE key_wrapping (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE CHECK (name <> ''),
  operations INTEGER NOT NULL,
  memory     INTEGER NOT NULL,
  salt       BLOB NOT NULL,
  nonce      BLOB NOT NULL,
  wrapped    BLOB NOT NULL,
  created_us INTEGER NOT NULL
) STRICT;
CREATE TABLE purge (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  state    TEXT NOT NULL CHECK (state IN ('begun', 'done')),
  record   TEXT NOT NULL CHECK (json_valid (record)),
  began_us INTEGER NOT NULL,
  ended_us INTEGER,
  CHECK ((state = 'done') = (ended_us IS NOT NULL))
) STRICT;

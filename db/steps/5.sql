-- Roster revisions, walk-ins, correction slips.
-- What an earlier list said of a student, until a later one changed it: a ticket names its revision, here is how it read.
CREATE TABLE student_past (
  student_id  INTEGER NOT NULL REFERENCES student (id),
  revision_id INTEGER NOT NULL REFERENCES roster_revision (id),  -- who said so
  until_id    INTEGER NOT NULL REFERENCES roster_revision (id),  -- who changed it
  student_no  TEXT NOT NULL,
  name        TEXT NOT NULL,
  sex         TEXT NOT NULL,
  id_no       TEXT NOT NULL,
  exam_no     TEXT NOT NULL,
  college     TEXT NOT NULL,
  major_code  TEXT NOT NULL,
  major       TEXT NOT NULL,
  class       TEXT NOT NULL,
  extra       TEXT NOT NULL,
  PRIMARY KEY (student_id, until_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER student_past_no_update BEFORE UPDATE ON student_past BEGIN SELECT RAISE (ABORT, 'a roster revision is not rewritten'); END;
CREATE TRIGGER student_past_no_delete BEFORE DELETE ON student_past BEGIN SELECT RAISE (ABORT, 'a roster revision is not forgotten'); END;

-- Students a later list no longer named: they stay, with everything shot of them.
CREATE TABLE roster_missing (
  revision_id INTEGER NOT NULL REFERENCES roster_revision (id),
  student_id  INTEGER NOT NULL REFERENCES student (id),
  PRIMARY KEY (revision_id, student_id)
) STRICT, WITHOUT ROWID;

-- Who came without being on the list: at the bottom of the class, with what is known.
CREATE TABLE walk_in (
  student_id INTEGER PRIMARY KEY REFERENCES student (id),
  actor      TEXT NOT NULL,
  note       TEXT NOT NULL DEFAULT '',
  wall_us    INTEGER NOT NULL
) STRICT;

-- 信息更正单: what a student says is wrong in the list, written down with them looking. The list itself stays.
CREATE TABLE correction (
  id           INTEGER PRIMARY KEY,
  student_id   INTEGER NOT NULL REFERENCES student (id),
  field        TEXT NOT NULL CHECK (field IN ('student_no', 'name', 'sex', 'id_no', 'exam_no', 'class', 'major', 'college', 'other')),
  old_value    TEXT NOT NULL,              -- as the list said then
  new_value    TEXT NOT NULL,
  note         TEXT NOT NULL DEFAULT '',
  actor        TEXT NOT NULL,
  wall_us      INTEGER NOT NULL,
  withdrawn_us INTEGER,
  withdrawn_by TEXT,
  CHECK (new_value <> '' OR note <> ''),
  CHECK ((withdrawn_us IS NULL) = (withdrawn_by IS NULL))
) STRICT;
CREATE INDEX correction_by_student ON correction (student_id);
CREATE TRIGGER correction_no_delete BEFORE DELETE ON correction BEGIN SELECT RAISE (ABORT, 'a correction slip is not forgotten'); END;
CREATE TRIGGER correction_stays BEFORE UPDATE OF student_id, field, old_value, new_value, note, actor, wall_us ON correction
BEGIN SELECT RAISE (ABORT, 'a correction slip is not rewritten'); END;

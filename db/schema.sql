-- The memory of a station, read first. One campaign a file; version = PRAGMA user_version (see migrations).
-- Times: *_us are microseconds; wall = UTC since 1970, boot = CLOCK_BOOTTIME of the machine's current boot (session.boot_id says which), so that a
-- clock set backwards cannot reorder what happened. Everything that identifies a person is text as the school wrote it, byte for byte.

-- One school, one standard profile, one deletion date.
CREATE TABLE campaign (
  id           INTEGER PRIMARY KEY CHECK (id = 1),
  uuid         TEXT NOT NULL,
  name         TEXT NOT NULL,
  school_code  TEXT NOT NULL,
  profile      TEXT NOT NULL,
  delete_after TEXT,                       -- ISO date
  created_us   INTEGER NOT NULL
) STRICT;

-- One run of one program on this folder: who could have done something, in which boot.
CREATE TABLE session (
  id          INTEGER PRIMARY KEY,
  program     TEXT NOT NULL,               -- lanmu, lanmuctl
  operator    TEXT NOT NULL,
  boot_id     TEXT NOT NULL,               -- /proc/sys/kernel/random/boot_id
  started_wall_us INTEGER NOT NULL,
  started_boot_us INTEGER NOT NULL,
  ended_wall_us   INTEGER,                 -- NULL: still running, or killed
  ended_boot_us   INTEGER
) STRICT;

-- Every list that was imported; tickets name the one they were written under.
CREATE TABLE roster_revision (
  id          INTEGER PRIMARY KEY,
  file_name   TEXT NOT NULL,
  sha256      TEXT NOT NULL,
  encoding    TEXT NOT NULL,
  rows        INTEGER NOT NULL,
  wall_us     INTEGER NOT NULL
) STRICT;

CREATE TABLE college (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE major (
  id         INTEGER PRIMARY KEY,
  college_id INTEGER NOT NULL REFERENCES college (id),
  code       TEXT NOT NULL DEFAULT '',
  name       TEXT NOT NULL,
  UNIQUE (college_id, code, name)
) STRICT;

-- 学生班: the smallest unit that is called to the backdrop.
CREATE TABLE class (
  id       INTEGER PRIMARY KEY,
  major_id INTEGER NOT NULL REFERENCES major (id),
  name     TEXT NOT NULL,
  position INTEGER NOT NULL,               -- order of the day
  UNIQUE (major_id, name)
) STRICT;
CREATE INDEX class_by_position ON class (position);

CREATE TABLE student (
  id          INTEGER PRIMARY KEY,
  student_no  TEXT NOT NULL UNIQUE,        -- 学号: text, zeros kept
  name        TEXT NOT NULL,
  sex         TEXT NOT NULL DEFAULT '',    -- 男 女 or ''
  class_id    INTEGER NOT NULL REFERENCES class (id),
  position    INTEGER NOT NULL,            -- order in the class: 学号 compared as numbers, then as text
  revision_id INTEGER NOT NULL REFERENCES roster_revision (id),
  state       TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'shot', 'accepted', 'skipped', 'absent')),
  chosen_shot TEXT REFERENCES shot (id),   -- the take that becomes the portrait
  state_us    INTEGER NOT NULL DEFAULT 0,  -- when the state last changed (wall)
  CHECK (student_no <> '' AND name <> ''),
  CHECK (state <> 'accepted' OR chosen_shot IS NOT NULL)
) STRICT;
CREATE INDEX student_by_class ON student (class_id, position);
CREATE INDEX student_by_state ON student (state);
CREATE INDEX student_waiting ON student (class_id, position) WHERE state = 'waiting';  -- who is next

-- What identifies a student beyond name and number: the one table with sensitive fields. In a sealed campaign the texts are empty and `sealed` holds them
-- (db/seal.h), tied to the campaign and to this very row, so that rows cannot be swapped.
CREATE TABLE student_private (
  student_id INTEGER NOT NULL REFERENCES student (id),
  until_id   INTEGER NOT NULL DEFAULT 0,   -- 0: as the list says now; else the revision that changed it (student_past)
  id_no      TEXT NOT NULL DEFAULT '',
  exam_no    TEXT NOT NULL DEFAULT '',
  extra      TEXT NOT NULL DEFAULT '{}',   -- JSON: the list's other columns by CHSI code
  sealed     BLOB,
  PRIMARY KEY (student_id, until_id),
  CHECK (json_valid (extra)),
  CHECK (sealed IS NULL OR (id_no = '' AND exam_no = '' AND extra = '{}'))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER student_private_stays BEFORE UPDATE ON student_private
WHEN OLD.until_id <> 0 AND NOT (OLD.sealed IS NULL AND NEW.sealed IS NOT NULL)
BEGIN SELECT RAISE (ABORT, 'a roster revision is not rewritten'); END;
CREATE TRIGGER student_private_no_delete BEFORE DELETE ON student_private WHEN OLD.until_id <> 0
BEGIN SELECT RAISE (ABORT, 'a roster revision is not forgotten'); END;

-- Who sat before the camera, and from when to when. Intervals never overlap: at most one row is open.
-- A picture belongs to whoever was bound while it was exposed; this table is what decides it.
CREATE TABLE binding (
  id            INTEGER PRIMARY KEY,
  session_id    INTEGER NOT NULL REFERENCES session (id),
  student_id    INTEGER REFERENCES student (id),
  token         TEXT,                      -- 采集码, byte for byte
  how           TEXT NOT NULL,             -- queue | scan | find | recall | command
  began_wall_us INTEGER NOT NULL,
  began_boot_us INTEGER NOT NULL,
  ended_wall_us INTEGER,
  ended_boot_us INTEGER,
  CHECK (student_id IS NOT NULL OR token IS NOT NULL),  -- both: the school's own list with the 采集码 of the day
  CHECK (token <> '')
) STRICT;
CREATE UNIQUE INDEX binding_one_open ON binding ((1)) WHERE ended_wall_us IS NULL;
CREATE INDEX binding_by_student ON binding (student_id);
CREATE INDEX binding_by_token ON binding (token) WHERE token IS NOT NULL;

-- 拍摄单: the tie of one trigger to one student, durable before the shutter moves.
CREATE TABLE ticket (
  id             TEXT PRIMARY KEY,         -- sortable: time + random
  number         INTEGER NOT NULL UNIQUE,  -- the tag given to the camera host
  origin         TEXT NOT NULL CHECK (origin IN ('host', 'body')),
  student_id     INTEGER REFERENCES student (id),   -- body tickets learn theirs from the proof
  binding_id     INTEGER REFERENCES binding (id),
  session_id     INTEGER NOT NULL REFERENCES session (id),
  revision_id    INTEGER REFERENCES roster_revision (id),
  operator       TEXT NOT NULL,
  camera_serial  TEXT NOT NULL,
  last_file      TEXT NOT NULL DEFAULT '', -- folder/name of the newest file the camera had shown before
  camera_file    TEXT NOT NULL DEFAULT '', -- folder/name announced for it
  state          TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'attached', 'quarantined', 'failed')),
  reason         TEXT NOT NULL DEFAULT '', -- why it failed, or was quarantined
  opened_wall_us INTEGER NOT NULL,
  opened_boot_us INTEGER NOT NULL,
  triggered_boot_us INTEGER,               -- just before the release command
  settled_boot_us   INTEGER,               -- the camera was quiet again
  ended_wall_us  INTEGER,
  CHECK (origin = 'body' OR student_id IS NOT NULL OR binding_id IS NOT NULL),
  CHECK ((state = 'open') = (ended_wall_us IS NULL))
) STRICT;
CREATE INDEX ticket_open ON ticket (state) WHERE state = 'open';
CREATE INDEX ticket_by_student ON ticket (student_id);

-- A picture that is safe in the vault. Every take is kept; nothing is ever deleted here by shooting.
CREATE TABLE shot (
  id            TEXT PRIMARY KEY,
  ticket_id     TEXT NOT NULL UNIQUE REFERENCES ticket (id),
  student_id    INTEGER REFERENCES student (id),
  token         TEXT,                          -- 采集码 of the ticket's binding: whose it is when there is no list
  state         TEXT NOT NULL CHECK (state IN ('attached', 'quarantined', 'discarded')),
  reason        TEXT NOT NULL DEFAULT '',      -- why it is in quarantine, or was discarded
  likely_student_id INTEGER REFERENCES student (id),
  sequence_no   INTEGER NOT NULL UNIQUE,       -- 拍摄号
  origin        TEXT NOT NULL CHECK (origin IN ('host', 'body')),
  sha256        TEXT NOT NULL UNIQUE,
  size          INTEGER NOT NULL,              -- bytes
  path          TEXT NOT NULL,                 -- below the data folder: shots/… or quarantine/…
  width         INTEGER NOT NULL,
  height        INTEGER NOT NULL,
  camera_serial TEXT NOT NULL DEFAULT '',
  camera_folder TEXT NOT NULL DEFAULT '',
  camera_file   TEXT NOT NULL DEFAULT '',
  exif_time     TEXT NOT NULL DEFAULT '',      -- as the camera wrote it, sub-seconds joined by '.'
  exposed_lo_us INTEGER,                       -- exposure on this machine's boot clock, earliest …
  exposed_hi_us INTEGER,                       -- … and latest
  proof         TEXT NOT NULL DEFAULT '',      -- comma list: size,decode,time,serial,number,new
  raw_path      TEXT NOT NULL DEFAULT '',
  raw_sha256    TEXT NOT NULL DEFAULT '',
  raw_size      INTEGER NOT NULL DEFAULT 0,
  raw_file      TEXT NOT NULL DEFAULT '',      -- sibling on the card; set with raw_path '' means: still to be fetched
  checks        TEXT NOT NULL DEFAULT '{}',    -- JSON raw measures
  wall_us       INTEGER NOT NULL,
  CHECK (state <> 'attached' OR student_id IS NOT NULL OR token IS NOT NULL),
  CHECK (state <> 'quarantined' OR student_id IS NULL),
  CHECK (json_valid (checks))
) STRICT;
CREATE INDEX shot_by_student ON shot (student_id);
CREATE INDEX shot_by_token ON shot (token) WHERE token IS NOT NULL;
CREATE INDEX shot_quarantined ON shot (state) WHERE state = 'quarantined';
CREATE INDEX shot_by_raw_sha256 ON shot (raw_sha256) WHERE raw_sha256 <> '';
CREATE INDEX shot_raw_pending ON shot (sequence_no) WHERE raw_file <> '' AND raw_path = '';

-- The first promise, held by the file itself: whatever program writes here, a ticket is for whoever its binding names,
CREATE TRIGGER ticket_as_bound BEFORE INSERT ON ticket
WHEN NEW.binding_id IS NOT NULL AND (NEW.origin = 'host' OR NEW.student_id IS NOT NULL)
  AND NEW.student_id IS NOT (SELECT student_id FROM binding WHERE id = NEW.binding_id)
BEGIN SELECT RAISE (ABORT, 'the ticket is not for the student of its binding'); END;
-- a picture is attached on arrival only to whoever its ticket names (a person may assign it later, out of quarantine),
CREATE TRIGGER shot_as_ticketed BEFORE INSERT ON shot
WHEN NEW.state = 'attached' AND NEW.student_id IS NOT (SELECT student_id FROM ticket WHERE id = NEW.ticket_id)
BEGIN SELECT RAISE (ABORT, 'the shot is not for the student of its ticket'); END;
-- and a portrait is an attached shot of the same person (when a shot may change hands: see repair).
CREATE TRIGGER student_chosen BEFORE UPDATE OF chosen_shot ON student
WHEN NEW.chosen_shot IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM shot WHERE id = NEW.chosen_shot AND student_id = NEW.id AND state = 'attached')
BEGIN SELECT RAISE (ABORT, 'the chosen shot is not an attached shot of this student'); END;

-- 采集码 that sat here without a list, in the order of the first scan: what a student's row holds of a day, for somebody known by an opaque code only.
CREATE TABLE capture_code (
  token       TEXT PRIMARY KEY CHECK (token <> ''),  -- byte for byte
  number      INTEGER NOT NULL UNIQUE,               -- order of the first scan, from 1
  state       TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'shot', 'accepted', 'skipped')),
  chosen_shot TEXT REFERENCES shot (id),             -- the take that becomes the portrait
  first_us    INTEGER NOT NULL,                      -- wall
  state_us    INTEGER NOT NULL DEFAULT 0,            -- when the state last changed (wall)
  CHECK (state <> 'accepted' OR chosen_shot IS NOT NULL)
) STRICT;
CREATE TRIGGER capture_code_chosen BEFORE UPDATE OF chosen_shot ON capture_code
WHEN NEW.chosen_shot IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM shot WHERE id = NEW.chosen_shot AND token = NEW.token AND student_id IS NULL AND state = 'attached')
BEGIN SELECT RAISE (ABORT, 'the chosen shot is not an attached shot of this capture code'); END;

-- Codes that were scanned at the door, before anybody sat down: who leaves and returns keeps their number.
CREATE TABLE door (
  number     INTEGER PRIMARY KEY,           -- order at the door, given once
  token      TEXT NOT NULL UNIQUE CHECK (token <> ''),
  student_id INTEGER UNIQUE REFERENCES student (id),  -- whose it is, where there is a list; NULL: only the code is known
  state      TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'away', 'called')),
  actor      TEXT NOT NULL,
  scanned_us INTEGER NOT NULL,
  state_us   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX door_waiting ON door (number) WHERE state = 'waiting';
CREATE TRIGGER door_stays BEFORE UPDATE OF number, token, student_id ON door
WHEN NEW.number <> OLD.number OR NEW.token <> OLD.token OR (OLD.student_id IS NOT NULL AND NEW.student_id IS NOT OLD.student_id)
BEGIN SELECT RAISE (ABORT, 'a number at the door is given once'); END;

-- Slip repair: a person says that pictures show somebody else than who was bound (the operator shot A as B). Ticket and binding stay what they were, facts of
-- the moment; these rows explain every shot whose owner is another than its ticket's, and nothing else may.
CREATE TABLE repair (
  id      INTEGER PRIMARY KEY,
  kind    TEXT NOT NULL CHECK (kind IN ('swap', 'move', 'shift', 'undo')),
  undoes  INTEGER UNIQUE REFERENCES repair (id),      -- each repair is undone once; an undo may be undone
  actor   TEXT NOT NULL CHECK (actor <> ''),
  reason  TEXT NOT NULL CHECK (reason <> ''),
  wall_us INTEGER NOT NULL,
  CHECK ((kind = 'undo') = (undoes IS NOT NULL))
) STRICT;
-- Each picture that went from one to another.
CREATE TABLE repair_shot (
  repair_id       INTEGER NOT NULL REFERENCES repair (id),
  shot_id         TEXT NOT NULL REFERENCES shot (id),
  from_student_id INTEGER REFERENCES student (id),  -- neither student nor token: out of quarantine
  from_token      TEXT,
  from_reason     TEXT NOT NULL,                    -- shot.reason before, so that an undo gives it back
  to_student_id   INTEGER REFERENCES student (id),  -- neither student nor token: into quarantine
  to_token        TEXT,
  to_reason       TEXT NOT NULL,
  PRIMARY KEY (repair_id, shot_id),
  CHECK (from_student_id IS NOT to_student_id OR from_token IS NOT to_token)
) STRICT, WITHOUT ROWID;
CREATE INDEX repair_shot_by_shot ON repair_shot (shot_id, repair_id);
-- What became of each person: an undo is refused when it is not so any more.
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
-- An attached shot changes hands, or leaves for quarantine, only as the newest repair says.
CREATE TRIGGER shot_stays BEFORE UPDATE OF student_id, token, state ON shot
WHEN OLD.state = 'attached' AND (NEW.student_id IS NOT OLD.student_id OR NEW.token IS NOT OLD.token OR NEW.state <> 'attached')
  AND NOT EXISTS (
    SELECT 1 FROM repair_shot
    WHERE shot_id = OLD.id AND repair_id = (SELECT max (id) FROM repair)
      AND from_student_id IS OLD.student_id AND from_token IS OLD.token AND to_student_id IS NEW.student_id AND to_token IS NEW.token
      AND NEW.state = iif (to_student_id IS NULL AND to_token IS NULL, 'quarantined', 'attached'))
BEGIN SELECT RAISE (ABORT, 'an attached shot never changes hands but by a repair'); END;

-- Who works here. A PIN is kept as an argon2id hash only; as long as nobody on the list has one, the station asks nobody (app/roles/desk.h).
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
-- The classes a counselor answers for.
CREATE TABLE staff_class (
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  class_id INTEGER NOT NULL REFERENCES class (id),
  PRIMARY KEY (staff_id, class_id)
) STRICT, WITHOUT ROWID;

-- 核签: somebody looked at the person and at the record. For whoever sits there (binding: every picture of that sitting), or for one picture afterwards.
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

-- Who is kept from being photographed, and why, until somebody lifts it (a refused countersign, a fever).
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

-- What an earlier list said of a student, until a later one changed it: a ticket names its revision, here is how it read (numbers: student_private).
CREATE TABLE student_past (
  student_id  INTEGER NOT NULL REFERENCES student (id),
  revision_id INTEGER NOT NULL REFERENCES roster_revision (id),  -- who said so
  until_id    INTEGER NOT NULL REFERENCES roster_revision (id),  -- who changed it
  student_no  TEXT NOT NULL,
  name        TEXT NOT NULL,
  sex         TEXT NOT NULL,
  college     TEXT NOT NULL,
  major_code  TEXT NOT NULL,
  major       TEXT NOT NULL,
  class       TEXT NOT NULL,
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
  sealed       BLOB,                       -- the three texts of a sealed campaign
  actor        TEXT NOT NULL,
  wall_us      INTEGER NOT NULL,
  withdrawn_us INTEGER,
  withdrawn_by TEXT,
  CHECK (iif (sealed IS NULL, new_value <> '' OR note <> '', old_value = '' AND new_value = '' AND note = '')),
  CHECK ((withdrawn_us IS NULL) = (withdrawn_by IS NULL))
) STRICT;
CREATE INDEX correction_by_student ON correction (student_id);
CREATE TRIGGER correction_no_delete BEFORE DELETE ON correction BEGIN SELECT RAISE (ABORT, 'a correction slip is not forgotten'); END;
CREATE TRIGGER correction_stays BEFORE UPDATE OF student_id, field, old_value, new_value, note, sealed, actor, wall_us ON correction
WHEN NOT (OLD.sealed IS NULL AND NEW.sealed IS NOT NULL AND NEW.student_id = OLD.student_id AND NEW.field = OLD.field
          AND NEW.actor = OLD.actor AND NEW.wall_us = OLD.wall_us)
BEGIN SELECT RAISE (ABORT, 'a correction slip is not rewritten'); END;

-- What a shot was found to be, by the photo standard of that hour. Measures, made again at will: no fact about who it is.
CREATE TABLE inspection (
  shot_id        TEXT PRIMARY KEY REFERENCES shot (id),
  profile        TEXT NOT NULL,
  profile_sha256 TEXT NOT NULL,                -- of the profile's text
  verdict        TEXT NOT NULL CHECK (verdict IN ('not-checked', 'ok', 'unsure', 'warn', 'fail')),  -- the worst of its checks
  faces          INTEGER NOT NULL,             -- -1: nobody looked, there were no models
  width          INTEGER NOT NULL,             -- of the shot as seen upright; all lengths below are its pixels
  height         INTEGER NOT NULL,
  head           TEXT NOT NULL CHECK (head IN ('none', 'silhouette', 'face')),  -- by what the portrait is placed
  middle         REAL,
  eyes           REAL,
  face_width     REAL,
  eye_distance   REAL,
  chin           REAL,
  crown          REAL,                         -- NULL: not seen
  wall_us        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE check_result (
  shot_id TEXT NOT NULL REFERENCES inspection (shot_id),
  name    TEXT NOT NULL,                       -- "eyes-open": capture/profile/checkid.h has them all, with their units
  verdict TEXT NOT NULL CHECK (verdict IN ('not-checked', 'ok', 'unsure', 'warn', 'fail')),
  measure REAL,                                -- NULL: none
  warn    REAL,                                -- the limits of that hour; of a band its two ends
  fail    REAL,
  why     TEXT NOT NULL,
  x       REAL,                                -- where in the shot
  y       REAL,
  width   REAL,
  height  REAL,
  PRIMARY KEY (shot_id, name)
) STRICT, WITHOUT ROWID;

-- 成片: the finished file of a chosen shot. A newer one takes the place of an older one of the same shot.
CREATE TABLE portrait (
  shot_id        TEXT PRIMARY KEY REFERENCES shot (id),
  path           TEXT NOT NULL UNIQUE,         -- below the data folder: portraits/…
  sha256         TEXT NOT NULL,
  size           INTEGER NOT NULL,
  profile        TEXT NOT NULL,
  profile_sha256 TEXT NOT NULL,                -- not the present profile's: to be made again
  quality        INTEGER NOT NULL,
  chroma         TEXT NOT NULL,
  x              REAL NOT NULL,                -- the part of the shot, its pixels seen upright
  y              REAL NOT NULL,
  width          REAL NOT NULL,
  height         REAL NOT NULL,
  dx             REAL NOT NULL DEFAULT 0,      -- moved by hand
  dy             REAL NOT NULL DEFAULT 0,
  zoom           REAL NOT NULL DEFAULT 1,
  wall_us        INTEGER NOT NULL,
  CHECK (path <> '')
) STRICT, WITHOUT ROWID;

-- Where a person moved the portrait's edges, beside the place the standard proposes: it lives on when the proposal changes. No row: as proposed.
CREATE TABLE crop (
  shot_id TEXT PRIMARY KEY REFERENCES shot (id),
  dx      REAL NOT NULL,                       -- portrait pixels the picture moves, to the right
  dy      REAL NOT NULL,                       -- … and down
  zoom    REAL NOT NULL CHECK (zoom > 0),      -- 1.05: the head 5 % larger
  actor   TEXT NOT NULL CHECK (actor <> ''),
  wall_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Somebody who looked at the portraits wants another picture of this student, who waits in the queue again. Met by the next accept.
CREATE TABLE retake (
  id         INTEGER PRIMARY KEY,
  student_id INTEGER NOT NULL REFERENCES student (id),
  shot_id    TEXT REFERENCES shot (id),        -- the portrait that was refused; NULL: there was none
  reason     TEXT NOT NULL CHECK (reason <> ''),
  actor      TEXT NOT NULL CHECK (actor <> ''),
  wall_us    INTEGER NOT NULL,
  ended_us   INTEGER
) STRICT;
CREATE UNIQUE INDEX retake_one_open ON retake (student_id) WHERE ended_us IS NULL;
CREATE TRIGGER retake_no_delete BEFORE DELETE ON retake BEGIN SELECT RAISE (ABORT, 'a wish for another picture is not forgotten'); END;
CREATE TRIGGER retake_stays BEFORE UPDATE OF student_id, shot_id, reason, actor, wall_us ON retake
BEGIN SELECT RAISE (ABORT, 'a wish for another picture is not rewritten'); END;
CREATE TRIGGER retake_met AFTER UPDATE OF state ON student WHEN NEW.state = 'accepted' AND OLD.state <> 'accepted'
BEGIN UPDATE retake SET ended_us = NEW.state_us WHERE student_id = NEW.id AND ended_us IS NULL; END;

-- What was handed over. Begun before the folder gets its name, ended when it has it: a crash between leaves a row without an end, and the folder tells which.
CREATE TABLE delivery (
  id              INTEGER PRIMARY KEY,
  uuid            TEXT NOT NULL UNIQUE,
  kind            TEXT NOT NULL CHECK (kind IN ('portraits', 'originals')),
  place           TEXT NOT NULL,
  manifest_sha256 TEXT NOT NULL,
  files           INTEGER NOT NULL,
  people          INTEGER NOT NULL,
  actor           TEXT NOT NULL,
  began_us        INTEGER NOT NULL,
  ended_us        INTEGER
) STRICT;
CREATE TABLE delivery_file (
  delivery_id INTEGER NOT NULL REFERENCES delivery (id),
  path        TEXT NOT NULL,
  sha256      TEXT NOT NULL,
  shot_id     TEXT NOT NULL REFERENCES shot (id),
  PRIMARY KEY (delivery_id, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_file_by_shot ON delivery_file (shot_id);

-- Every object seen on a card and what it is to us, so that a reconcile is a set difference.
CREATE TABLE card_file (
  camera_serial TEXT NOT NULL,
  folder        TEXT NOT NULL,
  name          TEXT NOT NULL,
  size          INTEGER NOT NULL,
  state         TEXT NOT NULL CHECK (state IN ('foreign', 'shot', 'raw', 'duplicate', 'unreadable')),
  shot_id       TEXT REFERENCES shot (id),
  wall_us       INTEGER NOT NULL,
  PRIMARY KEY (camera_serial, folder, name, size)
) STRICT, WITHOUT ROWID;

-- 场次: when and where a class comes, and who brings it. The order of the day is class.position; these are the times that were promised.
CREATE TABLE slot (
  class_id  INTEGER PRIMARY KEY REFERENCES class (id),
  date      TEXT NOT NULL,                 -- ISO
  begins    INTEGER NOT NULL CHECK (begins BETWEEN 0 AND 1439),  -- minutes of the local day
  ends      INTEGER NOT NULL CHECK (ends BETWEEN 1 AND 1440),
  place     TEXT NOT NULL DEFAULT '',
  counselor TEXT NOT NULL DEFAULT '',
  phone     TEXT NOT NULL DEFAULT '',
  missed_us INTEGER,                       -- wall: it was called and not there; it goes last
  CHECK (ends > begins)
) STRICT;
-- Who came into the class from another one: first in it, whatever the number says.
CREATE TABLE transfer (
  student_id INTEGER PRIMARY KEY REFERENCES student (id),
  actor      TEXT NOT NULL,
  wall_us    INTEGER NOT NULL
) STRICT;
-- The counselor's count at the door. A class nobody counted has no row here, and everybody in it may be called.
CREATE TABLE presence (
  student_id INTEGER PRIMARY KEY REFERENCES student (id),
  state      TEXT NOT NULL CHECK (state IN ('present', 'missing')),
  how        TEXT NOT NULL CHECK (how IN ('list', 'scan', 'count')),
  actor      TEXT NOT NULL,
  wall_us    INTEGER NOT NULL
) STRICT;
-- The health gate, where the campaign has one: each measuring is a row.
CREATE TABLE health (
  id         INTEGER PRIMARY KEY,
  student_id INTEGER NOT NULL REFERENCES student (id),
  tenths     INTEGER NOT NULL CHECK (tenths BETWEEN 300 AND 450),  -- of a degree Celsius
  note       TEXT NOT NULL DEFAULT '',
  hold_id    INTEGER REFERENCES hold (id),  -- above the limit, or by word: the hold it led to
  actor      TEXT NOT NULL,
  wall_us    INTEGER NOT NULL
) STRICT;
CREATE INDEX health_by_student ON health (student_id, id);
CREATE TRIGGER health_no_update BEFORE UPDATE ON health BEGIN SELECT RAISE (ABORT, 'a health record is not rewritten'); END;
CREATE TRIGGER health_no_delete BEFORE DELETE ON health BEGIN SELECT RAISE (ABORT, 'a health record is not forgotten'); END;
-- 补拍: absent students called to the campaign's make-up round; whoever did not come by its end is absent again.
CREATE TABLE make_up (
  id         INTEGER PRIMARY KEY,
  student_id INTEGER NOT NULL REFERENCES student (id),
  actor      TEXT NOT NULL,
  began_us   INTEGER NOT NULL,
  ended_us   INTEGER
) STRICT;
CREATE UNIQUE INDEX make_up_one_open ON make_up (student_id) WHERE ended_us IS NULL;
-- What was paid, in fen: a student's fee, or a sum for so many of a class (a class pays in one of the two ways).
CREATE TABLE payment (
  id           INTEGER PRIMARY KEY,
  class_id     INTEGER NOT NULL REFERENCES class (id),
  student_id   INTEGER REFERENCES student (id),  -- NULL: a sum of the class
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
-- 班级结单: the record of a class as it was signed. The id is the sheet's number.
CREATE TABLE closing (
  id         INTEGER PRIMARY KEY,
  class_id   INTEGER NOT NULL REFERENCES class (id),
  record     TEXT NOT NULL,                -- app/day/record.h writes it
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
-- The last time a card was held against these records: nothing on it may be unexplained when a class is closed.
CREATE TABLE card_look (
  camera_serial TEXT PRIMARY KEY,
  unexplained   INTEGER NOT NULL,
  wall_us       INTEGER NOT NULL           -- when its listing was made
) STRICT, WITHOUT ROWID;
-- What was left of battery, card and disk, and how much had been done by then: the forecast learns from it.
CREATE TABLE gauge (
  wall_us       INTEGER PRIMARY KEY,
  camera_serial TEXT NOT NULL,
  battery       INTEGER NOT NULL,          -- percent; -1 in these three: not known
  card_shots    INTEGER NOT NULL,
  disk_shots    INTEGER NOT NULL,
  shots         INTEGER NOT NULL,          -- pictures in the database
  people        INTEGER NOT NULL           -- of them accepted students
) STRICT;

CREATE TABLE setting (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The campaign key, by its public name only: random, and nowhere but in the wrappings below and in the memory of who opened it. No row: nothing is sealed.
CREATE TABLE campaign_key (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  key_id     BLOB NOT NULL CHECK (length (key_id) = 16),
  state      TEXT NOT NULL CHECK (state IN ('sealing', 'sealed')),  -- sealing: what was there before is still being sealed
  created_us INTEGER NOT NULL
) STRICT;
-- Each person who can open it: the key under a key made of the passphrase by argon2id.
CREATE TABLE key_wrapping (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE CHECK (name <> ''),
  operations INTEGER NOT NULL,             -- argon2id
  memory     INTEGER NOT NULL,             -- bytes
  salt       BLOB NOT NULL,
  nonce      BLOB NOT NULL,
  wrapped    BLOB NOT NULL,
  created_us INTEGER NOT NULL
) STRICT;

-- The campaign's data was deleted, or is being: killed anywhere, the next call goes on.
CREATE TABLE purge (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  state    TEXT NOT NULL CHECK (state IN ('begun', 'done')),
  record   TEXT NOT NULL CHECK (json_valid (record)),  -- what is signed (app/purge/record.h)
  began_us INTEGER NOT NULL,
  ended_us INTEGER,
  CHECK ((state = 'done') = (ended_us IS NOT NULL))
) STRICT;

-- Append-only; each row's hash covers the row before it.
CREATE TABLE audit (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  wall_us INTEGER NOT NULL,
  actor   TEXT NOT NULL,
  action  TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail  TEXT NOT NULL,                   -- JSON
  prev    TEXT NOT NULL,                   -- hash of the row before, 64 zeros for the first
  hash    TEXT NOT NULL,                   -- SHA-256 of prev, id, wall_us, actor, action, subject, detail joined by newlines
  CHECK (json_valid (detail))
) STRICT;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE (ABORT, 'the audit table is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE (ABORT, 'the audit table is append-only'); END;

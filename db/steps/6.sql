-- What a shot was found to be, and its finished file: measures and pictures that can be made again, never facts about who it is.
CREATE TABLE inspection (
  shot_id        TEXT PRIMARY KEY REFERENCES shot (id),
  profile        TEXT NOT NULL,
  profile_sha256 TEXT NOT NULL,
  verdict        TEXT NOT NULL CHECK (verdict IN ('not-checked', 'ok', 'unsure', 'warn', 'fail')),
  faces          INTEGER NOT NULL,
  width          INTEGER NOT NULL,
  height         INTEGER NOT NULL,
  head           TEXT NOT NULL CHECK (head IN ('none', 'silhouette', 'face')),
  middle         REAL,
  eyes           REAL,
  face_width     REAL,
  eye_distance   REAL,
  chin           REAL,
  crown          REAL,
  wall_us        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE check_result (
  shot_id TEXT NOT NULL REFERENCES inspection (shot_id),
  name    TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('not-checked', 'ok', 'unsure', 'warn', 'fail')),
  measure REAL,
  warn    REAL,
  fail    REAL,
  why     TEXT NOT NULL,
  x       REAL,
  y       REAL,
  width   REAL,
  height  REAL,
  PRIMARY KEY (shot_id, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE portrait (
  shot_id        TEXT PRIMARY KEY REFERENCES shot (id),
  path           TEXT NOT NULL UNIQUE,
  sha256         TEXT NOT NULL,
  size           INTEGER NOT NULL,
  profile        TEXT NOT NULL,
  profile_sha256 TEXT NOT NULL,
  quality        INTEGER NOT NULL,
  chroma         TEXT NOT NULL,
  x              REAL NOT NULL,
  y              REAL NOT NULL,
  width          REAL NOT NULL,
  height         REAL NOT NULL,
  dx             REAL NOT NULL DEFAULT 0,
  dy             REAL NOT NULL DEFAULT 0,
  zoom           REAL NOT NULL DEFAULT 1,
  wall_us        INTEGER NOT NULL,
  CHECK (path <> '')
) STRICT, WITHOUT ROWID;

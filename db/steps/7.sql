-- What was handed over.
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

-- The portrait's place by hand, and wishes for another picture.
CREATE TABLE crop (
  shot_id TEXT PRIMARY KEY REFERENCES shot (id),
  dx      REAL NOT NULL,
  dy      REAL NOT NULL,
  zoom    REAL NOT NULL CHECK (zoom > 0),
  actor   TEXT NOT NULL CHECK (actor <> ''),
  wall_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO crop SELECT shot_id, dx, dy, zoom, 'lanmu', wall_us FROM portrait WHERE (dx <> 0 OR dy <> 0 OR zoom <> 1) AND zoom > 0;
CREATE TABLE retake (
  id         INTEGER PRIMARY KEY,
  student_id INTEGER NOT NULL REFERENCES student (id),
  shot_id    TEXT REFERENCES shot (id),
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

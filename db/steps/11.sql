-- Codes that are scanned at the door: a queue whose numbers never change.
CREATE TABLE door (
  number     INTEGER PRIMARY KEY,
  token      TEXT NOT NULL UNIQUE CHECK (token <> ''),
  student_id INTEGER UNIQUE REFERENCES student (id),
  state      TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'away', 'called')),
  actor      TEXT NOT NULL,
  scanned_us INTEGER NOT NULL,
  state_us   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX door_waiting ON door (number) WHERE state = 'waiting';
CREATE TRIGGER door_stays BEFORE UPDATE OF number, token, student_id ON door
WHEN NEW.number <> OLD.number OR NEW.token <> OLD.token OR (OLD.student_id IS NOT NULL AND NEW.student_id IS NOT OLD.student_id)
BEGIN SELECT RAISE (ABORT, 'a number at the door is given once'); END;

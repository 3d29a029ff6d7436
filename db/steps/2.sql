-- 采集码 get a row of their own, so that a take of theirs can be chosen, set aside and taken back like a student's.
CREATE TABLE capture_code (
  token       TEXT PRIMARY KEY CHECK (token <> ''),
  number      INTEGER NOT NULL UNIQUE,
  state       TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'shot', 'accepted', 'skipped')),
  chosen_shot TEXT REFERENCES shot (id),
  first_us    INTEGER NOT NULL,
  state_us    INTEGER NOT NULL DEFAULT 0,
  CHECK (state <> 'accepted' OR chosen_shot IS NOT NULL)
) STRICT;
CREATE INDEX shot_by_token ON shot (token) WHERE token IS NOT NULL;
CREATE TRIGGER capture_code_chosen BEFORE UPDATE OF chosen_shot ON capture_code
WHEN NEW.chosen_shot IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM shot WHERE id = NEW.chosen_shot AND token = NEW.token AND student_id IS NULL AND state = 'attached')
BEGIN SELECT RAISE (ABORT, 'the chosen shot is not an attached shot of this capture code'); END;
-- Codes that were bound before: in the order of their first scan; which take was wanted was not kept, so none is chosen.
INSERT INTO capture_code (token, number, state, first_us, state_us)
SELECT token, row_number () OVER (ORDER BY min (id)),
       CASE WHEN EXISTS (SELECT 1 FROM shot WHERE shot.token = binding.token AND shot.student_id IS NULL AND shot.state = 'attached')
            THEN 'shot' ELSE 'waiting' END,
       min (began_wall_us), 0
FROM binding WHERE token IS NOT NULL AND student_id IS NULL GROUP BY token;

/* The rules that the file itself holds, tried by a connection that knows none of our code. */
#include "tests/unit/db/fixture.h"
#include "db/migrations.h"

typedef struct {
  const char *name;
  const char *sql;
  const char *why; /* in SQLite's message; NULL: accepted */
} Case;

#define SESSION                                                                                                        \
  "INSERT INTO session (id, program, operator, boot_id, started_wall_us, started_boot_us) VALUES (9, 'p', 'o', 'b', "  \
  "1, 1);"
#define BINDING                                                                                                        \
  "INSERT INTO binding (id, session_id, student_id, how, began_wall_us, began_boot_us) VALUES (5, 1, 1, 'queue', 1, "  \
  "1);"
#define TICKET(student)                                                                                                \
  "INSERT INTO ticket (id, number, origin, student_id, binding_id, session_id, operator, camera_serial, "              \
  "opened_wall_us, opened_boot_us) "                                                                                   \
  "VALUES ('T', 1, 'host', " student ", 5, 1, 'o', 's', 1, 1);"
#define SHOT(state, student)                                                                                           \
  "INSERT INTO shot (id, ticket_id, student_id, state, sequence_no, origin, sha256, size, path, width, height, "       \
  "wall_us) "                                                                                                          \
  "VALUES ('S', 'T', " student ", '" state "', 1, 'host', 'aa', 1, 'shots/x', 1, 1, 1);"

/* Somebody under a code, with a take. */
#define CODE                                                                                                           \
  "INSERT INTO binding (id, session_id, token, how, began_wall_us, began_boot_us) VALUES (5, 1, 'K', 'scan', 1, "      \
  "1);" TICKET ("NULL") "INSERT INTO shot (id, ticket_id, token, state, sequence_no, origin, sha256, size, path, "     \
                        "width, height, "                                                                              \
                        "wall_us) VALUES ('S', 'T', 'K', 'attached', 1, 'host', 'aa', 1, 'shots/x', 1, 1, 1);"         \
                        "INSERT INTO capture_code (token, number, first_us) VALUES ('K', 1, 1);"

#define REPAIR(from, to)                                                                                               \
  "INSERT INTO repair VALUES (7, 'move', NULL, 'a', 'r', 1); INSERT INTO repair_shot VALUES (7, 'S', " from            \
  ", NULL, '', " to ", NULL, '');"

static const Case cases[] = {
    {"binding-one-open",
     BINDING
     "INSERT INTO binding (session_id, student_id, how, began_wall_us, began_boot_us) VALUES (1, 2, 'queue', 2, 2)",
     "UNIQUE"},
    {"binding-needs-somebody",
     "INSERT INTO binding (session_id, how, began_wall_us, began_boot_us) VALUES (1, 'queue', 2, 2)", "CHECK"},
    {"binding-empty-token",
     "INSERT INTO binding (session_id, token, how, began_wall_us, began_boot_us) VALUES (1, '', 'scan', 2, 2)",
     "CHECK"},
    {"ticket-as-bound", BINDING TICKET ("2"), "not for the student of its binding"},
    {"ticket-host-without-student", BINDING TICKET ("NULL"), "not for the student of its binding"},
    {"ticket-good", BINDING TICKET ("1"), NULL},
    {"ticket-host-for-nobody",
     "INSERT INTO ticket (id, number, origin, session_id, operator, camera_serial, opened_wall_us, opened_boot_us) "
     "VALUES ('T', 1, 'host', 1, 'o', 's', 1, 1)",
     "CHECK"},
    {"ticket-ends-with-a-time", BINDING TICKET ("1") "UPDATE ticket SET state = 'failed'", "CHECK"},
    {"ticket-of-no-session", SESSION BINDING "UPDATE binding SET session_id = 77", "FOREIGN KEY"},
    {"shot-as-ticketed", BINDING TICKET ("1") SHOT ("attached", "2"), "not for the student of its ticket"},
    {"shot-attached-needs-somebody",
     BINDING TICKET ("1") "UPDATE ticket SET student_id = NULL;" SHOT ("attached", "NULL"), "CHECK"},
    {"shot-quarantined-is-nobodys", BINDING TICKET ("1") SHOT ("quarantined", "1"), "CHECK"},
    {"shot-good", BINDING TICKET ("1") SHOT ("attached", "1"), NULL},
    {"shot-stays", BINDING TICKET ("1") SHOT ("attached", "1") "UPDATE shot SET student_id = 2", "never changes hands but by a repair"},
    {"shot-known-state", BINDING TICKET ("1") SHOT ("lost", "1"), "CHECK"},
    {"chosen-is-own", BINDING TICKET ("1") SHOT ("attached", "1") "UPDATE student SET chosen_shot = 'S' WHERE id = 2",
     "not an attached shot"},
    {"chosen-is-attached",
     BINDING TICKET ("1") SHOT ("quarantined", "NULL") "UPDATE student SET chosen_shot = 'S' WHERE id = 1",
     "not an attached shot"},
    {"accepted-needs-chosen", "UPDATE student SET state = 'accepted' WHERE id = 1", "CHECK"},
    {"student-no-unique", "UPDATE student SET student_no = '20210002' WHERE id = 1", "UNIQUE"},
    {"student-no-is-text", "UPDATE student SET student_no = x'00' WHERE id = 1", "cannot store BLOB"},
    {"student-empty-name", "UPDATE student SET name = '' WHERE id = 1", "CHECK"},
    {"student-extra-json", "UPDATE student_private SET extra = '{' WHERE student_id = 1", "CHECK"},
    {"code-good", CODE "UPDATE capture_code SET chosen_shot = 'S', state = 'accepted'", NULL},
    {"code-chosen-is-own",
     CODE "INSERT INTO capture_code (token, number, first_us) VALUES ('L', 2, 1);"
          "UPDATE capture_code SET chosen_shot = 'S' WHERE token = 'L'",
     "not an attached shot of this capture code"},
    {"code-accepted-needs-chosen", CODE "UPDATE capture_code SET state = 'accepted'", "CHECK"},
    {"code-empty", "INSERT INTO capture_code (token, number, first_us) VALUES ('', 1, 1)", "CHECK"},
    {"shot-stays-attached",
     BINDING TICKET ("1") SHOT ("attached", "1") "UPDATE shot SET state = 'discarded' WHERE id = 'S'",
     "never changes hands but by a repair"},
    {"shot-repaired",
     BINDING TICKET ("1") SHOT ("attached", "1") REPAIR ("1", "2") "UPDATE shot SET student_id = 2", NULL},
    {"shot-repaired-to-another",
     BINDING TICKET ("1") SHOT ("attached", "1") REPAIR ("1", "2") "UPDATE shot SET student_id = 3",
     "never changes hands but by a repair"},
    {"shot-repaired-twice",
     BINDING TICKET ("1") SHOT ("attached", "1")
         REPAIR ("1", "2") "UPDATE shot SET student_id = 2; UPDATE shot SET student_id = 1",
     "never changes hands but by a repair"},
    {"shot-repaired-by-an-old-word",
     BINDING TICKET ("1") SHOT ("attached", "1") REPAIR ("1", "2")
         "INSERT INTO repair VALUES (8, 'move', NULL, 'a', 'r', 1); UPDATE shot SET student_id = 2",
     "never changes hands but by a repair"},
    {"shot-repaired-to-the-tray",
     BINDING TICKET ("1") SHOT ("attached", "1") REPAIR ("1", "NULL")
         "UPDATE shot SET student_id = NULL, state = 'quarantined'", NULL},
    {"repair-from-owner", BINDING TICKET ("1") SHOT ("attached", "1") REPAIR ("2", "3"), "not where the repair takes it"},
    {"repair-to-the-same", BINDING TICKET ("1") SHOT ("attached", "1") REPAIR ("1", "1"), "CHECK"},
    {"repair-no-update", BINDING TICKET ("1") SHOT ("attached", "1") REPAIR ("1", "2") "UPDATE repair SET actor = 'me'",
     "not rewritten"},
    {"repair-shot-no-delete", BINDING TICKET ("1") SHOT ("attached", "1") REPAIR ("1", "2") "DELETE FROM repair_shot",
     "not forgotten"},
    {"repair-needs-a-reason", "INSERT INTO repair VALUES (7, 'move', NULL, 'a', '', 1)", "CHECK"},
    {"undo-names-what", "INSERT INTO repair VALUES (7, 'undo', NULL, 'a', 'r', 1)", "CHECK"},
    {"undo-once",
     "INSERT INTO repair VALUES (5, 'move', NULL, 'a', 'r', 1), (6, 'undo', 5, 'a', 'r', 1), (7, 'undo', 5, 'a', 'r', 1)",
     "UNIQUE"},
    {"audit-no-update", "UPDATE audit SET actor = 'me'", "append-only"},
    {"audit-no-delete", "DELETE FROM audit", "append-only"},
    {"campaign-one", "INSERT INTO campaign SELECT 2, uuid, name, school_code, profile, NULL, 1 FROM campaign", "CHECK"},
};

static void test_case (gconstpointer data)
{
  const Case *test = data;
  g_autofree char *dir = make_folder ();
  g_autoptr (LanmuDb) db = open_campaign (dir, 3);
  g_autofree char *message = try_raw (dir, test->sql);

  if (test->why) {
    g_assert_nonnull (message);
    g_assert_nonnull (strstr (message, test->why));
  } else {
    g_assert_cmpstr (message, ==, NULL);
  }
  remove_folder (dir);
}

static void test_settings (void)
{
  g_autofree char *dir = make_folder ();
  g_autoptr (LanmuDb) db = open_campaign (dir, 0);

  g_assert_cmpint (query_int (dir, "PRAGMA application_id"), ==, 0x4c4e4d55);
  g_assert_cmpint (query_int (dir, "PRAGMA user_version"), ==, lanmu_schema_get ()->version);
  g_assert_cmpint (query_int (dir, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"), ==, 1);
  g_assert_cmpint (
      query_int (
          dir,
          "SELECT count (*) FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%' AND NOT strict"),
      ==, 0);
  remove_folder (dir);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/schema/settings", test_settings);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/db/schema/", cases[i].name, NULL);
    g_test_add_data_func (path, &cases[i], test_case);
  }
  return g_test_run ();
}

/* Crops by hand and wishes for another picture: what is kept, what is refused, what meets them. */
#include "tests/unit/db/fixture.h"
#include "db/audit.h"
#include "db/crops.h"
#include "db/portraits.h"
#include "db/retakes.h"

/* An accepted shot of 20210001. Full. */
static char *accepted_shot (LanmuDb *db, gint64 *student)
{
  g_autoptr (GError) error = NULL;
  bind_student (db, "20210001", 1000);
  g_autoptr (LanmuTicketRow) ticket = open_host_ticket (db, 2000);
  g_autoptr (LanmuShotRow) shot = make_shot (ticket, ticket->student_id);
  *student = ticket->student_id;
  g_assert_true (lanmu_shot_attach (db, shot, ACTOR, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (lanmu_shot_accept (db, *student, shot->id, ACTOR, &error));
  g_assert_no_error (error);
  return g_strdup (shot->id);
}

static void assert_crop (LanmuDb *db, const char *shot, double dx, double dy, double zoom)
{
  LanmuCropRow row;
  g_assert_true (lanmu_crop_get (db, shot, &row, NULL));
  g_assert_cmpfloat (row.dx, ==, dx);
  g_assert_cmpfloat (row.dy, ==, dy);
  g_assert_cmpfloat (row.zoom, ==, zoom);
}

static gboolean is_made (LanmuDb *db, const char *sha256)
{
  g_autoptr (GPtrArray) wanted = lanmu_portraits_wanted (db, sha256, NULL);
  g_assert_cmpuint (wanted->len, ==, 1);
  return ((LanmuPortraitWanted *) wanted->pdata[0])->made;
}

static void test_crop (void)
{
  gint64 student;
  g_autofree char *dir = make_folder ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = open_campaign (dir, 3);
  g_autofree char *shot = accepted_shot (db, &student);
  g_autoptr (GBytes) jpeg = g_bytes_new_static ("x", 1);
  const LanmuCropRow moved = {3.25, -1, 1.05}, home = {0, 0, 1};
  LanmuPortraitRow portrait = {.shot_id = shot, .sha256 = (char *) "a", .profile = (char *) "diploma", .profile_sha256 = (char *) "p", .chroma = (char *) "4:4:4", .zoom = 1};
  g_assert_true (lanmu_portrait_set (db, &portrait, jpeg, ACTOR, &error));
  g_assert_true (is_made (db, "p"));
  assert_crop (db, shot, 0, 0, 1);
  for (int i = 0; i < 2; i++) /* the second says nothing new */
    g_assert_true (lanmu_crop_set (db, shot, &moved, ACTOR, &error));
  assert_crop (db, shot, 3.25, -1, 1.05);
  g_assert_cmpint (query_int (dir, "SELECT count (*) FROM audit WHERE action = 'shot.crop'"), ==, 1);
  g_assert_false (is_made (db, "p")); /* the finished file shows another part */
  g_autoptr (LanmuPortraitRow) row = lanmu_portrait_get (db, shot, NULL);
  g_assert_false (row->as_cropped);
  g_assert_true (lanmu_crop_set (db, shot, &home, ACTOR, &error));
  assert_crop (db, shot, 0, 0, 1);
  g_assert_true (is_made (db, "p"));
  g_assert_cmpint (query_int (dir, "SELECT count (*) FROM crop"), ==, 0);
  g_assert_false (lanmu_crop_set (db, "nobody", &moved, ACTOR, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW);
  remove_folder (dir);
}

static void test_retake (void)
{
  gint64 student;
  g_autofree char *dir = make_folder ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = open_campaign (dir, 3);
  g_autofree char *shot = accepted_shot (db, &student);
  g_assert_false (lanmu_retake_request (db, student, "", ACTOR, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (lanmu_retake_request (db, student, "eyes closed", ACTOR, &error));
  g_assert_no_error (error);
  g_autoptr (LanmuStudentRow) row = lanmu_student_get (db, student, NULL);
  g_assert_cmpint (row->state, ==, LANMU_STUDENT_WAITING);
  g_assert_null (row->chosen_shot);
  g_assert_cmpint (row->takes, ==, 1); /* the earlier take stays */
  g_autofree char *reason = lanmu_retake_reason (db, student, NULL);
  g_assert_cmpstr (reason, ==, "eyes closed");
  g_assert_false (lanmu_retake_request (db, student, "again", ACTOR, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_autoptr (GPtrArray) open = lanmu_retakes_open (db, NULL);
  g_assert_cmpuint (open->len, ==, 1);
  g_assert_cmpstr (((LanmuRetakeRow *) open->pdata[0])->shot_id, ==, shot);
  g_assert_true (lanmu_shot_accept (db, student, shot, ACTOR, NULL)); /* whatever is accepted next meets it */
  g_assert_null (lanmu_retake_reason (db, student, NULL));
  g_assert_cmpint (query_int (dir, "SELECT count (*) FROM retake WHERE ended_us > 0"), ==, 1);
  g_assert_true (lanmu_audit_verify (db, NULL, NULL, NULL));
  g_autofree char *refused = try_raw (dir, "DELETE FROM retake");
  g_assert_nonnull (refused);
  remove_folder (dir);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wall/crop", test_crop);
  g_test_add_func ("/wall/retake", test_retake);
  return g_test_run ();
}

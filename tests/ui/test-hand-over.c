/* The hand-over page by real keys: who is ready, written while the station goes on, once; proved from outside. */
#include "tests/ui/rig.h"

#include <glib/gstdio.h>

static void assert_get (Rig *rig, const char *member, const char *value)
{
  g_autofree char *now = rig_get (rig, member);
  g_assert_cmpstr (now, ==, value);
}

static void shoot_and_accept (Rig *rig, guint place)
{
  rig_wait (rig, "student_no", rig_number (rig, place));
  rig_wait (rig, "phase", "ready");
  rig_key (rig, "space");
  rig_wait (rig, "phase", "review");
  rig_wait (rig, "still", "true");
  rig_key (rig, "Return");
}

/* The one folder beside the data folder that is called as the page suggests. */
static char *find_delivery (Rig *rig)
{
  g_autofree char *beside = g_path_get_dirname (rig->data);
  g_autoptr (GDir) dir = g_dir_open (beside, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "lanmu-2"))
      return g_build_filename (beside, name, NULL);
  return NULL;
}

static void test_hand_over (void)
{
  g_autoptr (Rig) rig = rig_new ("1280x800", "");
  rig_start (rig, "");
  rig_key (rig, "F4");
  rig_wait (rig, "page", "hand-over");
  rig_wait (rig, "hand_over_mode", "nothing");
  rig_key (rig, "Return"); /* nothing: nothing happens */
  rig_key (rig, "space");  /* and nothing shoots behind this page */
  rig_key (rig, "Escape");
  rig_wait (rig, "page", "shoot");
  assert_get (rig, "phase", "ready");
  shoot_and_accept (rig, 0);
  shoot_and_accept (rig, 1);
  rig_wait (rig, "student_no", rig_number (rig, 2));

  rig_key (rig, "F4");
  rig_wait (rig, "hand_over_mode", "ready");
  assert_get (rig, "hand_over_people", "2");
  rig_key (rig, "1"); /* portraits and originals */
  rig_wait (rig, "hand_over_files", "4");
  rig_key (rig, "3"); /* a workbook too */
  rig_wait (rig, "hand_over_choices", "10100");
  rig_wait (rig, "hand_over_mode", "ready");
  g_autofree char *before = find_delivery (rig);
  g_assert_null (before);
  rig_key (rig, "Return");
  rig_wait (rig, "hand_over_mode", "done");
  g_autofree char *made = find_delivery (rig);
  g_assert_nonnull (made);
  g_autofree char *command = g_strdup_printf ("verify-delivery %s", made),
                  *book = g_build_filename (made, "list.xlsx", NULL);
  g_autoptr (GPtrArray) proved = rig_ctl (rig, command);
  g_assert_cmpint (json_object_get_int_member (proved->pdata[0], "files"), ==, 4 + 3); /* two tables, delivery.json */
  g_assert_true (g_file_test (book, G_FILE_TEST_EXISTS));

  rig_key (rig, "2"); /* who is new: nobody */
  rig_wait (rig, "hand_over_mode", "nothing");
  rig_key (rig, "F4"); /* its own key leads back */
  rig_wait (rig, "page", "shoot");
  shoot_and_accept (rig, 2);
  rig_wait (rig, "student_no", rig_number (rig, 3));
  rig_key (rig, "F4");
  rig_wait (rig, "hand_over_people", "1");
  rig_wait (rig, "hand_over_mode", "ready");
  rig_key (rig, "ctrl+q");
  rig_wait_end (rig);
}

/* A campaign that asks for the counselor's word: nobody leaves unsaid. */
static void test_not_ready (void)
{
  g_autoptr (Rig) rig = rig_new ("1280x800", "");
  g_ptr_array_unref (rig_ctl (rig, "countersign after"));
  rig_start (rig, "");
  shoot_and_accept (rig, 0);
  rig_wait (rig, "student_no", rig_number (rig, 1));
  rig_key (rig, "F4");
  rig_wait (rig, "hand_over_mode", "blocked");
  rig_wait (rig, "hand_over_problems", "1"); /* the portrait is made: only the word is missing */
  rig_key (rig, "Return");
  rig_key (rig, "5"); /* by name */
  rig_wait (rig, "hand_over_choices", "00001");
  rig_wait (rig, "hand_over_mode", "ready");
  g_autofree char *made = find_delivery (rig);
  g_assert_null (made);
  rig_key (rig, "ctrl+q");
  rig_wait_end (rig);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hand-over/written", test_hand_over);
  g_test_add_func ("/hand-over/not-ready", test_not_ready);
  return g_test_run ();
}

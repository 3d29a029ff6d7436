/* The page of student lists by real keys: a list with a fault changes nothing, a decision lets it pass, Enter imports
 * it, and the new students can be called at once. */
#include "tests/ui/rig.h"

#include <string.h>

static void put_list (Rig *rig, const char *text)
{
  g_autofree char *path = g_build_filename (rig->data, "new.csv", NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static guint count_students (Rig *rig)
{
  g_autoptr (GPtrArray) all = rig_ctl (rig, "students");
  return all->len;
}

/* On a busy machine the keys of a scan come too far apart to be one: a person scans again, too. */
static void scan_until_bound (Rig *rig, const char *number)
{
  for (guint i = 0; i < 8; i++) {
    rig_xdotool (rig, "sleep", "0.5", NULL);
    rig_type (rig, number, 4);
    rig_key (rig, "Return");
    rig_xdotool (rig, "sleep", "1", NULL);
    g_autofree char *bound = rig_get (rig, "student_no");
    if (g_str_equal (bound, number))
      return;
  }
  rig_wait (rig, "student_no", number);
}

static void test_import (void)
{
  g_autoptr (Rig) rig = rig_new ("1366x768", "");
  put_list (rig, "学号,姓名,性别,身份证号,班级\n7000000001,欧阳新,女,11010519491231002X,新班\n"
                 "7000000002,司马新,女,440524188001010014,新班\n");
  rig_start (rig, "");
  rig_key (rig, "F5");
  rig_wait (rig, "page", "lists");
  rig_wait (rig, "lists_files", "1");
  rig_key (rig, "1");
  rig_wait (rig, "lists_state", "judged");
  rig_wait (rig, "lists_errors", "1"); /* the sex of the second is another than her number says */
  rig_key (rig, "Return");
  rig_wait (rig, "lists_state", "judged");
  g_assert_cmpuint (count_students (rig), ==, 60);
  rig_key (rig, "1");
  rig_wait (rig, "lists_errors", "0");
  rig_wait (rig, "lists_state", "judged");
  rig_key (rig, "Return");
  rig_wait (rig, "lists_state", "done");
  g_assert_cmpuint (count_students (rig), ==, 62);
  rig_key (rig, "Escape");
  rig_wait (rig, "page", "shoot");
  /* The queue was read anew under whoever sits there: the same student stays bound, and the picture is theirs. */
  rig_wait (rig, "student_no", rig_number (rig, 0));
  rig_key (rig, "space");
  rig_wait (rig, "phase", "review");
  g_autoptr (GPtrArray) shots = rig_ctl (rig, "shots");
  g_assert_cmpuint (shots->len, ==, 1);
  g_assert_cmpstr (json_object_get_string_member (shots->pdata[0], "student_no"), ==, rig_number (rig, 0));
  rig_key (rig, "Return"); /* and the next one of the list is the next one */
  rig_wait (rig, "student_no", rig_number (rig, 1));
  scan_until_bound (rig, "7000000002");
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lists/import", test_import);
  return g_test_run ();
}

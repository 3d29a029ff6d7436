/* The repair page by real keys: two students shot in each other's place are put right, seen before it is done, and taken
 * back; what may not be repaired says why. */
#include "tests/ui/rig.h"

static void shoot_and_accept (Rig *rig, guint next)
{
  rig_key (rig, "space");
  rig_wait (rig, "phase", "review");
  rig_key (rig, "Return");
  rig_wait (rig, "student_no", rig_number (rig, next));
  rig_wait (rig, "phase", "ready");
}

static void name_both (Rig *rig, guint first, guint second)
{
  for (guint i = 0; i < 2; i++) {
    rig_xdotool (rig, "sleep", "0.2", NULL); /* a key just before would be part of the code */
    rig_type (rig, rig_number (rig, i == 0 ? first : second), 4);
    rig_key (rig, "Return");
    rig_xdotool (rig, "sleep", "0.4", NULL);
  }
}

static char *owner (Rig *rig, guint shot)
{
  g_autoptr (GPtrArray) shots = rig_ctl (rig, "shots");
  g_assert_cmpuint (shot, <, shots->len);
  return g_strdup (json_object_get_string_member (shots->pdata[shot], "student_no"));
}

static void assert_owner (Rig *rig, guint shot, guint place)
{
  g_autofree char *now = owner (rig, shot);
  g_assert_cmpstr (now, ==, rig_number (rig, place));
}

static void test_swap (void)
{
  g_autoptr (Rig) rig = rig_new ("1366x768", "");
  rig_start (rig, "");
  shoot_and_accept (rig, 1);
  shoot_and_accept (rig, 2);
  rig_key (rig, "F8");
  rig_wait (rig, "page", "repair");
  rig_key (rig, "1");
  name_both (rig, 0, 1);
  rig_wait (rig, "repair_moves", "2");
  rig_key (rig, "space"); /* nothing shoots behind this page */
  rig_key (rig, "Return");
  rig_wait (rig, "repair_mode", "reason");
  rig_key (rig, "Escape"); /* looked again: not yet */
  rig_wait (rig, "repair_mode", "choose");
  assert_owner (rig, 0, 0);
  rig_key (rig, "Return");
  rig_wait (rig, "repair_mode", "reason");
  rig_key (rig, "1");
  rig_wait (rig, "repair_last", "1");
  assert_owner (rig, 0, 1);
  assert_owner (rig, 1, 0);
  rig_wait (rig, "repair_mode", "choose");
  rig_key (rig, "ctrl+z");
  rig_wait (rig, "repair_last", "2");
  assert_owner (rig, 0, 0);
  assert_owner (rig, 1, 1);
  name_both (rig, 0, 2); /* who sits before the camera is not moved */
  rig_wait_not (rig, "repair_text", "1–4 选哪种情况 · 再扫码或选两位学生 · Esc 返回");
  rig_key (rig, "Return");
  rig_key (rig, "1");
  rig_key (rig, "Escape");
  rig_wait (rig, "page", "shoot");
  g_autoptr (GPtrArray) shots = rig_ctl (rig, "shots");
  g_assert_cmpuint (shots->len, ==, 2);
  g_ptr_array_unref (rig_ctl (rig, "verify"));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/repair-page/swap", test_swap);
  return g_test_run ();
}

/* Capture codes in the kiosk, by a scanner's keys: opened, accepted, taken back, called again; and what is no code. */
#include "tests/ui/rig.h"

static void assert_get (Rig *rig, const char *member, const char *value)
{
  g_autofree char *now = rig_get (rig, member);
  g_assert_cmpstr (now, ==, value);
}

static void scan (Rig *rig, const char *code)
{
  rig_type (rig, code, 4);
  rig_key (rig, "Return");
}

static void shoot (Rig *rig)
{
  rig_key (rig, "space");
  rig_wait (rig, "phase", "review");
  rig_wait (rig, "still", "true");
}

static const char *get (GPtrArray *rows, guint i, const char *member)
{
  g_assert_cmpuint (i, <, rows->len);
  return json_object_get_string_member (rows->pdata[i], member);
}

static void test_codes (void)
{
  g_autoptr (Rig) rig = rig_new ("1280x800", "");
  g_ptr_array_unref (rig_ctl (rig, "settings campaign.codes=yes"));
  rig_start (rig, "");
  scan (rig, "SAR/aN+4711=");
  rig_wait (rig, "token", "SAR/aN+4711=");
  assert_get (rig, "student_no", "null");
  shoot (rig);
  rig_key (rig, "r");
  rig_wait (rig, "phase", "ready");
  shoot (rig);
  rig_key (rig, "1");
  rig_wait (rig, "take", "1");
  rig_key (rig, "Return"); /* accepted: the next one is whoever is scanned, not the next of the list */
  rig_wait (rig, "phase", "idle");
  assert_get (rig, "token", "null");
  assert_get (rig, "still", "false");
  rig_key (rig, "ctrl+z"); /* taken back: the same sitter again */
  rig_wait (rig, "token", "SAR/aN+4711=");
  rig_wait (rig, "takes", "2");
  rig_key (rig, "2");
  rig_wait (rig, "take", "2");
  rig_key (rig, "a"); /* nobody who shows a code is absent */
  rig_wait (rig, "prompt_kind", "answer");
  rig_key (rig, "Return");
  rig_wait (rig, "phase", "idle");
  scan (rig, "SAR/aN+4711="); /* shown again: said, and nothing changed */
  rig_wait (rig, "token", "SAR/aN+4711=");
  rig_wait (rig, "prompt_kind", "answer");
  scan (rig, "631899999999"); /* as long as the list's numbers, and none of them: no code */
  rig_wait_not (rig, "prompt", "此采集码已拍摄过 · 另选通过之前，原照片不变");
  assert_get (rig, "token", "SAR/aN+4711=");
  scan (rig, rig_number (rig, 5)); /* the list goes on beside the codes */
  rig_wait (rig, "student_no", rig_number (rig, 5));
  assert_get (rig, "token", "null");
  assert_get (rig, "takes", "0");

  g_autoptr (GPtrArray) codes = rig_ctl (rig, "codes"), shots = rig_ctl (rig, "shots");
  g_assert_cmpuint (codes->len, ==, 1);
  g_assert_cmpstr (get (codes, 0, "state"), ==, "accepted");
  g_assert_cmpstr (get (codes, 0, "chosen"), ==, get (shots, 1, "shot"));
  for (guint i = 0; i < 2; i++)
    g_assert_cmpstr (get (shots, i, "token"), ==, "SAR/aN+4711=");
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codes/sitting", test_codes);
  return g_test_run ();
}

/* Who works at the kiosk, by real keys: locked it shows the live picture and takes no key; names, PINs and cards sign in; each role's keys; the counselor's word in place.
 */
#include "tests/ui/rig.h"

#define PIN   "4071"
#define OTHER "5082"

static Rig *start (const char *countersign)
{
  Rig *rig = rig_new ("1280x800", "");
  if (countersign != NULL) {
    g_autofree char *command = g_strdup_printf ("countersign %s", countersign);
    g_ptr_array_unref (rig_ctl (rig, command));
  }
  rig_staff (rig, "Chen", "counselor", OTHER, "CARD-CHEN-1");
  rig_staff (rig, "Wang", "administrator", PIN, NULL);
  rig_staff (rig, "Zhao", "photographer", PIN, "CARD-ZHAO-1");
  g_autoptr (GPtrArray) students = rig_ctl (rig, "students");
  const char *class = json_object_get_string_member (students->pdata[0], "class");
  const char *classes[] = {rig_program ("LANMUCTL"), "--data", rig->data, "staff", "classes", "Chen", "--class", class, NULL};
  g_assert_cmpint (rig_run (classes, NULL, NULL, NULL), ==, 0);
  rig_launch (rig, "");
  return rig;
}

/* Digits of a PIN are a person's: slower than any scanner. */
static void type_pin (Rig *rig, const char *pin)
{
  rig_type (rig, pin, 140);
  rig_key (rig, "Return");
}

static void scan (Rig *rig, const char *code)
{
  rig_xdotool (rig, "sleep", "0.2", NULL); /* a key just before would be part of the code */
  rig_type (rig, code, 4);
  rig_key (rig, "Return");
  rig_xdotool (rig, "sleep", "0.4", NULL); /* an Enter just behind would be the scanner's */
}

/* place: of the page's names, from 1. */
static void sign_in (Rig *rig, const char *place, const char *pin, const char *name)
{
  rig_key (rig, "F6");
  rig_wait (rig, "page", "sign-in");
  rig_key (rig, place);
  rig_wait (rig, "sign_in_mode", "pin");
  type_pin (rig, pin);
  rig_wait (rig, "operator", name);
  rig_wait (rig, "page", "shoot");
}

/* Until member begins like this. */
static void wait_text (Rig *rig, const char *member, const char *beginning)
{
  for (;;) {
    g_autofree char *text = rig_get (rig, member);
    if (g_str_has_prefix (text, beginning))
      return;
    rig_wait_not (rig, member, text);
  }
}

/* A key that is answered by a refusal leaves everything as it is. */
static void refused (Rig *rig, const char *key, const char *sentence)
{
  rig_key (rig, "Escape"); /* what was said before is gone */
  rig_wait_not (rig, "prompt_kind", "answer");
  rig_key (rig, key);
  rig_wait (rig, "prompt_kind", "answer");
  wait_text (rig, "prompt", sentence);
}

static guint count_shots (Rig *rig)
{
  g_autoptr (GPtrArray) shots = rig_ctl (rig, "shots");
  return shots->len;
}

static void assert_no_secret (Rig *rig, const char *secret)
{
  g_autofree char *state = NULL;
  g_assert_true (g_file_get_contents (rig->state_path, &state, NULL, NULL));
  g_assert_null (g_strstr_len (state, -1, secret));
}

#define NOBODY     "还没有人登录"
#define NOT_ROLE   "您的身份不能做这件事"
#define OTHER_ONES "这是别的辅导员班上的学生"

static void test_locked (void)
{
  g_autoptr (Rig) rig = start (NULL);
  rig_wait (rig, "locked", "true");
  rig_wait (rig, "phase", "idle"); /* nobody is called for nobody */
  static const char *const keys[] = {"space", "Return", "n", "s", "a", "r", "t", "F8", "F11", "f", "c", "x"};
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (!g_str_equal (keys[i], "x")) /* nobody sits there to be refused */
      refused (rig, keys[i], NOBODY);
  refused (rig, "ctrl+q", NOBODY);
  g_autofree char *filling = rig_get (rig, "filling");
  g_assert_cmpstr (filling, ==, "true");

  rig_key (rig, "F6");
  rig_wait (rig, "sign_in_people", "3");
  rig_key (rig, "3");
  rig_wait (rig, "sign_in_mode", "pin");
  type_pin (rig, "9917");
  rig_wait (rig, "sign_in_refusals", "1");
  rig_wait (rig, "locked", "true");
  assert_no_secret (rig, "9917");
  type_pin (rig, PIN);
  rig_wait (rig, "operator", "Zhao");
  assert_no_secret (rig, PIN);
  rig_wait (rig, "phase", "ready"); /* the first student is called now */
  rig_key (rig, "space");
  rig_wait (rig, "phase", "review");
  rig_key (rig, "r");
  rig_wait (rig, "phase", "ready");

  rig_key (rig, "shift+F6");
  rig_wait (rig, "locked", "true");
  rig_say (rig, "press"); /* the body's own button: the picture is whose it is */
  rig_wait (rig, "takes", "2");
  refused (rig, "Return", NOBODY);
  scan (rig, "CARD-ZHAO-1");
  rig_wait (rig, "operator", "Zhao");
  rig_key (rig, "Return");
  rig_wait (rig, "student_no", rig_number (rig, 1));
  g_assert_cmpuint (count_shots (rig), ==, 2);
  g_ptr_array_unref (rig_ctl (rig, "verify"));
}

static void test_pause (void)
{
  g_autoptr (Rig) rig = start (NULL);
  rig_key (rig, "F6");
  rig_wait (rig, "sign_in_people", "3");
  rig_key (rig, "1");
  for (guint i = 0; i < 5; i++) {
    g_autofree char *refusals = g_strdup_printf ("%u", i + 1);
    rig_wait (rig, "sign_in_mode", "pin");
    type_pin (rig, "9917");
    rig_wait (rig, "sign_in_refusals", refusals);
  }
  wait_text (rig, "sign_in_text", "口令输错太多次");
  rig_key (rig, "Escape"); /* another person is not kept waiting */
  rig_wait (rig, "sign_in_mode", "names");
  rig_key (rig, "2");
  rig_wait (rig, "sign_in_mode", "pin");
  type_pin (rig, PIN);
  rig_wait (rig, "operator", "Wang");
}

/* What each role's keys do on the shooting page, beside the table that tests/unit/app/roles.c goes through. */
static void test_keys (void)
{
  g_autoptr (Rig) rig = start (NULL);
  sign_in (rig, "3", PIN, "Zhao");
  rig_wait (rig, "phase", "ready");
  static const char *const not_photographer[] = {"t", "F8", "F11", "ctrl+q", "F1", "x"};
  for (gsize i = 0; i < G_N_ELEMENTS (not_photographer) - 1; i++)
    refused (rig, not_photographer[i], NOT_ROLE);
  sign_in (rig, "1", OTHER, "Chen");
  refused (rig, "space", NOT_ROLE);
  refused (rig, "F11", NOT_ROLE);
  rig_key (rig, "F8");
  rig_wait (rig, "page", "repair");
  rig_key (rig, "Escape");
  rig_wait (rig, "page", "shoot");
  rig_xdotool (rig, "keydown", "F1", NULL);
  rig_wait (rig, "lifted", "true");
  rig_xdotool (rig, "keyup", "F1", NULL);
  rig_wait (rig, "lifted", "false");
  scan (rig, rig_number (rig, rig->numbers->len - 1)); /* of another class */
  wait_text (rig, "prompt", OTHER_ONES);
  sign_in (rig, "2", PIN, "Wang");
  rig_key (rig, "F11");
  rig_wait (rig, "filling", "false");
  rig_key (rig, "ctrl+q");
  rig_wait_end (rig);
  g_assert_cmpint (rig->exit_code, ==, 0);
  g_autoptr (GPtrArray) audit = rig_ctl (rig, "audit");
  guint reveals = 0;
  for (guint i = 0; i < audit->len; i++)
    if (g_str_equal (json_object_get_string_member (audit->pdata[i], "action"), "reveal")) {
      g_assert_cmpstr (json_object_get_string_member (audit->pdata[i], "actor"), ==, "Chen");
      reveals++;
    }
  g_assert_cmpuint (reveals, ==, 1);
}

/* Photographer at the keys, counselor beside: the word is given in place, and nobody is signed in or out by it. */
static void test_word (void)
{
  g_autoptr (Rig) rig = start ("before");
  sign_in (rig, "3", PIN, "Zhao");
  rig_wait (rig, "phase", "ready");
  rig_key (rig, "space");
  rig_wait (rig, "prompt_kind", "answer"); /* not confirmed yet */
  rig_key (rig, "c");
  rig_wait (rig, "vouch_mode", "names");
  rig_key (rig, "1");
  rig_wait (rig, "vouch_mode", "pin");
  type_pin (rig, "9917");
  wait_text (rig, "vouch_text", "姓名或口令不对");
  type_pin (rig, OTHER);
  rig_wait (rig, "countersigned", "Chen");
  rig_wait (rig, "vouch_mode", "closed");
  rig_wait (rig, "operator", "Zhao");
  rig_key (rig, "space");
  rig_wait (rig, "phase", "review");
  rig_key (rig, "Return");
  rig_wait (rig, "student_no", rig_number (rig, 1));
  rig_wait (rig, "countersigned", "null"); /* another person, another word */
  rig_key (rig, "c");
  rig_wait (rig, "vouch_mode", "names");
  scan (rig, "CARD-CHEN-1");
  rig_wait (rig, "countersigned", "Chen");
  rig_wait (rig, "operator", "Zhao");

  rig_key (rig, "n");
  rig_wait (rig, "student_no", rig_number (rig, 2));
  rig_key (rig, "x");
  rig_wait (rig, "vouch_mode", "reason");
  rig_key (rig, "2");
  rig_wait (rig, "vouch_mode", "names");
  scan (rig, "CARD-CHEN-1");
  rig_wait (rig, "student_no", rig_number (rig, 3));
  g_autoptr (GPtrArray) holds = rig_ctl (rig, "holds");
  g_assert_cmpuint (holds->len, ==, 1);
  g_assert_cmpstr (json_object_get_string_member (holds->pdata[0], "student_no"), ==, rig_number (rig, 2));
  g_assert_cmpstr (json_object_get_string_member (holds->pdata[0], "actor"), ==, "Chen");

  scan (rig, rig_number (rig, 2)); /* is held: nobody sits down */
  rig_wait (rig, "prompt_kind", "answer");
  scan (rig, "CARD-CHEN-1");
  rig_wait (rig, "operator", "Chen");
  rig_key (rig, "l");
  rig_xdotool (rig, "sleep", "0.3", NULL);
  scan (rig, rig_number (rig, 2));
  rig_wait (rig, "student_no", rig_number (rig, 2));
  rig_key (rig, "c"); /* the counselor's own key */
  rig_wait (rig, "countersigned", "Chen");
  g_autoptr (GPtrArray) none = rig_ctl (rig, "holds");
  g_assert_cmpuint (none->len, ==, 0);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sign-in/locked", test_locked);
  g_test_add_func ("/sign-in/pause", test_pause);
  g_test_add_func ("/sign-in/keys", test_keys);
  g_test_add_func ("/sign-in/word", test_word);
  return g_test_run ();
}

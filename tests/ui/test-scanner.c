/* The scanner's recogniser, by typed times: what a person presses comes back in time, what a scanner types never does.
 */
#include "ui/scanner.h"

#include <string.h>

#define MS G_TIME_SPAN_MILLISECOND

/* Plays a text with a fixed pause between characters, ticking at every deadline on the way; collects what is given back
 * as keys. */
typedef struct {
  LanmuScanner *scanner;
  GString *keys;  /* given back, in order; Enter as '\n' */
  GString *codes; /* complete codes, each followed by '|' */
  guint broken;
  gint64 now;
} Play;

static void play_init (Play *play)
{
  play->scanner = lanmu_scanner_new ();
  play->keys = g_string_new (NULL);
  play->codes = g_string_new (NULL);
  play->broken = 0;
  play->now = 1000 * MS;
}

static void play_clear (Play *play)
{
  lanmu_scanner_free (play->scanner);
  g_string_free (play->keys, TRUE);
  g_string_free (play->codes, TRUE);
}

static void note (Play *play, LanmuScannerVerdict verdict, char key)
{
  g_string_append (play->keys, lanmu_scanner_get_released (play->scanner));
  if (verdict == LANMU_SCANNER_PASS && key != 0)
    g_string_append_c (play->keys, key);
  if (verdict == LANMU_SCANNER_CODE)
    g_string_append_printf (play->codes, "%s|", lanmu_scanner_get_code (play->scanner));
  if (verdict == LANMU_SCANNER_BROKEN)
    play->broken++;
}

static void wait_ms (Play *play, gint64 ms)
{
  gint64 until = play->now + ms * MS;
  for (;;) {
    gint64 deadline = lanmu_scanner_get_deadline (play->scanner);
    if (deadline == 0 || deadline > until)
      break;
    play->now = deadline;
    note (play, lanmu_scanner_tick (play->scanner, deadline), 0);
  }
  play->now = until;
}

static void type (Play *play, const char *text, gint64 pause_ms, gboolean in_text)
{
  for (const char *c = text; *c != '\0'; c++) {
    LanmuScannerKey key = *c == '\n'  ? LANMU_SCANNER_KEY_END
                          : *c == ' ' ? LANMU_SCANNER_KEY_SPACE
                          : *c == '^' ? LANMU_SCANNER_KEY_OTHER
                                      : LANMU_SCANNER_KEY_CHAR;
    note (play, lanmu_scanner_press (play->scanner, key, *c, play->now, in_text), *c);
    wait_ms (play, pause_ms);
  }
}

typedef struct {
  const char *name, *text;
  gint64 pause_ms;
  gboolean in_text;
  const char *keys, *codes;
  guint broken;
} Case;

static const Case CASES[] = {
    {"one-key", "r", 300, FALSE, "r", "", 0},
    {"slow-keys", "rsa1", 300, FALSE, "rsa1", "", 0},
    {"space-then-enter", " \n", 300, FALSE, " \n", "", 0},
    {"quick-pair", "rs", 70, FALSE, "rs", "", 0},
    {"scan", "631809030112\n", 4, FALSE, "", "631809030112|", 0},
    {"scan-letters", "RSAFN1234\n", 10, FALSE, "", "RSAFN1234|", 0},
    {"scan-no-suffix", "631809030112", 4, FALSE, "", "631809030112|", 0},
    {"scan-slow", "rsa631809\n", 60, FALSE, "", "rsa631809|", 0},
    {"scan-very-slow", "rsa631809\n", 90, FALSE, "r", "rsa631809|", 0}, /* one key may leak, the code stays whole */
    {"scan-space", "6318 0903\n", 5, FALSE, "", "63180903|", 0},
    {"scan-twice", "631809\n631810\n", 5, FALSE, "", "631809|631810|", 0},
    {"too-short", "123\n", 5, FALSE, "", "", 1},
    {"too-short-pause", "asr", 5, FALSE, "", "", 1},
    {"pair-enter", "rs\n", 5, FALSE, "", "", 1},
    {"key-enter", "1\n", 20, FALSE, "1\n", "", 0},
    {"other-ends", "r^", 5, FALSE, "r^", "", 0},
    {"scan-control-suffix", "631809^", 5, FALSE, "", "631809|", 0},
    {"text-typed", "631809\n", 90, TRUE, "631809\n", "", 0},
    {"text-scan", "631809030112\n", 5, TRUE, "631809030112", "631809030112|", 0},
    {"text-scan-no-suffix", "631809030112", 5, TRUE, "631809030112", "631809030112|", 0},
    {"text-space", "a b\n", 5, TRUE, "a b\n", "", 0},
};

static void test_case (gconstpointer data)
{
  const Case *c = data;
  Play play;
  play_init (&play);
  type (&play, c->text, c->pause_ms, c->in_text);
  wait_ms (&play, 500);
  g_assert_cmpstr (play.keys->str, ==, c->keys);
  g_assert_cmpstr (play.codes->str, ==, c->codes);
  g_assert_cmpuint (play.broken, ==, c->broken);
  play_clear (&play);
}

static void test_prompt (void)
{
  g_autoptr (LanmuScanner) scanner = lanmu_scanner_new ();
  g_assert_cmpint (lanmu_scanner_press (scanner, LANMU_SCANNER_KEY_CHAR, 'r', 1000 * MS, FALSE), ==,
                   LANMU_SCANNER_HOLD);
  g_assert_cmpint (lanmu_scanner_get_deadline (scanner) - 1000 * MS, <=, LANMU_SCANNER_FIRST_US);
  g_assert_cmpint (lanmu_scanner_tick (scanner, lanmu_scanner_get_deadline (scanner)), ==, LANMU_SCANNER_PASS);
  g_assert_cmpstr (lanmu_scanner_get_released (scanner), ==, "r");
  g_assert_cmpint (lanmu_scanner_get_deadline (scanner), ==, 0);
}

static void test_late_enter (void)
{
  Play play;
  play_init (&play);
  type (&play, "631809030112", 5, FALSE);
  wait_ms (&play, 150); /* the pause ended the code */
  type (&play, "\n", 400, FALSE);
  g_assert_cmpstr (play.keys->str, ==, "");
  type (&play, "\n", 400, FALSE); /* a person's */
  g_assert_cmpstr (play.keys->str, ==, "\n");
  g_assert_cmpstr (play.codes->str, ==, "631809030112|");
  play_clear (&play);
}

/* Whatever the pauses, no character from the third of a chain on comes back, and no Enter behind it. */
static void test_random (void)
{
  for (guint round = 0; round < 2000; round++) {
    Play play;
    gsize length = g_test_rand_int_range (LANMU_SCANNER_MIN, 40);
    gint64 longest_ms = 0;
    g_autoptr (GString) code = g_string_new (NULL);
    play_init (&play);
    for (gsize i = 0; i < length; i++) {
      char text[2] = {"0123456789rsafnRSAFN"[g_test_rand_int_range (0, 20)], 0};
      g_string_append (code, text);
      gint64 pause_ms = g_test_rand_int_range (0, round % 2 == 0 ? 100 : 70);
      longest_ms = MAX (longest_ms, pause_ms);
      type (&play, text, pause_ms, FALSE);
    }
    type (&play, "\n", 400, FALSE);
    g_assert_cmpuint (play.keys->len, <=, longest_ms * MS < LANMU_SCANNER_FIRST_US ? 0 : 1);
    g_assert_null (strchr (play.keys->str, '\n'));
    g_string_append_c (code, '|');
    g_assert_cmpstr (play.codes->str, ==, code->str);
    play_clear (&play);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autofree char *path = g_strdup_printf ("/scanner/%s", CASES[i].name);
    g_test_add_data_func (path, &CASES[i], test_case);
  }
  g_test_add_func ("/scanner/prompt", test_prompt);
  g_test_add_func ("/scanner/late-enter", test_late_enter);
  g_test_add_func ("/scanner/random", test_random);
  return g_test_run ();
}

/* Profiles: the shipped ones say what the standard says, and a wrong one is refused by line and reason. */
#include "capture/profile/profile.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static char *diploma_text (void)
{
  g_autoptr (LanmuProfile) profile = lanmu_profile_find ("diploma", NULL, NULL);
  char *text = lanmu_profile_get_text (profile, NULL);
  g_assert_nonnull (text);
  return text;
}

static void test_diploma (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuProfile) profile = lanmu_profile_find ("diploma", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (profile->width, ==, 480);
  g_assert_cmpint (profile->height, ==, 640);
  g_assert_cmpint (profile->dpi, ==, 300);
  g_assert_cmpint (profile->quality_min, ==, 60);
  g_assert_cmpint (profile->bytes_min, ==, 30 * 1024);
  g_assert_cmpint (profile->bytes_max, ==, 40 * 1000);
  g_assert_cmpfloat (profile->crown.low, ==, 50);
  g_assert_cmpfloat (profile->crown.high, ==, 110);
  g_assert_cmpfloat (profile->eyes.low, ==, 200);
  g_assert_cmpfloat (profile->eyes.high, ==, 300);
  g_assert_cmpfloat (profile->face.low, ==, 180);
  g_assert_cmpfloat (profile->face.high, ==, 300);
  g_assert_cmpint (profile->colours[0][0], ==, 100);
  g_assert_cmpint (profile->colours[0][1], ==, 197);
  g_assert_cmpint (profile->colours[0][2], ==, 255);
  g_assert_cmpint (profile->n_colours, ==, 1);
  for (int i = 0; i < LANMU_N_CHECKS; i++) /* the others lean on it: it must say all */
    if (lanmu_check_kind ((LanmuCheckId) i)->sense != LANMU_CHECK_IN_BAND)
      g_assert_false (isnan (profile->limits[i].warn));
}

static void fail_on_wrong (const char *path, const GError *error, gpointer user_data)
{
  g_error ("%s: %s", path, error->message);
}

static void test_shipped (void)
{
  g_autoptr (GPtrArray) all = lanmu_profile_list (NULL, fail_on_wrong, NULL);
  guint found = 0;
  static const char *const names[] = {"diploma", "diploma-48x33", "diploma-large", "exam-white", NULL};
  for (guint i = 0; i < all->len; i++)
    found += g_strv_contains (names, ((LanmuProfile *) all->pdata[i])->name);
  g_assert_cmpuint (found, ==, 4);
  g_autoptr (LanmuProfile) white = lanmu_profile_find ("exam-white", NULL, NULL);
  g_assert_cmpint (white->colours[0][0], ==, 255);
  g_assert_cmpint (white->n_colours, ==, 3);
  g_assert_cmpint (white->glasses, ==, LANMU_GLASSES_OFF);
  g_autoptr (LanmuProfile) large = lanmu_profile_find ("diploma-large", NULL, NULL);
  g_assert_cmpint (large->bytes_min, >=, 100 * 1024);
}

typedef struct {
  const char *find, *replace; /* in the diploma's text */
  LanmuProfileError code;
  const char *reason; /* part of the message */
} Fault;

static const Fault faults[] = {
    {"crown = 50 to 110 aim 80", "crown = 110 to 50", LANMU_PROFILE_ERROR_VALUE,
     "the band is empty: 110 is not below 50"},
    {"crown = 50 to 110 aim 80", "crown = 50 to 110 aim 20", LANMU_PROFILE_ERROR_VALUE, "the aim 20 is outside"},
    {"crown = 50 to 110 aim 80", "crown = 310 to 400", LANMU_PROFILE_ERROR_CONTRADICTION, "below the eyes"},
    {"face-width = 180 to 300 aim 235", "face-width = 465 to 480", LANMU_PROFILE_ERROR_CONTRADICTION, "no head fits"},
    {"eyes = 200 to 300 aim 250", "eyes = 120 to 130", LANMU_PROFILE_ERROR_CONTRADICTION, "no head fits"},
    {"eyes = 200 to 300 aim 250", "eyes = 600 to 640", LANMU_PROFILE_ERROR_CONTRADICTION, "below the picture"},
    {"bytes-max = 40000", "bytes-max = 20000", LANMU_PROFILE_ERROR_CONTRADICTION, "no file has at least 30720"},
    {"quality-min = 60", "quality-min = 160", LANMU_PROFILE_ERROR_VALUE, "from 1 to 100"},
    {"quality-min = 60", "quality-min = sixty", LANMU_PROFILE_ERROR_VALUE, "is no number"},
    {"quality-min = 60", "quality-min = 60.5", LANMU_PROFILE_ERROR_VALUE, "whole number"},
    {"width = 480", "width = 480000", LANMU_PROFILE_ERROR_VALUE, "from 60 to 4000"},
    {"width = 480", "", LANMU_PROFILE_ERROR_MISSING, "“width” is missing in [file]"},
    {"roll = warn 5 fail 8", "roll = warn 9 fail 8", LANMU_PROFILE_ERROR_CONTRADICTION, "before it warns"},
    {"eyes-open = warn 0.19 fail 0.175", "eyes-open = warn 0.1 fail 0.16", LANMU_PROFILE_ERROR_CONTRADICTION,
     "before it warns"},
    {"roll = warn 5 fail 8", "rol = warn 5 fail 8", LANMU_PROFILE_ERROR_UNKNOWN, "no key “rol”"},
    {"roll = warn 5 fail 8", "roll = 5", LANMU_PROFILE_ERROR_VALUE, "write it as"},
    {"roll = warn 5 fail 8", "roll: 5", LANMU_PROFILE_ERROR_SYNTAX, "key = value"},
    {"roll = warn 5 fail 8", "roll = warn 5 fail 8\nroll = off", LANMU_PROFILE_ERROR_UNKNOWN, "stands already in line"},
    {"[checks]", "[check]", LANMU_PROFILE_ERROR_UNKNOWN, "no section [check]"},
    {"[profile]", "", LANMU_PROFILE_ERROR_SYNTAX, "must come first"},
    {"colour = 100 197 255", "colour = 100 197 256", LANMU_PROFILE_ERROR_VALUE, "from 0 to 255"},
    {"colour = 100 197 255", "colour = blue", LANMU_PROFILE_ERROR_VALUE, "is no colour"},
    {"name = {student_no}", "name = {student}", LANMU_PROFILE_ERROR_CONTRADICTION, "{student} is not one of"},
    {"name = {student_no}", "name = {class}", LANMU_PROFILE_ERROR_CONTRADICTION, "one file name"},
    {"name = {student_no}", "name = a/{student_no}", LANMU_PROFILE_ERROR_CONTRADICTION, "cannot hold"},
    {"extension = .JPG", "extension = .PNG", LANMU_PROFILE_ERROR_CONTRADICTION, "extension"},
    {"name = diploma\n", "name = Diploma!\n", LANMU_PROFILE_ERROR_VALUE, "is no name"},
    {"glasses = keep", "glasses = maybe", LANMU_PROFILE_ERROR_VALUE, "not one of keep, off"},
    {"title = Diploma", "title = \xff\xfe", LANMU_PROFILE_ERROR_SYNTAX, "UTF-8"},
};

/* The line of the first difference, from 1. */
static int line_of (const char *text, const char *find)
{
  int line = 1;
  for (const char *at = text; at < strstr (text, find); at++)
    line += *at == '\n';
  return line;
}

static void check_fault (const char *text, const Fault *fault)
{
  g_autoptr (GError) error = NULL;
  g_assert_nonnull (strstr (text, fault->find));
  g_auto (GStrv) parts = g_strsplit (text, fault->find, 2);
  g_autofree char *wrong = g_strjoin (fault->replace, parts[0], parts[1], NULL);
  g_autoptr (LanmuProfile) profile = lanmu_profile_parse (wrong, strlen (wrong), "x.profile", &error);
  g_assert_null (profile);
  g_assert_error (error, LANMU_PROFILE_ERROR, (int) fault->code);
  g_assert_nonnull (strstr (error->message, fault->reason));
  g_assert_true (g_str_has_prefix (error->message, "x.profile"));
  if (fault->code == LANMU_PROFILE_ERROR_VALUE) {
    g_autofree char *where = g_strdup_printf ("x.profile, line %d: ", line_of (text, fault->find));
    g_assert_true (g_str_has_prefix (error->message, where));
  }
}

static void test_faults (void)
{
  g_autofree char *text = diploma_text ();
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    check_fault (text, &faults[i]);
}

static void test_off (void)
{
  g_autofree char *text = diploma_text ();
  g_auto (GStrv) parts = g_strsplit (text, "roll = warn 5 fail 8", 2);
  g_autofree char *changed = g_strjoin ("roll = off", parts[0], parts[1], NULL);
  g_autoptr (LanmuProfile) profile = lanmu_profile_parse (changed, strlen (changed), NULL, NULL);
  g_assert_nonnull (profile);
  g_assert_true (isnan (profile->limits[LANMU_CHECK_ROLL].warn));
  g_assert_cmpfloat (profile->limits[LANMU_CHECK_YAW].fail, ==, 10);
}

static void test_editors (void) /* CRLF, a byte order mark, no newline at the end */
{
  g_autofree char *text = g_strchomp (diploma_text ());
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *joined = g_strjoinv ("\r\n", lines);
  g_autofree char *marked = g_strconcat ("\xef\xbb\xbf", joined, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuProfile) profile = lanmu_profile_parse (marked, strlen (marked), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (profile->name, ==, "diploma");
}

static void test_own_first (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("lanmu-profile-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "diploma.profile", NULL);
  g_autofree char *text = diploma_text ();
  g_auto (GStrv) parts = g_strsplit (text, "bytes-max = 40000", 2);
  g_autofree char *changed = g_strjoin ("bytes-max = 60000", parts[0], parts[1], NULL);
  g_assert_true (g_file_set_contents (path, changed, -1, NULL));
  g_autoptr (LanmuProfile) own = lanmu_profile_find ("diploma", dir, &error);
  g_autoptr (LanmuProfile) shipped = lanmu_profile_find ("diploma", NULL, NULL);
  g_assert_no_error (error);
  g_assert_cmpint (own->bytes_max, ==, 60000);
  g_assert_cmpstr (own->digest, !=, shipped->digest);
  g_assert_null (lanmu_profile_find ("nothing", dir, &error));
  g_assert_error (error, LANMU_PROFILE_ERROR, LANMU_PROFILE_ERROR_NOT_FOUND);
  g_unlink (path);
  g_rmdir (dir);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/profile/diploma", test_diploma);
  g_test_add_func ("/profile/shipped", test_shipped);
  g_test_add_func ("/profile/faults", test_faults);
  g_test_add_func ("/profile/off", test_off);
  g_test_add_func ("/profile/editors", test_editors);
  g_test_add_func ("/profile/own-first", test_own_first);
  return g_test_run ();
}

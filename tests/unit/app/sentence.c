/* Errors as sentences: every code has one, English keeps the details, nothing is left unended. */
#include "app/sentence.h"

#include <gio/gio.h>
#include <string.h>

#include "app/i18n.h"
#include "capture/camera.h"
#include "db/error.h"

static void every_code (void)
{
  for (int code = 0; code <= LANMU_DB_ERROR_REFUSED; code++) {
    g_autoptr (GError) error = g_error_new (LANMU_DB_ERROR, code, "raw message");
    g_assert_cmpstr (lanmu_sentence_brief (error), !=, "raw message");
    g_assert_true (g_str_has_suffix (lanmu_sentence_brief (error), "."));
    g_assert_cmpstr (lanmu_sentence_kind (error), ==, lanmu_db_error_to_string (code));
  }
  for (int code = 0; code <= LANMU_TROUBLE_OTHER; code++) {
    g_autoptr (GError) error = g_error_new (LANMU_CAMERA_ERROR, code, "raw message");
    g_assert_cmpstr (lanmu_sentence_brief (error), !=, "raw message");
    g_assert_cmpstr (lanmu_sentence_kind (error), ==, lanmu_trouble_to_string (code));
  }
}

static void english_keeps_details (void)
{
  g_autoptr (GError) error = g_error_new (LANMU_DB_ERROR, LANMU_DB_ERROR_FULL, "Cannot write /data: no space");
  g_autofree char *sentence = lanmu_sentence_new (error);
  g_assert_cmpstr (sentence, ==, "Cannot write /data: no space.");
}

static void unknown_errors (void)
{
  g_autoptr (GError) error = g_error_new (G_FILE_ERROR, G_FILE_ERROR_NXIO, "strange thing");
  g_autofree char *sentence = lanmu_sentence_new (error);
  g_assert_cmpstr (sentence, ==, "strange thing.");
  g_assert_cmpstr (lanmu_sentence_brief (error), ==, "strange thing");
  g_assert_cmpstr (lanmu_sentence_kind (error), ==, "failed");
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanmu_i18n_init ();
  g_test_add_func ("/sentence/every-code", every_code);
  g_test_add_func ("/sentence/english-keeps-details", english_keeps_details);
  g_test_add_func ("/sentence/unknown-errors", unknown_errors);
  return g_test_run ();
}

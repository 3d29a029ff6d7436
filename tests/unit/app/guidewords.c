/* Every code of guidance has its words, in both languages, and angles are said in degrees. */
#include "app/guidewords.h"

#include <string.h>

static void test_every_code (void)
{
  g_autoptr (GHashTable) said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint code = LANMU_GUIDE_NOBODY; code < LANMU_N_GUIDES; code++) {
    LanmuGuide guide = {.code = code, .reason = LANMU_BACKDROP_REASON_SHADOW, .degrees = 7};
    char *sentence = lanmu_guide_sentence (&guide);
    g_assert_nonnull (sentence);
    g_assert_true (g_utf8_validate (sentence, -1, NULL));
    g_assert_cmpuint (g_utf8_strlen (sentence, -1), <=, 80); /* one line on the page */
    if (code >= LANMU_GUIDE_TILT_LEFT && code <= LANMU_GUIDE_CHIN_DOWN)
      g_assert_nonnull (strstr (sentence, "7°"));
    g_assert_true (g_hash_table_add (said, sentence)); /* no two say the same */
  }
  LanmuGuide nothing = {.code = LANMU_GUIDE_NONE};
  g_assert_null (lanmu_guide_sentence (&nothing));
}

static void test_every_reason (void)
{
  for (guint reason = LANMU_BACKDROP_REASON_NONE; reason <= LANMU_BACKDROP_REASON_SHADOW; reason++) {
    LanmuGuide guide = {.code = LANMU_GUIDE_BACKDROP, .reason = reason};
    g_autofree char *sentence = lanmu_guide_sentence (&guide);
    g_assert_nonnull (sentence);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/guidewords/every-code", test_every_code);
  g_test_add_func ("/app/guidewords/every-reason", test_every_reason);
  return g_test_run ();
}

/* A photo standard is a file somebody wrote, or something that has the name of one: the reader must stand any bytes,
 * and what it takes must be a standard that can be met. */
#include "capture/profile/profile.h"

#include <string.h>
#include "tests/fuzz/fuzz.h"

static void holds (const LanmuProfileBand *band)
{
  g_assert_cmpfloat (band->low, <=, band->aim);
  g_assert_cmpfloat (band->aim, <=, band->high);
}

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuProfile) profile = lanmu_profile_parse ((const char *) data, size, "fuzz.profile", &error);
  g_assert_true ((profile != NULL) == (error == NULL));
  if (profile == NULL) {
    g_assert_true (error->domain == LANMU_PROFILE_ERROR && g_utf8_validate (error->message, -1, NULL));
    return 0;
  }
  LanmuBands bands;
  LanmuBackdropLimits limits;
  lanmu_profile_get_bands (profile, &bands);
  lanmu_profile_get_backdrop (profile, &limits);
  g_assert_true (lanmu_profile_is_name (profile->name));
  g_assert_true (profile->width > 0 && profile->height > 0 && profile->bytes_min < profile->bytes_max);
  g_assert_true (profile->quality_min <= profile->quality_max && profile->n_colours >= 1);
  g_assert_cmpuint (strlen (profile->digest), ==, 64);
  holds (&profile->crown), holds (&profile->eyes), holds (&profile->face);
  g_assert_cmpfloat (profile->crown.low, <, profile->eyes.high);
  return 0;
}

GPtrArray *fuzz_seeds (void)
{
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) all = lanmu_profile_list (NULL, NULL, NULL);
  for (guint i = 0; i < all->len; i++) {
    char *text = lanmu_profile_get_text (all->pdata[i], NULL);
    if (text != NULL)
      g_ptr_array_add (seeds, g_bytes_new_take (text, strlen (text)));
  }
  return seeds;
}

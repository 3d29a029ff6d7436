/* The shot's JPEG with its colour profile is untrusted all the way to the finished file and the checks: they must stand any bytes. */
#include "capture/checks/checks.h"
#include "capture/portrait/portrait.h"

#include <lcms2.h>
#include "tests/fuzz/fuzz.h"
#include "tests/unit/portrait/canvas.h"

static LanmuProfile *profile;

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_auto (LanmuPortrait) portrait = {0};
  g_auto (LanmuScene) scene = {0};
  g_autoptr (GError) error = NULL, unseen = NULL;
  LanmuInspection found;
  if (profile == NULL)
    profile = lanmu_profile_find ("diploma", NULL, NULL);
  LanmuPlacement place = lanmu_placement_find (NULL, 64, 48, profile, NULL);
  gboolean made = lanmu_portrait_make (data, size, profile, &place, NULL, &portrait, &error);
  g_assert_true (made == (error == NULL));
  g_assert_true (made == (portrait.jpeg != NULL));
  if (lanmu_scene_init (&scene, data, size, profile, &unseen)) {
    lanmu_scene_set_faces (&scene, NULL, -1, NULL);
    lanmu_checks_run (&scene, NULL, &found);
    g_assert_cmpfloat (found.placement.x, >=, -1e-6);
    g_assert_cmpfloat (found.placement.x + found.placement.width, <=, found.width + 1e-6);
  }
  return 0;
}

static GBytes *adobe (void)
{
  cmsHPROFILE srgb = cmsCreate_sRGBProfile ();
  cmsUInt32Number size = 0;
  cmsSaveProfileToMem (srgb, NULL, &size);
  guint8 *bytes = g_malloc (size);
  cmsSaveProfileToMem (srgb, bytes, &size);
  cmsCloseProfile (srgb);
  return g_bytes_new_take (bytes, size);
}

GPtrArray *fuzz_seeds (void)
{
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GBytes) icc = adobe ();
  const CanvasFile files[] = {{.icc = icc, .quality = 80}, {.adobe_exif = TRUE, .orientation = 6, .quality = 80}, {.progressive = TRUE, .quality = 80}};
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    Canvas canvas;
    canvas_init (&canvas, 64, 48, 100, 197, 255);
    canvas_ellipse (&canvas, 32, 26, 10, 14, 60, 40, 30);
    g_ptr_array_add (seeds, canvas_to_jpeg (&canvas, &files[i]));
    canvas_clear (&canvas);
  }
  return seeds;
}

/* A camera's file is whatever the cable made of it: the facts must stand any bytes. */
#include "capture/picture/shotfacts.h"

#include <string.h>
#include "tests/fuzz/fuzz.h"
#include "tests/unit/picture/photo.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_auto (LanmuShotFacts) facts;
  g_autoptr (GError) error = NULL;
  gboolean whole = lanmu_shot_facts_read_memory (data, size, &facts, &error);
  g_assert_true (whole == (error == NULL));
  g_assert_true (whole == (facts.review.pixels != NULL));
  g_assert_cmpuint (facts.size, ==, size);
  g_assert_cmpuint (strlen (facts.sha256), ==, 64);
  g_assert_cmpint (facts.orientation, >=, 1);
  g_assert_cmpint (facts.orientation, <=, 8);
  g_assert_true (facts.has_time == (*facts.time_text != '\0'));
  g_assert_true (!facts.has_time || (facts.time_us >= 0 && facts.time_resolution_us > 0));
  g_assert_true (g_utf8_validate (facts.make, -1, NULL) && g_utf8_validate (facts.model, -1, NULL) &&
                 g_utf8_validate (facts.serial, -1, NULL) && g_utf8_validate (facts.time_text, -1, NULL));
  if (whole)
    g_assert_cmpuint (g_bytes_get_size (facts.review.pixels), ==, facts.review.stride * (gsize) facts.review.height);
  return 0;
}

static void add (GPtrArray *seeds, const PhotoSpec *spec)
{
  g_ptr_array_add (seeds, g_byte_array_free_to_bytes (photo_new (spec)));
}

GPtrArray *fuzz_seeds (void)
{
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  PhotoSpec nikon = {.width = 48, .height = 32, .orientation = 6, .make = "NIKON CORPORATION", .model = "NIKON D750",
                     .date = "2018:09:03 10:11:12", .sub_seconds = "34", .nikon_serial = "3001234", .image_number = 39};
  PhotoSpec canon = {.width = 40, .height = 56, .orientation = 1, .make = "Canon", .model = "Canon EOS 700D",
                     .serial = "018022001234", .date = "2019:12:31 23:59:59", .progressive = TRUE};
  PhotoSpec bare = {.width = 16, .height = 16, .no_exif = TRUE, .grey = TRUE};
  add (seeds, &nikon);
  add (seeds, &canon);
  add (seeds, &bare);
  return seeds;
}

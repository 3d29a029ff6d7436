/* A profile's life, and what it says to others: see the header. */
#include "capture/profile/profile.h"

#include <math.h>
#include <string.h>

LanmuProfile *lanmu_profile_ref (LanmuProfile *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void clear (gpointer data)
{
  LanmuProfile *self = data;
  g_free (self->name);
  g_free (self->title);
  g_free (self->title_zh);
  g_free (self->source);
  g_free (self->path);
  g_free (self->file_name);
  g_free (self->extension);
  g_strfreev (self->forbidden);
}

void lanmu_profile_unref (LanmuProfile *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

gboolean lanmu_profile_is_name (const char *name)
{
  gsize length = strlen (name);
  return length >= 1 && length <= 40 && strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

static void take_limit (const LanmuProfile *self, LanmuCheckId id, double *good, double *warn)
{
  const LanmuProfileLimit *limit = &self->limits[id];
  *good = isnan (limit->warn) ? INFINITY : limit->warn; /* switched off: never bad */
  *warn = isnan (limit->fail) ? INFINITY : limit->fail;
}

void lanmu_profile_get_backdrop (const LanmuProfile *self, LanmuBackdropLimits *limits)
{
  lanmu_backdrop_limits_init (limits);
  limits->target_r = self->colours[0][0];
  limits->target_g = self->colours[0][1];
  limits->target_b = self->colours[0][2];
  limits->shadow_depth = self->shadow_depth;
  limits->found_min = self->found_min;
  take_limit (self, LANMU_CHECK_BACKDROP_COLOUR, &limits->colour_good, &limits->colour_warn);
  take_limit (self, LANMU_CHECK_BACKDROP_EVEN, &limits->even_good, &limits->even_warn);
  take_limit (self, LANMU_CHECK_BACKDROP_SHADOW, &limits->shadow_good, &limits->shadow_warn);
  const LanmuProfileLimit *border = &self->limits[LANMU_CHECK_BACKDROP_BORDER];
  limits->border_good = isnan (border->warn) ? 0 : border->warn;
}

static void scale_band (LanmuBand *band, const LanmuProfileBand *from, double factor)
{
  band->from = from->low * factor;
  band->to = from->high * factor;
}

void lanmu_profile_get_bands (const LanmuProfile *self, LanmuBands *bands)
{
  double down = (double) LANMU_CROP_HEIGHT / self->height, across = (double) LANMU_CROP_WIDTH / self->width;
  *bands = *lanmu_bands_diploma ();
  scale_band (&bands->crown, &self->crown, down);
  scale_band (&bands->eyes, &self->eyes, down);
  scale_band (&bands->face, &self->face, across);
  if (!isnan (self->limits[LANMU_CHECK_CENTRING].warn))
    bands->centring = self->limits[LANMU_CHECK_CENTRING].warn * across;
}

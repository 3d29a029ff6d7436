/* LanmuBrand: how each maker's bodies name things, as data. Names and choices are libgphoto2's untranslated ones;
 * alternatives in order of preference, because label sets differ between library versions and between bodies of one
 * maker.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LANMU_MAX_ALTERNATIVES 4

typedef struct {
  const char *neutral;                       /* "iso" */
  const char *names[LANMU_MAX_ALTERNATIVES]; /* the body's names of it, NULL-terminated unless full */
} LanmuSettingName;

typedef struct {
  const char *name;                 /* "nikon" */
  const char *maker_part;           /* found in the manufacturer's string, any case; NULL for any */
  gboolean clock_is_fixed;          /* the body's clock is read once a session (EOS): later readings tell nothing new */
  gboolean waits_for_live;          /* a live picture that does not come is waited for inside the library, for 3 s */
  gboolean polls_free;              /* asking for events with a timeout of 0 asks once and returns */
  guint release_ms;                 /* what a release may take beside its exposure; 0: not known, deadlines.h has the figure */
  const char *media_name;           /* property that says where the body's own button stores; NULL when there is none */
  const char *media_card;           /* its choice for the card */
  const LanmuSettingName *settings; /* ends with a NULL neutral name */
} LanmuBrand;

const LanmuBrand *lanmu_brand_for_maker (const char *maker); /* never NULL */

/* The body's names of a neutral one; NULL when the brand knows none. */
const char *const *lanmu_brand_names (const LanmuBrand *self, const char *neutral);

/* What a quality value ("NEF+Fine", "RAW + Large Fine JPEG", "JPEG Fine") writes. */
void lanmu_quality_parse (const char *value, gboolean *jpeg, gboolean *raw);

/* Milliseconds of a shutter speed ("1/125", "0.0080s", "2.5", "Bulb"), rounded up; 0 when it says none. */
guint lanmu_shutter_parse (const char *value);

/* Milliseconds a drive mode holds the shutter back ("Timer 2 sec", "Timer"), 0 when it does not. */
guint lanmu_timer_parse (const char *value);

/* Percent of a battery value ("75%", "Low"), -1 when it says none. */
#define LANMU_BATTERY_LOW 10 /* percent; an EOS says "Low" */
int lanmu_battery_parse (const char *value);

G_END_DECLS

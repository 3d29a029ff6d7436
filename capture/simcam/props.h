/* The body's settings: a table per brand as data, values that a computer or the photographer changes, and PTP's two
 * encodings of them. A setting's meaning ties the brand's code to what the body needs to know: exposure for EXIF,
 * quality for RAW+JPEG, battery. Single-threaded. */
#pragma once

#include <glib.h>
#include "capture/simcam/ptp.h"

G_BEGIN_DECLS

typedef enum {
  SIM_MEANS_NOTHING,
  SIM_MEANS_ISO,
  SIM_MEANS_SHUTTER,
  SIM_MEANS_APERTURE,
  SIM_MEANS_QUALITY,
  SIM_MEANS_FOCUS,
  SIM_MEANS_BATTERY,
  SIM_MEANS_CLOCK,
  SIM_MEANS_UTC,
  SIM_MEANS_SHOTS_LEFT,
  SIM_MEANS_SERIAL,
  SIM_MEANS_TARGET,
  SIM_MEANS_LIVE_ON,
  SIM_MEANS_LIVE_OUTPUT,
  SIM_MEANS_LIVE_SIZE,
  SIM_MEANS_LIVE_PROHIBIT,
  SIM_MEANS_TEMPERATURE,
  SIM_MEANS_PC_SPACE,
} SimMeaning;

typedef enum { SIM_FORM_NONE = 0, SIM_FORM_RANGE = 1, SIM_FORM_CHOICE = 2 } SimForm;

/* One row of a brand's table. Numbers: `values` are the choices, or low, high, step. Texts: `texts`, NULL-terminated,
 * with start as an index. */
typedef struct {
  guint16 code;
  SimType type;
  SimMeaning meaning;
  gboolean writable;
  SimForm form;
  guint32 start;
  const guint32 *values;
  guint n_values;
  const double *real; /* beside values: ISO, seconds or f-number in plain units; NULL when the values say nothing in
                         plain units */
  const char *const *texts;
} SimPropSpec;

typedef struct {
  const SimPropSpec *spec;
  guint32 number;
  char *text;
} SimProp;

typedef struct SimProps SimProps;

SimProps *sim_props_new (const SimPropSpec *specs, guint count);
void sim_props_free (SimProps *props);
SimProp *sim_props_find (SimProps *props, guint16 code);
SimProp *sim_props_means (SimProps *props, SimMeaning meaning); /* the first that has it, or NULL */
guint sim_props_count (SimProps *props);
SimProp *sim_props_at (SimProps *props, guint index);
double sim_props_real (SimProps *props, SimMeaning meaning, double otherwise);

/* Sets by number; others with the same meaning and as many choices follow. FALSE: not one of the choices. */
gboolean sim_props_set (SimProps *props, SimProp *prop, guint32 number);

void sim_prop_put_value (const SimProp *prop, GByteArray *to); /* value as in GetDevicePropValue */
void sim_prop_put_desc (const SimProp *prop, GByteArray *to);  /* DevicePropDesc data set */
gboolean sim_prop_parse (const SimProp *prop, const guint8 *data, gsize length, guint32 *number, char **text);

G_END_DECLS

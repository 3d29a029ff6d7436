/* The station's four sounds, made from sines when they are first needed: soft, short, without a click at either end,
 * so that a hundred of them an hour disturb nobody. Pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  LANMU_TONE_SHUTTER,  /* a soft tick: the ticket is written, the shutter moves */
  LANMU_TONE_ACCEPTED, /* a rising third */
  LANMU_TONE_WARNING,  /* two low notes: look at the screen */
  LANMU_TONE_READY,    /* one soft high note: all is well with whoever sits there */
  LANMU_N_TONES,
} LanmuTone;
const char *lanmu_tone_to_string (LanmuTone tone); /* "shutter" "accepted" "warning" "ready" */

/* A whole WAV file: 16 bit, mono, 44,100 a second. */
GBytes *lanmu_tone_make (LanmuTone tone);

G_END_DECLS

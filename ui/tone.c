/* See ui/tone.h. */
#include "ui/tone.h"

#include <math.h>
#include <string.h>

#define RATE   44100
#define VOLUME 0.20

/* One note: when it begins, how long until it has faded, how high. */
typedef struct {
  double at, length, hertz, share;
} Note;

static const struct {
  const char *name;
  double length;
  Note notes[3];
} TONES[LANMU_N_TONES] = {
    [LANMU_TONE_SHUTTER] = {"shutter", 0.06, {{0, 0.05, 1900, 0.5}, {0.008, 0.04, 2600, 0.3}}},
    [LANMU_TONE_ACCEPTED] = {"accepted", 0.36, {{0, 0.25, 659.26, 0.7}, {0.09, 0.26, 830.61, 0.7}}},
    [LANMU_TONE_WARNING] = {"warning", 0.42, {{0, 0.18, 311.13, 1}, {0.2, 0.2, 233.08, 1}}},
    [LANMU_TONE_READY] = {"ready", 0.22, {{0, 0.2, 1046.5, 0.35}}},
};

const char *lanmu_tone_to_string (LanmuTone tone)
{
  return TONES[tone].name;
}

/* Rises within 4 ms, fades to nothing at its end. */
static double sample_note (const Note *note, double t)
{
  double own = t - note->at;
  if (note->length <= 0 || own < 0 || own >= note->length)
    return 0;
  double left = 1 - own / note->length;
  return note->share * MIN (own / 0.004, 1) * left * left * sin (2 * G_PI * note->hertz * own);
}

static void put32 (guint8 *out, guint32 value)
{
  value = GUINT32_TO_LE (value);
  memcpy (out, &value, sizeof value);
}

static void write_head (guint8 *out, guint32 data_bytes)
{
  static const guint8 format[] = {1, 0, 1, 0}; /* PCM, one channel */
  memcpy (out, "RIFF", 4);
  put32 (out + 4, 36 + data_bytes);
  memcpy (out + 8, "WAVEfmt ", 8);
  put32 (out + 16, 16);
  memcpy (out + 20, format, sizeof format);
  put32 (out + 24, RATE);
  put32 (out + 28, RATE * 2);
  put32 (out + 32, 2 | 16 << 16); /* bytes a sample, bits a sample */
  memcpy (out + 36, "data", 4);
  put32 (out + 40, data_bytes);
}

GBytes *lanmu_tone_make (LanmuTone tone)
{
  guint32 samples = (guint32) (TONES[tone].length * RATE);
  guint8 *wav = g_malloc0 (44 + samples * 2);

  write_head (wav, samples * 2);
  for (guint32 i = 0; i < samples; i++) {
    double value = 0;
    for (gsize n = 0; n < G_N_ELEMENTS (TONES[tone].notes); n++)
      value += sample_note (&TONES[tone].notes[n], (double) i / RATE);
    gint16 level = (gint16) lrint (CLAMP (value * VOLUME, -1, 1) * G_MAXINT16);
    level = GINT16_TO_LE (level);
    memcpy (wav + 44 + i * 2, &level, sizeof level);
  }
  return g_bytes_new_take (wav, 44 + samples * 2);
}

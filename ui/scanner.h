/* LanmuScanner: tells the keystrokes of a barcode scanner from those of a person.
 *
 * Why: a scanner is a fast keyboard. Its code must bind a student wherever the focus is, and no character of it may act
 * as a key of the kiosk (R retakes, A marks absent, Enter accepts). Pure: no clock and no GTK; times are microseconds
 * of any one monotonic clock. One thread.
 *
 * How: keys closer together than a person types form a chain. Outside of a text field a key is held back until the
 * chain is decided, at most LANMU_SCANNER_FIRST_US for a key on its own; a key that follows another within
 * LANMU_SCANNER_NEXT_US may belong to a slow scanner and is held that long. In a text field nothing is held back (an
 * input method needs its keys): a code is recognised at its end and the caller takes it out of the text.
 *
 * Promises:
 *  1. From the third character of a chain on, none of its keys is ever given back as a key.
 *  2. Enter or Tab that ends a chain, or follows a code shortly, is never given back.
 *  3. A key on its own is given back after at most LANMU_SCANNER_FIRST_US; of a scanner whose pauses are shorter than
 * that no key is ever given back.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LANMU_SCANNER_FIRST_US (75 * G_TIME_SPAN_MILLISECOND) /* a slow scanner's pause, and no wait a person feels */
#define LANMU_SCANNER_TEXT_US                                                                                          \
  (50 * G_TIME_SPAN_MILLISECOND) /* in a text field: no typist keeps this up for a whole code */
#define LANMU_SCANNER_NEXT_US (100 * G_TIME_SPAN_MILLISECOND)
#define LANMU_SCANNER_TAIL_US (300 * G_TIME_SPAN_MILLISECOND) /* an Enter this soon after a code is the scanner's */
#define LANMU_SCANNER_MIN     6                               /* characters of the shortest code */
#define LANMU_SCANNER_MAX     4096                            /* of the longest: a QR holds 2,953 bytes */

typedef enum {
  LANMU_SCANNER_KEY_CHAR, /* printable ASCII but the space */
  LANMU_SCANNER_KEY_SPACE,
  LANMU_SCANNER_KEY_END,   /* Enter, Tab: what scanners put behind a code */
  LANMU_SCANNER_KEY_OTHER, /* anything else: arrows, Ctrl with a letter, … */
} LanmuScannerKey;

typedef enum {
  LANMU_SCANNER_PASS,   /* a person's: treat what lanmu_scanner_get_released gives, then (after a press) this key */
  LANMU_SCANNER_HOLD,   /* keep it back; tick at the deadline */
  LANMU_SCANNER_DROP,   /* the scanner's: nobody may see it */
  LANMU_SCANNER_CODE,   /* a code is complete: lanmu_scanner_get_code */
  LANMU_SCANNER_BROKEN, /* a chain too short for a code ended: dropped */
} LanmuScannerVerdict;

typedef struct _LanmuScanner LanmuScanner;

LanmuScanner *lanmu_scanner_new (void);
void lanmu_scanner_free (LanmuScanner *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuScanner, lanmu_scanner_free)

/* ch: for KEY_CHAR. in_text: the focus is in a text field. */
LanmuScannerVerdict lanmu_scanner_press (LanmuScanner *self, LanmuScannerKey key, char ch, gint64 now_us,
                                         gboolean in_text);
/* At or after the deadline. HOLD: nothing is decided yet, or nothing was held. */
LanmuScannerVerdict lanmu_scanner_tick (LanmuScanner *self, gint64 now_us);
gint64 lanmu_scanner_get_deadline (LanmuScanner *self); /* 0 = none */

const char *lanmu_scanner_get_code (LanmuScanner *self); /* the last complete code */
const char *lanmu_scanner_get_released (
    LanmuScanner *self); /* keys held back that the last call gave back, oldest first; "" for none */

G_END_DECLS

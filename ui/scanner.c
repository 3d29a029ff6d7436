/* The recogniser of ui/scanner.h. A chain is kept with the number of its characters that are still held back;
 * characters given back too early (the first one of a very slow scanner) stay in the chain, so that its code is whole. */
#include "ui/scanner.h"

struct _LanmuScanner {
  GString *chain;     /* characters so far */
  GString *code;      /* the last complete code */
  GString *released;  /* held keys the last call gave back */
  gsize held;         /* the last so many of the chain were not given back */
  gint64 last_us;     /* last character */
  gint64 end_us;      /* a code or a broken chain ended; 0 = long ago */
  gint64 deadline_us; /* 0 = none */
  gboolean in_text;
};

LanmuScanner *lanmu_scanner_new (void)
{
  LanmuScanner *self = g_new0 (LanmuScanner, 1);
  self->chain = g_string_new (NULL);
  self->code = g_string_new (NULL);
  self->released = g_string_new (NULL);
  return self;
}

void lanmu_scanner_free (LanmuScanner *self)
{
  g_string_free (self->chain, TRUE);
  g_string_free (self->code, TRUE);
  g_string_free (self->released, TRUE);
  g_free (self);
}

/* Gives back what is held; the chain may still turn out to be a slow scanner's. */
static void give_back (LanmuScanner *self)
{
  g_string_append_len (self->released, self->chain->str + self->chain->len - self->held, self->held);
  self->held = 0;
  self->deadline_us = 0;
}

static void forget (LanmuScanner *self)
{
  g_string_truncate (self->chain, 0);
  self->held = 0;
  self->deadline_us = 0;
}

/* The chain ends here: a code when it is long enough, else nothing anybody wants. */
static LanmuScannerVerdict end_chain (LanmuScanner *self, gint64 now_us)
{
  gboolean whole = self->chain->len >= LANMU_SCANNER_MIN;
  if (whole)
    g_string_assign (self->code, self->chain->str);
  forget (self);
  self->end_us = now_us;
  return whole ? LANMU_SCANNER_CODE : LANMU_SCANNER_BROKEN;
}

/* Longest pause inside a chain. In a text field a fast typist must not look like a scanner, so the bound is the strict
 * one. */
static gint64 pause_bound (LanmuScanner *self)
{
  return self->in_text ? LANMU_SCANNER_TEXT_US : LANMU_SCANNER_NEXT_US;
}

static gboolean is_chained (LanmuScanner *self, gint64 now_us)
{
  return self->chain->len > 0 && now_us - self->last_us <= pause_bound (self);
}

static void start_over (LanmuScanner *self)
{
  if (self->chain->len < 3)
    give_back (self);
  forget (self);
}

static LanmuScannerVerdict press_char (LanmuScanner *self, char ch, gint64 now_us)
{
  if (!is_chained (self, now_us) || self->chain->len >= LANMU_SCANNER_MAX)
    start_over (self);
  g_string_append_c (self->chain, ch);
  self->last_us = now_us;
  if (self->in_text) {
    self->deadline_us = self->chain->len >= LANMU_SCANNER_MIN ? now_us + LANMU_SCANNER_NEXT_US : 0;
    return LANMU_SCANNER_PASS;
  }
  self->held++;
  self->deadline_us = now_us + (self->chain->len == 1 ? LANMU_SCANNER_FIRST_US : LANMU_SCANNER_NEXT_US);
  return LANMU_SCANNER_HOLD;
}

static LanmuScannerVerdict press_space (LanmuScanner *self, gint64 now_us)
{
  if (!self->in_text && self->chain->len >= 2 && is_chained (self, now_us)) {
    self->last_us = now_us; /* a blank inside a code */
    self->deadline_us = now_us + LANMU_SCANNER_NEXT_US;
    return LANMU_SCANNER_DROP;
  }
  start_over (self);
  return LANMU_SCANNER_PASS;
}

static LanmuScannerVerdict press_end (LanmuScanner *self, gint64 now_us)
{
  gboolean pending = self->chain->len > 0 && now_us - self->last_us <= LANMU_SCANNER_NEXT_US;
  if (pending && (self->chain->len >= LANMU_SCANNER_MIN || (!self->in_text && self->chain->len >= 2)))
    return end_chain (self, now_us);
  start_over (self);
  if (self->end_us != 0 && now_us - self->end_us <= LANMU_SCANNER_TAIL_US)
    return LANMU_SCANNER_DROP;
  return LANMU_SCANNER_PASS;
}

/* Some scanners end a code with a control key (Ctrl+J). */
static LanmuScannerVerdict press_other (LanmuScanner *self, gint64 now_us)
{
  if (is_chained (self, now_us) && self->chain->len >= (self->in_text ? LANMU_SCANNER_MIN : 3))
    return end_chain (self, now_us);
  start_over (self);
  return LANMU_SCANNER_PASS;
}

LanmuScannerVerdict lanmu_scanner_press (LanmuScanner *self, LanmuScannerKey key, char ch, gint64 now_us,
                                         gboolean in_text)
{
  g_string_truncate (self->released, 0);
  if (in_text != self->in_text) {
    start_over (self);
    self->in_text = in_text;
  }
  switch (key) {
  case LANMU_SCANNER_KEY_CHAR:
    return press_char (self, ch, now_us);
  case LANMU_SCANNER_KEY_SPACE:
    return press_space (self, now_us);
  case LANMU_SCANNER_KEY_END:
    return press_end (self, now_us);
  case LANMU_SCANNER_KEY_OTHER:
    return press_other (self, now_us);
  default:
    g_return_val_if_reached (LANMU_SCANNER_PASS);
  }
}

LanmuScannerVerdict lanmu_scanner_tick (LanmuScanner *self, gint64 now_us)
{
  g_string_truncate (self->released, 0);
  if (self->deadline_us == 0 || now_us < self->deadline_us)
    return LANMU_SCANNER_HOLD;
  if (self->chain->len >= 3)
    return end_chain (self, now_us);
  give_back (self);
  return self->released->len > 0 ? LANMU_SCANNER_PASS : LANMU_SCANNER_HOLD;
}

gint64 lanmu_scanner_get_deadline (LanmuScanner *self)
{
  return self->deadline_us;
}

const char *lanmu_scanner_get_code (LanmuScanner *self)
{
  return self->code->str;
}

const char *lanmu_scanner_get_released (LanmuScanner *self)
{
  return self->released->str;
}

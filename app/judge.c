/* See judge.h. Read top to bottom: evidence of the file itself, exposure, host ticket, bindings. */
#include "app/judge.h"

#include <string.h>

char *lanmu_proof_to_string (guint proof)
{
  static const char *const words[] = { "size", "decode", "new", "time", "serial", "number", "window" };
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (proof & (1u << i))
      g_string_append_printf (text, "%s%s", text->len ? "," : "", words[i]);
  return g_string_free (text, FALSE);
}

/* Bodies pad their serial with zeros in one place and not in the other. */
static gboolean same_serial (const char *a, const char *b)
{
  while (*a == '0' || *a == ' ')
    a++;
  while (*b == '0' || *b == ' ')
    b++;
  gsize la = strlen (a), lb = strlen (b);
  while (la && a[la - 1] == ' ')
    la--;
  while (lb && b[lb - 1] == ' ')
    lb--;
  return la == lb && strncmp (a, b, la) == 0;
}

static gboolean number_follows (const LanmuCase *c)
{
  if (c->number < 0 || c->last_number < 0)
    return FALSE;
  if (c->folder_number != c->last_folder_number)
    return c->folder_number > c->last_folder_number;
  return c->number > c->last_number;
}

/* The likely student: whoever's binding the exposure touches most; else whoever sat there when the file was seen. */
static const LanmuJudgeBinding *likeliest (const LanmuCase *c, const LanmuRuling *ruling)
{
  const LanmuJudgeBinding *best = NULL;
  gint64 most = -1;
  for (guint i = 0; i < c->n_bindings; i++) {
    const LanmuJudgeBinding *b = &c->bindings[i];
    LanmuSpan probe = ruling->has_exposure ? ruling->exposure : (LanmuSpan) { c->seen_us, c->seen_us };
    if (!lanmu_span_meets (b->span, probe))
      continue;
    LanmuSpan common = lanmu_span_common (b->span, probe);
    if (common.hi - common.lo > most) {
      most = common.hi - common.lo;
      best = b;
    }
  }
  return best;
}

static void quarantine (const LanmuCase *c, LanmuRuling *out, const char *reason)
{
  const LanmuJudgeBinding *likely = likeliest (c, out);
  out->judgement = LANMU_VERDICT_QUARANTINE;
  out->reason = reason;
  if (!out->student && likely) {
    out->student = likely->student;
    out->binding = likely->binding;
  }
}

static gboolean touches_another (const LanmuCase *c, LanmuSpan exposure, gint64 binding, gint64 student)
{
  for (guint i = 0; i < c->n_bindings; i++) {
    const LanmuJudgeBinding *b = &c->bindings[i];
    gboolean same = b->binding == binding || (student && b->student == student);
    if (!same && lanmu_span_meets (b->span, exposure))
      return TRUE;
  }
  return FALSE;
}

/* From when to when the same person sat there without a gap. lo > hi: the binding is not among those that were gathered. */
static LanmuSpan seat_of (const LanmuCase *c, gint64 binding, gint64 student)
{
  LanmuSpan seat = { 1, 0 };
  for (guint i = 0; i < c->n_bindings; i++)
    if (c->bindings[i].binding == binding)
      seat = c->bindings[i].span;
  for (gboolean grown = student != 0; grown;) {
    grown = FALSE;
    for (guint i = 0; i < c->n_bindings; i++) {
      const LanmuJudgeBinding *b = &c->bindings[i];
      if (b->student != student || b->span.lo > b->span.hi)
        continue;
      if (b->span.lo < seat.lo && b->span.hi >= seat.lo - 1) {
        seat.lo = b->span.lo;
        grown = TRUE;
      }
      if (b->span.hi > seat.hi && b->span.lo - 1 <= seat.hi) {
        seat.hi = b->span.hi;
        grown = TRUE;
      }
    }
  }
  return seat;
}

/* A release of ours that the exposure fits. Several that belong to one student: the earliest; to several students: none can be named. */
static const LanmuJudgeTicket *matching_ticket (const LanmuCase *c, const LanmuRuling *ruling, gboolean *several)
{
  const LanmuJudgeTicket *found = NULL;
  *several = FALSE;
  if (c->collecting)
    return c->collecting;
  if (!ruling->has_exposure)
    return NULL;
  for (guint i = 0; i < c->n_unanswered; i++) {
    const LanmuJudgeTicket *t = &c->unanswered[i];
    if (!lanmu_span_meets (t->window, ruling->exposure))
      continue;
    if (found && (found->student != t->student || found->student == 0))
      *several = TRUE;
    if (!found || t->window.lo < found->window.lo)
      found = t;
  }
  return found;
}

/* From when to when nobody but the ticket's student can have been exposed: the seat and the window together. After a death the window ends where the next
 * session began: whoever presses the body's button then was not bound by anybody. */
static LanmuSpan reach_of (const LanmuCase *c, const LanmuJudgeTicket *ticket)
{
  LanmuSpan seat = seat_of (c, ticket->binding, ticket->student), window = ticket->window;
  if (ticket->orphaned_us)
    window.hi = MIN (window.hi, ticket->orphaned_us);
  if (seat.lo > seat.hi)
    return window;
  return (LanmuSpan) { seat.lo, MAX (seat.hi, window.hi) };
}

/* Announced while a release was collecting, exposed before it: a press of the body. The same student sat there all the while, or it is nobody's for sure. */
static void judge_earlier (const LanmuCase *c, const LanmuJudgeTicket *ticket, LanmuRuling *out)
{
  gboolean recent = out->exposure.hi >= c->seen_us - LANMU_JUDGE_LATEST_NEWS_US;
  if (!c->collecting || !recent || !lanmu_span_within (out->exposure, seat_of (c, ticket->binding, ticket->student))) {
    out->ticket = c->collecting ? ticket->number : 0;
    quarantine (c, out, "other-time");
    return;
  }
  out->ticket = 0;
  out->proof = (out->proof & ~(guint) LANMU_PROOF_WINDOW) | LANMU_PROOF_TIME;
  out->judgement = LANMU_VERDICT_ATTACH;
}

static void judge_host (const LanmuCase *c, const LanmuJudgeTicket *ticket, LanmuRuling *out)
{
  out->ticket = ticket->number;
  out->student = ticket->student;
  out->binding = ticket->binding;
  if (c->collecting)
    out->proof |= LANMU_PROOF_WINDOW;
  if (!out->has_exposure) {
    /* No clock, or no stamp: the release itself, the file's place in the order, and that nobody else can have made it are what is left. */
    LanmuSpan seat = seat_of (c, ticket->binding, ticket->student);
    gboolean alone = seat.lo <= seat.hi && seat.lo <= ticket->window.lo - LANMU_JUDGE_ALONE_US;
    if (c->collecting && alone && (c->last_number < 0 || (out->proof & LANMU_PROOF_NUMBER)))
      out->judgement = LANMU_VERDICT_ATTACH;
    else
      quarantine (c, out, "no-time");
    return;
  }
  if (!lanmu_span_meets (out->exposure, ticket->window)) {
    judge_earlier (c, ticket, out);
    return;
  }
  if (touches_another (c, out->exposure, ticket->binding, ticket->student)) {
    quarantine (c, out, "between-students");
    return;
  }
  /* A binding may end before its last picture (a death closes it at the last sign of life), and nobody else is bound before the window closes. What reaches
   * beyond both may be of somebody who sat down later, of whose binding a second death left nothing. */
  if (!lanmu_span_within (out->exposure, reach_of (c, ticket))) {
    quarantine (c, out, "edge-of-binding");
    return;
  }
  out->proof |= LANMU_PROOF_TIME;
  out->judgement = LANMU_VERDICT_ATTACH;
}

static void judge_body (const LanmuCase *c, LanmuRuling *out)
{
  if (!out->has_exposure) {
    quarantine (c, out, "no-time");
    return;
  }
  const LanmuJudgeBinding *whose = likeliest (c, out);
  if (!whose) {
    quarantine (c, out, "nobody-bound");
    return;
  }
  if (c->live && out->exposure.hi < c->seen_us - LANMU_JUDGE_LATEST_NEWS_US) {
    quarantine (c, out, "other-time");
    return;
  }
  if (!lanmu_span_within (out->exposure, seat_of (c, whose->binding, whose->student))) {
    quarantine (c, out, touches_another (c, out->exposure, whose->binding, whose->student) ? "between-students" : "edge-of-binding");
    return;
  }
  out->proof |= LANMU_PROOF_TIME;
  out->student = whose->student;
  out->binding = whose->binding;
  out->judgement = LANMU_VERDICT_ATTACH;
}

static gboolean find_exposure (const LanmuCase *c, LanmuRuling *out)
{
  if (!c->has_stamp || !c->clock || !lanmu_clock_exposure (c->clock, c->stamp_us, c->resolution_us, c->now_us, &out->exposure))
    return FALSE;
  if (!c->live && c->clock->since && c->stamp_us < c->clock->old_stamp)
    return FALSE;
  out->exposure.hi = MIN (out->exposure.hi, c->seen_us);
  return TRUE;
}

void lanmu_judge (const LanmuCase *c, LanmuRuling *out)
{
  gboolean several = FALSE;
  *out = (LanmuRuling) { .judgement = LANMU_VERDICT_QUARANTINE, .reason = "" };
  if (c->collecting)
    out->ticket = c->collecting->number;
  if (c->seen_before) {
    out->judgement = LANMU_VERDICT_REFUSE;
    out->reason = "seen-before";
    return;
  }
  out->proof |= LANMU_PROOF_NEW;
  out->has_exposure = find_exposure (c, out);
  if (out->has_exposure && out->exposure.lo > out->exposure.hi) { /* stamped after it was seen: a clock that was set, or a wrong stamp */
    out->has_exposure = FALSE;
    quarantine (c, out, "other-time");
    return;
  }
  if (c->size_known && c->size_agrees)
    out->proof |= LANMU_PROOF_SIZE;
  if (c->size_known && !c->size_agrees) {
    quarantine (c, out, "size");
    return;
  }
  if (!c->decodes) {
    quarantine (c, out, "damaged");
    return;
  }
  out->proof |= LANMU_PROOF_DECODE;
  if (*c->file_serial && *c->body_serial) {
    if (!same_serial (c->file_serial, c->body_serial)) {
      quarantine (c, out, "other-camera");
      return;
    }
    out->proof |= LANMU_PROOF_SERIAL;
  }
  if (number_follows (c))
    out->proof |= LANMU_PROOF_NUMBER;
  const LanmuJudgeTicket *ticket = matching_ticket (c, out, &several);
  if (several)
    quarantine (c, out, "two-tickets");
  else if (ticket)
    judge_host (c, ticket, out);
  else
    judge_body (c, out);
}

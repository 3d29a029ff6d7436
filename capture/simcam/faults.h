/* What is going to go wrong: a plain record that the control port fills and the body and the server consume. Counts: 0
 * = off, SIM_ALWAYS = until told otherwise. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SIM_ALWAYS G_MAXUINT

typedef enum { SIM_CUT_NONE, SIM_CUT_HONEST, SIM_CUT_LIE } SimCut;

typedef struct {
  guint busy;    /* releases that answer Device Busy */
  guint af_fail; /* focus attempts that fail */
  gboolean card_full, no_card;
  gboolean too_hot; /* live view is refused */
  guint stall_ms;   /* the next operation (stall_op, 0: any) answers this much later */
  guint16 stall_op;
  SimCut cut;             /* the next download is short: said so, or promised whole */
  gboolean corrupt_wire;  /* the next download is damaged in the middle */
  gboolean corrupt_card;  /* the next picture is damaged on the card */
  guint lost_events;      /* pictures whose announcement is lost */
  guint late_event_ms;    /* the next picture's announcement comes this much later */
  gboolean dup_event;     /* … comes twice */
  gboolean stale;         /* the next picture has the bytes of the one before */
  gint64 wrong_time_s;    /* the next picture's EXIF time is off by this */
  char *wrong_serial;     /* … its EXIF serial is this */
  gboolean drop_download; /* the connection breaks in the middle of the next download */
  gboolean drop_reset;    /* … by a TCP reset */
  gint64 storm_until;     /* monotonic: until then all that is asked but sessions answers Device Busy */
  gboolean reorder;       /* the next picture is announced after the one that follows it */
  gint64 size_off;        /* the next picture's size is said wrong by so many bytes */
  gboolean no_subsec;     /* pictures carry no hundredths of a second */
  gboolean no_serial;     /* … no serial number */
  gboolean new_folder;    /* the next picture opens a new folder */
} SimFaults;

/* TRUE when there is one to spend; spends it unless it is SIM_ALWAYS. */
static inline gboolean sim_spend (guint *count)
{
  if (*count == 0)
    return FALSE;
  if (*count != SIM_ALWAYS)
    (*count)--;
  return TRUE;
}

static inline gboolean sim_take (gboolean *flag)
{
  gboolean was = *flag;
  *flag = FALSE;
  return was;
}

G_END_DECLS

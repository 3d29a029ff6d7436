/* What the command line asks of the simulated camera; filled once at start, then read only. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct {
  char *model;       /* "nikon" or "canon" */
  int port, control; /* TCP on 127.0.0.1; 0: any free one */
  int sitters;       /* how many people wait outside; "next" lets the next one in, the first follows the last */
  gboolean auto_next;
  double fps;
  int shot_ms;    /* release → file */
  int startup_ms; /* live view asked for → first frame */
  char *serial;   /* NULL: the model's own */
  gboolean raw;
  char *card;       /* folder that holds the card, NULL: a card in memory */
  char *ledger;     /* file, NULL: standard output */
  int clock_offset; /* seconds */
  int battery;      /* percent */
  int first_number;
  gint64 bandwidth; /* bytes a second, 0: as fast as it goes */
  int live_width, live_height, shot_width, shot_height;
  gboolean warm; /* the live picture is painted ahead while nobody looks: no painting cost in a measurement */
  gboolean die_with_parent;
  char **faults; /* commands to run at the start; NULL: none */
} SimOptions;

/* Takes the arguments it knows out of argv; FALSE with a sentence on anything that cannot be. */
gboolean sim_options_parse (SimOptions *options, int *argc, char ***argv, GError **error);
void sim_options_clear (SimOptions *options);

G_END_DECLS

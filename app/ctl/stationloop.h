/* The loop of `lanmuctl station` as its two files share it: ctl_station.c reads the lines and owns the loop, stationwords.c knows the commands. Main thread. */
#pragma once

#include "app/roles/desk.h"
#include "app/station.h"

G_BEGIN_DECLS

typedef struct {
  GMainLoop *loop;
  LanmuStation *station;
  LanmuDesk *desk;
  GDataInputStream *input;
  GQueue lines;          /* char *: commands not begun */
  gboolean running;      /* a command waits for its answer */
  gboolean input_ended, quitting;
  gboolean opened;       /* the camera was reconciled at least once */
  guint timeout;         /* of the command that runs */
  gulong opened_handler;
  int exit_code;
  char *word, *argument; /* of the command that runs */
} LanmuStationLoop;

/* The command that runs has its answer: the next one begins. */
void lanmu_station_loop_answered (LanmuStationLoop *loop);

/* Runs loop->word with loop->argument; an unknown or forbidden one is refused in words. */
void lanmu_station_words_run (LanmuStationLoop *loop);
/* The camera is there for the first time: a shoot that waited for it goes on. */
void lanmu_station_words_opened (LanmuStationLoop *loop);
void lanmu_station_words_quit (LanmuStationLoop *loop);

G_END_DECLS

/* What the commands of lanmuctl share: the global options, how an answer and a refusal look, how the folder is opened.
 * Main thread.
 *
 * Answers go to stdout: lines for people, or with --json one object per line. Refusals are one sentence on stderr, with
 * --json one
 * {"ok":false,"kind","message"} on stdout as well. Exit codes: 0 done, 1 refused or failed with a reason, 2 wrong
 * usage. */
#pragma once

#include <json-glib/json-glib.h>

#include "app/i18n.h"
#include "db/store.h"

G_BEGIN_DECLS

#define LANMU_CTL_DONE    0
#define LANMU_CTL_REFUSED 1
#define LANMU_CTL_USAGE   2

typedef struct {
  char *data_dir; /* --data, or the default */
  char *camera;   /* --camera, "usb" by default */
  gboolean json;
  gboolean guarded;       /* somebody on the staff list can sign in; read with the folder */
  char *passphrase_file;  /* --passphrase-file, or NULL */
  const char *command;    /* the command's name */
  gboolean stays_closed;  /* a sealed campaign is not opened with the folder */
} LanmuCtl;

/* argv[0] is the command's name, argv ends with NULL; returns the exit code. */
typedef int (*LanmuCtlRun) (LanmuCtl *ctl, int argc, char **argv);

typedef struct {
  const char *name;
  const char *usage;   /* after the name: "FILE", "" */
  const char *summary; /* one line, N_() */
  LanmuCtlRun run;
} LanmuCtlCommand;

const LanmuCtlCommand *lanmu_ctl_find_command (const char *name); /* NULL: there is none */

/* Parses the options of one command (global ones are allowed there too) and leaves the rest in *rest (full,
 * NULL-terminated, without the name). FALSE: *code is the exit code (help was printed, or the usage was wrong and
 * said). entries may be NULL. */
gboolean lanmu_ctl_parse (LanmuCtl *ctl, int argc, char **argv, const GOptionEntry *entries, guint min_rest,
                          guint max_rest, char ***rest, int *code);

/* Each returns the exit code to return. */
int lanmu_ctl_fail (LanmuCtl *ctl, const GError *error); /* 1 */
int lanmu_ctl_fail_with (LanmuCtl *ctl, const char *path, const GError *error); /* 1; the sentence begins with the file it is about */
int lanmu_ctl_refuse (LanmuCtl *ctl, const char *kind, const char *format, ...)
    G_GNUC_PRINTF (3, 4); /* 1; a translated sentence */
int lanmu_ctl_misuse (LanmuCtl *ctl, const char *command, const char *format, ...)
    G_GNUC_PRINTF (3, 4); /* 2; adds where help is */

/* UTF-8 to stdout, whatever the locale. */
void lanmu_ctl_print (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* One line of JSON: the builder's root. */
void lanmu_ctl_print_json (JsonBuilder *builder);
void lanmu_ctl_json_string (JsonBuilder *builder, const char *name, const char *value); /* NULL → "" */
void lanmu_ctl_json_int (JsonBuilder *builder, const char *name, gint64 value);
void lanmu_ctl_json_bool (JsonBuilder *builder, const char *name, gboolean value);
/* value parsed as JSON; an empty object when it is none. */
void lanmu_ctl_json_raw (JsonBuilder *builder, const char *name, const char *value);

/* Read beside a running station, without the lock. NULL: said on stderr, *code set. */
LanmuDb *lanmu_ctl_open_reading (LanmuCtl *ctl, int *code);
/* Alone, for writing. NULL: said on stderr, *code set. */
LanmuStore *lanmu_ctl_open_writing (LanmuCtl *ctl, LanmuDbMode mode, int *code);

/* One piece of work alone on the folder: opened for writing, run, closed. DONE, or why not (said). data stays the caller's. */
int lanmu_ctl_write (LanmuCtl *ctl, LanmuStoreWork work, gpointer data);

/* Who works it, for the audit: the login name. */
const char *lanmu_ctl_actor (void);

/* One a file: ctl/NAME.c */
int lanmu_ctl_init (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_import (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_sample (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_countersign (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_holds (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_staff (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_students (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_codes (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_settings (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_shots (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_tickets (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_quarantine (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_repair (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_restore (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_verify (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_audit (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_backup (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_camera (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_reconcile (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_station (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_check (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_portrait (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_portraits (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_crop (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_retake (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_calibrate (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_tune (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_profile (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_walkin (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_correction (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_purge (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_seal (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_deliver (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_verify_delivery (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_day (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_schedule (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_presence (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_health (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_makeup (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_absent (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_fees (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_closeout (LanmuCtl *ctl, int argc, char **argv);
int lanmu_ctl_doctor (LanmuCtl *ctl, int argc, char **argv);

G_END_DECLS

/* LANMU_DB_ERROR: why the store refused or failed. Messages are one English sentence that names the path and says what to do (logs, lanmuctl); the kiosk
 * translates by code. Every function of db/ that takes a GError sets this domain and no other. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  LANMU_DB_ERROR_FAILED,     /* none of the below; the message says what */
  LANMU_DB_ERROR_IN_USE,     /* another station has the data folder open (the message names its program and pid), or the database stays locked */
  LANMU_DB_ERROR_READ_ONLY,  /* the folder or a file in it may not be written */
  LANMU_DB_ERROR_FULL,       /* no space left, or over a quota or a file-size limit */
  LANMU_DB_ERROR_IO,         /* the disk answered with an error; missing folder, a file where a folder should be */
  LANMU_DB_ERROR_CORRUPT,    /* not a Lanmu database, or damaged */
  LANMU_DB_ERROR_NEWER,      /* written by a newer version of Lanmu: refused, nothing changed */
  LANMU_DB_ERROR_NOT_FOUND,  /* no campaign in this folder: run `lanmuctl init` */
  LANMU_DB_ERROR_NO_ROW,     /* no such student, ticket, shot … */
  LANMU_DB_ERROR_EXISTS,     /* it is there already (campaign, student number, SHA-256, file name) */
  LANMU_DB_ERROR_CONSTRAINT, /* the database's own rules refuse the row; always a mistake of the caller */
  LANMU_DB_ERROR_CLOSED,     /* the campaign is sealed and nobody gave its passphrase */
  LANMU_DB_ERROR_PASSPHRASE, /* the passphrase opens nothing here */
  LANMU_DB_ERROR_STOPPED,    /* somebody stopped it on the way: nothing was changed */
  LANMU_DB_ERROR_REFUSED,    /* a rule of the product refuses (ticket not open, shot of another student …) */
} LanmuDbError;

#define LANMU_DB_ERROR (lanmu_db_error_quark ())
GQuark lanmu_db_error_quark (void);
const char *lanmu_db_error_to_string (LanmuDbError code); /* "in_use", "read_only" …: stable words for --json */

G_END_DECLS

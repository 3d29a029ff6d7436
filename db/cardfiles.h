/* Every object seen on a card and what it is to us: a reconcile is then a set difference. */
#pragma once

#include "db/database.h"

G_BEGIN_DECLS

typedef enum {
  LANMU_CARD_FOREIGN,    /* was there before the station's first look: never touched */
  LANMU_CARD_SHOT,
  LANMU_CARD_RAW,
  LANMU_CARD_DUPLICATE,  /* the bytes of a shot we have, under another name */
  LANMU_CARD_UNREADABLE,
} LanmuCardFileState;
const char *lanmu_card_file_state_to_string (LanmuCardFileState state);
gboolean lanmu_card_file_state_from_string (const char *text, LanmuCardFileState *state);

typedef struct {
  char *camera_serial;
  char *folder;
  char *name;
  gint64 size;      /* bytes as the camera's directory says */
  LanmuCardFileState state;
  char *shot_id;    /* or NULL */
  gint64 wall_us;   /* now when 0 on writing */
} LanmuCardFileRow;

void lanmu_card_file_row_free (LanmuCardFileRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuCardFileRow, lanmu_card_file_row_free)

/* "folder/name/size": the key of lanmu_card_files_known. */
char *lanmu_card_file_key (const char *folder, const char *name, gint64 size);

/* What is known of this camera: key → GINT_TO_POINTER (state + 1). */
GHashTable *lanmu_card_files_known (LanmuDb *db, const char *camera_serial, GError **error);

/* When each was last written: key → gint64 * (wall µs). A younger file of the same name and size is another one: of another card, or after a format. */
GHashTable *lanmu_card_files_when (LanmuDb *db, const char *camera_serial, GError **error);

/* Writes or overwrites one. A shot's own row is written by attach and quarantine when the shot names camera file and folder. */
gboolean lanmu_card_file_set (LanmuDb *db, const LanmuCardFileRow *row, const char *actor, GError **error);

/* Many at once, one transaction, one audit row; those known already stay as they are. */
gboolean lanmu_card_files_baseline (LanmuDb *db, const LanmuCardFileRow *rows, gsize n_rows, const char *actor, gsize *added, GError **error);

G_END_DECLS

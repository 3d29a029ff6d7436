/* What the parts of verify share. Private to app/verify/. */
#pragma once

#include "app/verify.h"
#include "db/repairs.h"
#include "db/shots.h"
#include "db/students.h"

G_BEGIN_DECLS

typedef struct {
  LanmuDb *db;
  const char *dir;
  LanmuFindingFunc func;
  gpointer data;
  LanmuVerified *out;
  gboolean sealed;      /* nothing may lie here in the clear */
  GHashTable *students; /* id (gint64 *) → LanmuStudentRow */
  GHashTable *tickets;  /* id → LanmuTicketRow */
  GHashTable *shots;    /* id → LanmuShotRow */
  GPtrArray *shot_list; /* LanmuShotRow, by 拍摄号; not owned */
  GPtrArray *repairs;   /* LanmuRepairRow, oldest first */
  GHashTable *repaired; /* shot id → GPtrArray of LanmuRepairShot, oldest first; not owned */
  GHashTable *words;    /* subject → detail: what the audit says of repairs and assignments */
  GHashTable *written;  /* "shot/ID" → gint64 *: the session that wrote its row */
  gint64 session;       /* while the audit is read */
} LanmuVerifying;

typedef struct {
  const LanmuShotRow *shot;
  const LanmuTicketRow *ticket;
  gint64 student_id;
  const char *path;
} LanmuSubject;

/* subject's NULL parts are taken from its shot where there is one. */
void lanmu_verify_say (LanmuVerifying *self, const char *kind, gboolean broken, const LanmuSubject *subject,
                       const char *format, ...) G_GNUC_PRINTF (5, 6);
const char *lanmu_verify_no (LanmuVerifying *self, gint64 student_id); /* 学号, "" for nobody */

void lanmu_verify_rows (LanmuVerifying *self);                         /* tickets ↔ shots ↔ students */
gboolean lanmu_verify_codes (LanmuVerifying *self, GError **error);    /* capture codes ↔ shots */
gboolean lanmu_verify_files (LanmuVerifying *self, GError **error);    /* rows ↔ files ↔ SHA-256 */
gboolean lanmu_verify_copies (LanmuVerifying *self, GError **error);   /* copies of the database, the second copy, what they know of the audit */
gboolean lanmu_verify_load_repairs (LanmuVerifying *self, GError **error);
void lanmu_verify_repairs (LanmuVerifying *self);                      /* another owner than the bound one ↔ a person's word */
/* The shot with the owner it was proved for: before its first repair. A shallow copy, its strings stay the rows'. */
LanmuShotRow lanmu_verify_as_proved (LanmuVerifying *self, const LanmuShotRow *shot);
gboolean lanmu_verify_bindings (LanmuVerifying *self, GError **error); /* who was bound while it was exposed */

G_END_DECLS

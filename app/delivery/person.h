/* LanmuDeliverable: one person whose picture is to be handed over, with everything a file name or the table may say of
 * them. A value; any thread. */
#pragma once

#include <glib.h>
#include "db/database.h"

G_BEGIN_DECLS

typedef enum {
  LANMU_DELIVER_COLLEGE,
  LANMU_DELIVER_MAJOR,
  LANMU_DELIVER_CLASS,
  LANMU_DELIVER_STUDENT_NO,
  LANMU_DELIVER_NAME,
  LANMU_DELIVER_SEX,
  LANMU_DELIVER_ID_NO,
  LANMU_DELIVER_EXAM_NO,
  LANMU_DELIVER_TOKEN,       /* 采集码, byte for byte */
  LANMU_DELIVER_SEQUENCE_NO, /* 拍摄号 of the chosen take */
  LANMU_DELIVER_N_FIELDS,
} LanmuDeliverField;

const char *lanmu_deliver_field_word (LanmuDeliverField field); /* "college" … as in a template */
const char *
lanmu_deliver_field_title (LanmuDeliverField field); /* 学院 … as in the table; also allowed in a template */
gboolean lanmu_deliver_field_from_word (const char *word, LanmuDeliverField *field);

typedef struct {
  char *fields[LANMU_DELIVER_N_FIELDS]; /* owned, "" = unknown */
  gint64 student_id;                    /* 0 = a capture code without a list */
  char *shot_id;
  char *sha256;   /* of the shot */
  char *path;     /* of the shot, below the data folder */
  char *taken_at; /* exposure as the camera wrote it, "" = unknown */
  char *proof;    /* comma list */
  gboolean countersigned;
  char *portrait_path, *portrait_sha256, *portrait_profile; /* NULL: there is none; the profile's SHA-256 */
  gboolean delivered;                                       /* by an earlier delivery of the kind */
} LanmuDeliverable;

void lanmu_deliverable_free (LanmuDeliverable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuDeliverable, lanmu_deliverable_free)

/* Everybody whose take is accepted: students in queue order, then capture codes in the order of their first scan.
 * LanmuDeliverable *. */
GPtrArray *lanmu_deliverables_load (LanmuDb *db, const char *kind, GError **error);

G_END_DECLS

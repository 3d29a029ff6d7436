/* 成片: the finished files of chosen shots. The file is written first, durably and whole, then its row; a row without its file, or a file without a row, is made
 * again. Runs on the thread that owns the connection. */
#pragma once

#include "db/database.h"

G_BEGIN_DECLS

typedef struct {
  char *shot_id;
  char *path;           /* below the data folder */
  char *sha256;
  gint64 size;          /* bytes */
  char *profile, *profile_sha256;
  int quality;
  char *chroma;         /* "4:2:0" "4:4:4" */
  double x, y, width, height; /* the part, upright shot pixels */
  double dx, dy, zoom;  /* moved by hand; zoom 0 counts as 1 */
  gint64 wall_us;       /* now when 0 */
  gboolean as_cropped;  /* read only: made where a person last put its edges (db/crops.h) */
} LanmuPortraitRow;

void lanmu_portrait_row_free (LanmuPortraitRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuPortraitRow, lanmu_portrait_row_free)

/* Writes portraits/<shot id>.jpg (over an earlier one, by rename) and its row with an audit row. path, size and wall_us are not read. FULL, READ_ONLY, IO. */
gboolean lanmu_portrait_set (LanmuDb *db, const LanmuPortraitRow *row, GBytes *jpeg, const char *actor, GError **error);
/* NULL without an error: there is none. */
LanmuPortraitRow *lanmu_portrait_get (LanmuDb *db, const char *shot_id, GError **error);

/* A chosen shot and what its portrait was made by. */
typedef struct {
  char *shot_id;
  char *path;           /* of the shot */
  char *student_no;     /* "" = a capture code's */
  gboolean made;        /* a row says there is one by this profile and with this crop (the file was not looked at) */
  double dx, dy, zoom;  /* by hand (db/crops.h) */
} LanmuPortraitWanted;
void lanmu_portrait_wanted_free (gpointer wanted);
GPtrArray *lanmu_portraits_wanted (LanmuDb *db, const char *profile_sha256, GError **error); /* LanmuPortraitWanted *, by 拍摄号 */

G_END_DECLS

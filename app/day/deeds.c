/* See deeds.h. */
#include "app/day/deeds.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>

#include "app/day/absent.h"
#include "app/day/gate.h"
#include "app/day/when.h"
#include "db/classorder.h"
#include "db/daycounts.h"
#include "db/presence.h"
#include "db/slots.h"

LanmuDeed *lanmu_deed_new (const char *actor)
{
  LanmuDeed *self = g_new0 (LanmuDeed, 1);
  self->actor = g_strdup (actor);
  self->how = "list";
  return self;
}

void lanmu_deed_free (gpointer data)
{
  LanmuDeed *self = data;
  lanmu_close_clear (&self->close);
  g_free (self->actor);
  g_free (self->folder);
  g_free (self->paper);
  g_free (self);
}

gboolean lanmu_deed_move (LanmuDb *db, gpointer data, GError **error)
{
  LanmuDeed *self = data;
  return lanmu_class_move (db, self->class_id, self->before_id, self->actor, &self->follower, error);
}

gboolean lanmu_deed_miss (LanmuDb *db, gpointer data, GError **error)
{
  LanmuDeed *self = data;
  return lanmu_slot_miss (db, self->class_id, self->actor, error);
}

gboolean lanmu_deed_mark (LanmuDb *db, gpointer data, GError **error)
{
  LanmuDeed *self = data;
  return lanmu_presence_set (db, self->student_id, self->present, self->how, self->actor, error);
}

gboolean lanmu_deed_mark_rest (LanmuDb *db, gpointer data, GError **error)
{
  LanmuDeed *self = data;
  g_autoptr (GPtrArray) rows = lanmu_presence_list (db, self->class_id, 0, error);
  g_autoptr (GArray) missing = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const LanmuPresenceRow *row = rows->pdata[i];
    if (row->presence == LANMU_PRESENCE_MISSING)
      g_array_append_val (missing, row->id);
  }
  self->n = (int) missing->len;
  return rows != NULL && lanmu_presence_count (db, self->class_id, (const gint64 *) missing->data, missing->len, self->actor, error);
}

gboolean lanmu_deed_measure (LanmuDb *db, gpointer data, GError **error)
{
  LanmuDeed *self = data;
  return lanmu_gate_measure (db, self->student_id, self->tenths, NULL, FALSE, self->actor, &self->held, error);
}

/* -- papers -- */

static gboolean make_folder (const LanmuDeed *self, GError **error)
{
  if (g_mkdir_with_parents (self->folder, 0700) == 0)
    return TRUE;
  int number = errno;
  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_IO, "%s: %s", self->folder, g_strerror (number));
  return FALSE;
}

/* The store's callers know its own errors only. */
static gboolean pass_on (GError **error, GError *cause)
{
  if (cause == NULL)
    return TRUE;
  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_IO, "The paper could not be saved: %s", cause->message);
  g_error_free (cause);
  return FALSE;
}

gboolean lanmu_deed_close (LanmuDb *db, gpointer data, GError **error)
{
  LanmuDeed *self = data;
  GError *cause = NULL;
  self->close.class_id = self->class_id;
  self->close.actor = self->actor;
  self->close.settle = TRUE;
  if (!lanmu_close_work (db, &self->close, error))
    return FALSE;
  if (self->close.sheet == 0)
    return TRUE;
  self->paper = g_strdup_printf ("结单-%06" G_GINT64_FORMAT ".pdf", self->close.sheet);
  g_autofree char *path = g_build_filename (self->folder, self->paper, NULL);
  if (!make_folder (self, error))
    return FALSE;
  lanmu_close_save_sheet (db, self->close.sheet, path, &cause);
  return pass_on (error, cause);
}

gboolean lanmu_deed_make_up (LanmuDb *db, gpointer data, GError **error)
{
  LanmuDeed *self = data;
  gint64 open = lanmu_make_up_count (db, error);
  if (open < 0)
    return FALSE;
  self->held = open > 0;
  return open > 0 ? lanmu_make_up_end (db, self->actor, &self->n, error) : lanmu_make_up_begin (db, 0, self->actor, &self->n, error);
}

/* What both files are called: of the class, or of the day. */
static char *name_list (LanmuDb *db, gint64 class_id, const char **class_name, GPtrArray *counts)
{
  char today[LANMU_WHEN_ISO];
  lanmu_when_today (g_get_real_time (), today);
  if (class_id == 0 || counts->len == 0)
    return g_strconcat ("缺拍名单-", today, NULL);
  *class_name = ((LanmuDayCountsRow *) counts->pdata[0])->class_name;
  return g_strdup_printf ("缺拍名单-%s-%" G_GINT64_FORMAT, today, class_id);
}

gboolean lanmu_deed_absent_lists (LanmuDb *db, gpointer data, GError **error)
{
  LanmuDeed *self = data;
  GError *cause = NULL;
  const char *class_name = NULL;
  g_autoptr (GPtrArray) counts = lanmu_day_counts_list (db, self->class_id, error);
  g_autofree char *name = counts != NULL ? name_list (db, self->class_id, &class_name, counts) : NULL;
  const char *college = class_name != NULL ? ((LanmuDayCountsRow *) counts->pdata[0])->college_name : NULL;
  g_autoptr (GPtrArray) rows = counts != NULL ? lanmu_absent_list (db, college, class_name, error) : NULL;
  if (rows == NULL || !make_folder (self, error))
    return FALSE;
  g_autofree char *base = g_build_filename (self->folder, name, NULL);
  g_autofree char *xlsx = g_strconcat (base, ".xlsx", NULL), *pdf = g_strconcat (base, ".pdf", NULL);
  self->n = (int) rows->len;
  self->paper = g_strconcat (name, ".pdf", NULL);
  if (lanmu_absent_save_xlsx (db, rows, xlsx, &cause))
    lanmu_absent_save_pdf (db, rows, pdf, &cause);
  return pass_on (error, cause);
}

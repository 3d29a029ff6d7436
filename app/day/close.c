/* See close.h. */
#include "app/day/close.h"

#include "app/day/record.h"
#include "app/i18n.h"
#include "db/presence.h"
#include "db/settings.h"

#define MOST_NAMES 5

static const struct {
  const char *kind, *one, *many;
} words[] = {
    {"waiting", N_ ("{n} student still waits ({names}): photograph, mark absent or hold."), N_ ("{n} students still wait ({names}): photograph, mark absent or hold.")},
    {"shot", N_ ("{n} student has pictures and none accepted ({names}): accept one, or mark absent."),
     N_ ("{n} students have pictures and none accepted ({names}): accept one each, or mark absent.")},
    {"skipped", N_ ("{n} student was skipped ({names}): recall, mark absent or hold with a reason."),
     N_ ("{n} students were skipped ({names}): recall, mark absent or hold with a reason.")},
    {"open-tickets", N_ ("{n} release has no end yet: wait for its picture, or run the reconcile."), N_ ("{n} releases have no end yet: wait for their pictures, or run the reconcile.")},
    {"quarantine", N_ ("{n} picture in the tray is likely of this class: give it to its student or put it aside."),
     N_ ("{n} pictures in the tray are likely of this class: give them to their students or put them aside.")},
    {"quarantine-unguessed", N_ ("{n} picture in the tray was taken while this class sat there: decide whose it is."),
     N_ ("{n} pictures in the tray were taken while this class sat there: decide whose they are.")},
    {"card-not-looked", N_ ("{n} camera's card was not held against the records since the last picture: connect it and reconcile."),
     N_ ("{n} cameras' cards were not held against the records since the last picture: connect them and reconcile.")},
    {"card-unexplained", N_ ("{n} file on the card belongs to no picture here: look at the card and reconcile."),
     N_ ("{n} files on the card belong to no picture here: look at the card and reconcile.")},
    {"countersign", N_ ("{n} chosen picture was not confirmed by a counselor."), N_ ("{n} chosen pictures were not confirmed by a counselor.")},
};

static void block_free (gpointer data)
{
  g_free (((LanmuCloseBlock *) data)->names);
  g_free (data);
}

char *lanmu_close_block_say (const LanmuCloseBlock *block)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++) {
    if (!g_str_equal (words[i].kind, block->kind))
      continue;
    g_autofree char *number = g_strdup_printf ("%d", block->number);
    /* Both forms are data, and Chinese has one for each. */
    g_autoptr (GString) text = g_string_new (_ (block->number == 1 ? words[i].one : words[i].many));
    g_string_replace (text, "{n}", number, 1);
    g_string_replace (text, "{names}", block->names, 1);
    return g_strdup (text->str);
  }
  return g_strdup (block->kind);
}

static void add_block (GPtrArray *blocks, const char *kind, int number, const char *names)
{
  if (number == 0)
    return;
  LanmuCloseBlock *block = g_new (LanmuCloseBlock, 1);
  *block = (LanmuCloseBlock){kind, number, g_strdup (names)};
  g_ptr_array_add (blocks, block);
}

/* Held students have an end: they are named as held. */
static void add_students (GPtrArray *blocks, const GPtrArray *rows, LanmuStudentState state, const char *kind)
{
  g_autoptr (GString) names = g_string_new (NULL);
  int n = 0;
  for (guint i = 0; i < rows->len; i++) {
    const LanmuPresenceRow *row = rows->pdata[i];
    if (row->state != state || row->hold_kind != NULL)
      continue;
    if (n++ < MOST_NAMES)
      g_string_append_printf (names, "%s%s", n > 1 ? ", " : "", row->student_no);
  }
  if (n > MOST_NAMES)
    g_string_append (names, " …");
  add_block (blocks, kind, n, names->str);
}

static gboolean demands_countersign (LanmuDb *db)
{
  g_autofree char *mode = lanmu_setting_get (db, "countersign", "none", NULL);
  return mode != NULL && !g_str_equal (mode, "none");
}

GPtrArray *lanmu_close_check (LanmuDb *db, gint64 class_id, GError **error)
{
  g_autoptr (GPtrArray) blocks = g_ptr_array_new_with_free_func (block_free), rows = lanmu_presence_list (db, class_id, 0, error);
  LanmuClosingFacts facts;
  if (rows == NULL || !lanmu_closing_facts (db, class_id, &facts, error))
    return NULL;
  add_students (blocks, rows, LANMU_STUDENT_WAITING, "waiting");
  add_students (blocks, rows, LANMU_STUDENT_SHOT, "shot");
  add_students (blocks, rows, LANMU_STUDENT_SKIPPED, "skipped");
  add_block (blocks, "open-tickets", facts.open_tickets, "");
  add_block (blocks, "quarantine", facts.quarantined, "");
  add_block (blocks, "quarantine-unguessed", facts.unguessed, "");
  add_block (blocks, "card-not-looked", facts.unlooked, "");
  add_block (blocks, "card-unexplained", facts.unexplained, "");
  add_block (blocks, "countersign", demands_countersign (db) ? facts.uncountersigned : 0, "");
  return g_steal_pointer (&blocks);
}

void lanmu_close_clear (LanmuClose *close)
{
  g_clear_pointer (&close->blocks, g_ptr_array_unref);
}

/* A closed class whose record is another one by now is opened for it; one whose record is the same is refused by the store. */
static gboolean open_if_changed (LanmuDb *db, const LanmuClose *close, const char *record, GError **error)
{
  g_autoptr (LanmuClosingRow) before = NULL;
  if (!lanmu_closing_of (db, close->class_id, &before, error))
    return FALSE;
  return before == NULL || g_str_equal (before->record, record) ||
         lanmu_closing_reopen (db, close->class_id, "closed anew: the record has changed since", close->actor, error);
}

static gboolean close_class (LanmuDb *db, LanmuClose *close, GError **error)
{
  g_autofree char *record = lanmu_record_make (db, close->class_id, error);
  if (record == NULL || !open_if_changed (db, close, record, error))
    return FALSE;
  g_autofree char *hash = lanmu_record_hash (record);
  close->sheet = lanmu_closing_add (db, close->class_id, record, hash, close->actor, error);
  return close->sheet != 0;
}

gboolean lanmu_close_work (LanmuDb *db, gpointer data, GError **error)
{
  LanmuClose *close = data;
  if (!lanmu_db_begin (db, "close-out", error))
    return FALSE;
  gboolean good = (!close->settle || lanmu_presence_settle (db, close->class_id, close->actor, &close->absent, error)) &&
                  (close->blocks = lanmu_close_check (db, close->class_id, error)) != NULL;
  if (!good || close->blocks->len > 0) {
    lanmu_db_rollback (db);
    close->absent = 0;
    return good;
  }
  if (close_class (db, close, error))
    return lanmu_db_commit (db, error);
  lanmu_db_rollback (db);
  return FALSE;
}

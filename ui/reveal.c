/* See ui/reveal.h. */
#include "ui/reveal.h"
#include "app/roles/veil.h"
#include "db/audit.h"
#include "db/json.h"

struct _LanmuReveal {
  GObject parent;
  LanmuStation *station;
  guint asked; /* counts begins and ends: an answer to an older one lifts nothing */
};

G_DEFINE_FINAL_TYPE (LanmuReveal, lanmu_reveal, G_TYPE_OBJECT)

typedef struct {
  char *actor, *subject, *detail;
} Note;

typedef struct {
  LanmuReveal *self;
  guint asked;
} Wish;

static void note_free (gpointer data)
{
  Note *note = data;
  g_free (note->actor);
  g_free (note->subject);
  g_free (note->detail);
  g_free (note);
}

static gboolean write_note (LanmuDb *db, gpointer data, GError **error)
{
  const Note *note = data;
  return lanmu_audit_append (db, note->actor, "reveal", note->subject, note->detail, error);
}

static void on_noted (GObject *source, GAsyncResult *result, gpointer data)
{
  Wish *wish = data;
  g_autoptr (GError) error = NULL;
  if (!lanmu_store_run_finish (LANMU_STORE (source), result, &error))
    g_warning ("Names stay masked, because the audit could not be written: %s", error->message);
  else if (wish->asked == wish->self->asked)
    lanmu_veil_set_lifted (lanmu_veil_get_default (), TRUE);
  g_object_unref (wish->self);
  g_free (wish);
}

static char *join (GArray *ids)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "", g_array_index (ids, gint64, i));
  return g_string_free (text, FALSE);
}

gboolean lanmu_reveal_begin (LanmuReveal *self, const char *page, GArray *students, GError **error)
{
  LanmuDesk *desk = lanmu_station_get_desk (self->station);
  if (!lanmu_desk_may_for_some (desk, LANMU_ACTION_REVEAL, error))
    return FALSE;
  g_autofree char *ids = join (students);
  Note *note = g_new (Note, 1);
  note->actor = g_strdup (lanmu_desk_get_operator (desk));
  note->subject = g_strdup_printf ("page/%s", page);
  note->detail = lanmu_json_object ("s", "students", ids);
  Wish *wish = g_new (Wish, 1);
  wish->self = g_object_ref (self);
  wish->asked = ++self->asked;
  lanmu_store_run_async (lanmu_station_get_store (self->station), write_note, note, note_free, on_noted, wish);
  return TRUE;
}

void lanmu_reveal_end (LanmuReveal *self)
{
  self->asked++;
  lanmu_veil_set_lifted (lanmu_veil_get_default (), FALSE);
}

static void lanmu_reveal_dispose (GObject *object)
{
  g_clear_object (&LANMU_REVEAL (object)->station);
  G_OBJECT_CLASS (lanmu_reveal_parent_class)->dispose (object);
}

static void lanmu_reveal_class_init (LanmuRevealClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanmu_reveal_dispose;
}

static void lanmu_reveal_init (LanmuReveal *self)
{
}

LanmuReveal *lanmu_reveal_new (LanmuStation *station)
{
  LanmuReveal *self = g_object_new (LANMU_TYPE_REVEAL, NULL);
  self->station = g_object_ref (station);
  return self;
}

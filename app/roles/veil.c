/* See veil.h. Main thread. */
#include "app/roles/veil.h"

#include "app/format.h"

struct _LanmuVeil {
  GObject parent_instance;
  LanmuDesk *desk; /* NULL: a command line */
  gboolean lifted;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (LanmuVeil, lanmu_veil, G_TYPE_OBJECT)

static void changed (LanmuVeil *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static void lanmu_veil_dispose (GObject *object)
{
  g_clear_object (&LANMU_VEIL (object)->desk);
  G_OBJECT_CLASS (lanmu_veil_parent_class)->dispose (object);
}

static void lanmu_veil_class_init (LanmuVeilClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanmu_veil_dispose;
  changed_signal = g_signal_new ("changed", LANMU_TYPE_VEIL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void lanmu_veil_init (LanmuVeil *self)
{
}

LanmuVeil *lanmu_veil_get_default (void)
{
  static LanmuVeil *only;
  if (!only)
    only = g_object_new (LANMU_TYPE_VEIL, NULL);
  return only;
}

void lanmu_veil_set_desk (LanmuVeil *self, LanmuDesk *desk)
{
  if (self->desk)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  g_set_object (&self->desk, desk);
  if (desk)
    g_signal_connect_object (desk, "changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  changed (self);
}

void lanmu_veil_set_lifted (LanmuVeil *self, gboolean lifted)
{
  if (self->lifted == lifted)
    return;
  self->lifted = lifted;
  changed (self);
}

gboolean lanmu_veil_is_lifted (LanmuVeil *self)
{
  return self->lifted;
}

static gboolean is_open (LanmuVeil *self, gint64 class_id)
{
  return self->lifted && (!self->desk || lanmu_desk_may (self->desk, LANMU_ACTION_REVEAL, class_id, NULL));
}

char *lanmu_veil_dup_name (LanmuVeil *self, const char *name, gint64 class_id, LanmuVeilWho who)
{
  gboolean called = who == LANMU_VEIL_CALLED && self->desk && !lanmu_desk_is_locked (self->desk);
  return called || is_open (self, class_id) ? g_strdup (name ? name : "") : lanmu_format_masked_name (name);
}

char *lanmu_veil_dup_id (LanmuVeil *self, const char *id_no, gint64 class_id)
{
  return is_open (self, class_id) ? g_strdup (id_no ? id_no : "") : lanmu_format_masked_id (id_no);
}

char *lanmu_veil_dup_student_name (LanmuStudent *student, LanmuVeilWho who)
{
  return lanmu_veil_dup_name (lanmu_veil_get_default (), lanmu_student_get_name (student), lanmu_student_get_class_id (student), who);
}

char *lanmu_veil_dup_student_id (LanmuStudent *student)
{
  return lanmu_veil_dup_id (lanmu_veil_get_default (), lanmu_student_get_id_no (student), lanmu_student_get_class_id (student));
}

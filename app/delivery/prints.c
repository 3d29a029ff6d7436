/* See prints.h. */
#include "app/delivery/prints.h"

#include <gio/gio.h>
#include <string.h>

#include "app/sheet/print.h"

typedef struct {
  const LanmuDeliveryPlan *plan;
  LanmuSink *sink;
  const int *stop;
} Printing;

/* -- one person -- */

static char **caption_of (const LanmuDeliverable *person)
{
  static const LanmuDeliverField lines[] = {LANMU_DELIVER_COLLEGE, LANMU_DELIVER_MAJOR, LANMU_DELIVER_CLASS,
                                            LANMU_DELIVER_STUDENT_NO, LANMU_DELIVER_NAME};
  g_autoptr (GStrvBuilder) caption = g_strv_builder_new ();
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (*person->fields[lines[i]] != '\0')
      g_strv_builder_add (caption, person->fields[lines[i]]);
  if (*person->fields[LANMU_DELIVER_NAME] == '\0')
    g_strv_builder_add (caption, person->fields[LANMU_DELIVER_SEQUENCE_NO]);
  return g_strv_builder_end (caption);
}

static gboolean open_person (Printing *p, const LanmuDeliveryFile *file, LanmuPrintPerson *person, GError **error)
{
  person->portrait = lanmu_sink_read (p->sink, file, error);
  if (person->portrait == NULL)
    return FALSE;
  person->caption = caption_of (p->plan->people->pdata[file->person]);
  return TRUE;
}

static void person_clear (gpointer data)
{
  LanmuPrintPerson *person = data;
  g_clear_pointer (&person->portrait, g_bytes_unref);
  g_clear_pointer (&person->caption, g_strfreev);
}

static gboolean goes_on (Printing *p, GError **error)
{
  if (p->stop == NULL || g_atomic_int_get (p->stop) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Stopped; the same command goes on where this one stopped");
  return FALSE;
}

static char *without_extension (const char *path)
{
  const char *dot = strrchr (path, '.'), *slash = strrchr (path, '/');
  return dot != NULL && (slash == NULL || dot > slash) ? g_strndup (path, (gsize) (dot - path)) : g_strdup (path);
}

static gboolean print_jpeg (Printing *p, const LanmuDeliveryFile *file, GError **error)
{
  LanmuPrintPerson person = {0};
  g_autofree char *stem = without_extension (file->path);
  g_autofree char *name = g_strconcat (LANMU_DELIVERY_PRINTS "/", stem, ".jpg", NULL);
  gboolean ok = open_person (p, file, &person, error);
  g_autoptr (GBytes) jpeg = ok ? lanmu_print_jpeg (&person, error) : NULL;
  person_clear (&person);
  return jpeg && lanmu_sink_bytes (p->sink, name, jpeg, error);
}

/* -- a folder -- */

static char *pdf_name (const char *folder, guint part)
{
  const char *stem = g_str_equal (folder, ".") ? "all" : folder;
  return part == 1 ? g_strconcat (LANMU_DELIVERY_PRINTS "/", stem, ".pdf", NULL)
                   : g_strdup_printf (LANMU_DELIVERY_PRINTS "/%s-%u.pdf", stem, part);
}

static gboolean print_pdf (Printing *p, const char *folder, guint part, const GPtrArray *files, GError **error)
{
  g_autoptr (GArray) people = g_array_new (FALSE, TRUE, sizeof (LanmuPrintPerson));
  g_autofree char *name = pdf_name (folder, part);
  g_array_set_clear_func (people, person_clear);
  g_array_set_size (people, files->len);
  for (guint i = 0; i < files->len; i++)
    if (!open_person (p, files->pdata[i], &g_array_index (people, LanmuPrintPerson, i), error))
      return FALSE;
  g_autoptr (GBytes) pdf = lanmu_print_pdf ((const LanmuPrintPerson *) (const void *) people->data, people->len, error);
  return pdf && lanmu_sink_bytes (p->sink, name, pdf, error);
}

/* One after another by path, so a folder's files stand together. */
static gboolean print_folders (Printing *p, const GPtrArray *portraits, GError **error)
{
  guint part = 0;
  g_autofree char *before = NULL;
  for (guint i = 0; i < portraits->len;) {
    g_autofree char *folder = g_path_get_dirname (((const LanmuDeliveryFile *) portraits->pdata[i])->path);
    g_autoptr (GPtrArray) some = g_ptr_array_new ();
    part = g_strcmp0 (folder, before) == 0 ? part + 1 : 1;
    for (; i < portraits->len && some->len < LANMU_PRINTS_PAGES; i++) {
      g_autofree char *its = g_path_get_dirname (((const LanmuDeliveryFile *) portraits->pdata[i])->path);
      if (!g_str_equal (its, folder))
        break;
      g_ptr_array_add (some, portraits->pdata[i]);
    }
    if (!goes_on (p, error) || !print_pdf (p, folder, part, some, error))
      return FALSE;
    g_free (before);
    before = g_steal_pointer (&folder);
  }
  return TRUE;
}

/* Within a folder of files and folders ("a/b.jpg", "a/c/d.jpg", "a/e.jpg") the order by path tears it apart: by folder
 * first. */
static gint by_folder (gconstpointer a, gconstpointer b)
{
  const LanmuDeliveryFile *one = *(const LanmuDeliveryFile *const *) a, *other = *(const LanmuDeliveryFile *const *) b;
  g_autofree char *its = g_path_get_dirname (one->path), *theirs = g_path_get_dirname (other->path);
  int order = strcmp (its, theirs);
  return order != 0 ? order : strcmp (one->path, other->path);
}

gboolean lanmu_prints_write (const LanmuDeliveryPlan *plan, guint forms, LanmuSink *sink, const int *stop,
                             GError **error)
{
  Printing p = {plan, sink, stop};
  g_autoptr (GPtrArray) portraits = g_ptr_array_new ();
  for (guint i = 0; i < plan->files->len; i++) {
    LanmuDeliveryFile *file = plan->files->pdata[i];
    if (!file->is_original && file->scheme == 0)
      g_ptr_array_add (portraits, file);
  }
  g_ptr_array_sort (portraits, by_folder);
  if ((forms & LANMU_PRINTS_JPEG) != 0)
    for (guint i = 0; i < portraits->len; i++)
      if (!goes_on (&p, error) || !print_jpeg (&p, portraits->pdata[i], error))
        return FALSE;
  return (forms & LANMU_PRINTS_PDF) == 0 || print_folders (&p, portraits, error);
}

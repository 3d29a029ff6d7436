/* What a delivery will hold; see plan.h. */
#include "app/delivery/plan.h"

#include <string.h>

#include "app/i18n.h"
#include "db/settings.h"

typedef struct {
  const LanmuDeliveryWish *wish;
  LanmuDeliveryPlan *plan;
  GHashTable *names;    /* folded path → index of its person + 1 */
  gboolean countersign; /* demanded */
} Planning;

/* -- schemes -- */

LanmuScheme *lanmu_scheme_new (const char *text, GError **error)
{
  const char *equals = strchr (text, '='), *brace = strchr (text, '{');
  gboolean labelled = equals != NULL && (brace == NULL || equals < brace);
  g_autofree char *label = labelled ? g_strndup (text, (gsize) (equals - text)) : g_strdup ("");
  if (g_ascii_strcasecmp (label, LANMU_DELIVERY_ORIGINALS) == 0 ||
      g_ascii_strcasecmp (label, LANMU_DELIVERY_PRINTS) == 0) {
    g_set_error (error, LANMU_TEMPLATE_ERROR, LANMU_TEMPLATE_ERROR_NAME,
                 _ ("The folder “%s” is the delivery's own: name this one otherwise."), label);
    return NULL;
  }
  LanmuTemplate *template = lanmu_template_new (labelled ? equals + 1 : text, error);
  if (!template)
    return NULL;
  LanmuScheme *self = g_new0 (LanmuScheme, 1);
  self->label = g_steal_pointer (&label);
  self->template = template;
  return self;
}

void lanmu_scheme_free (LanmuScheme *self)
{
  if (!self)
    return;
  g_free (self->label);
  lanmu_template_free (self->template);
  g_free (self);
}

/* -- problems -- */

static const char *const problem_words[LANMU_DELIVERY_N_PROBLEMS] = {"name", "collision", "not-countersigned",
                                                                     "no-portrait", "code-page"};

const char *lanmu_delivery_problem_word (LanmuDeliveryProblemKind kind)
{
  return problem_words[kind];
}

gboolean lanmu_delivery_problem_from_word (const char *word, LanmuDeliveryProblemKind *kind)
{
  for (guint i = 0; i < LANMU_DELIVERY_N_PROBLEMS; i++)
    if (g_str_equal (word, problem_words[i])) {
      *kind = i;
      return TRUE;
    }
  return FALSE;
}

static void problem_free (gpointer data)
{
  LanmuDeliveryProblem *problem = data;
  g_free (problem->who);
  g_free (problem->message);
  g_free (problem);
}

static void file_free (gpointer data)
{
  LanmuDeliveryFile *file = data;
  g_free (file->path);
  g_free (file->source);
  g_free (file->sha256);
  g_free (file);
}

static char *who_is (const LanmuDeliverable *person)
{
  const char *number = person->fields[LANMU_DELIVER_STUDENT_NO];
  return *number != '\0' ? g_strdup (number)
                         : g_strdup_printf (_ ("picture %s"), person->fields[LANMU_DELIVER_SEQUENCE_NO]);
}

static void report (Planning *p, const LanmuDeliverable *person, LanmuDeliveryProblemKind kind, const char *message)
{
  LanmuDeliveryProblem *problem = g_new0 (LanmuDeliveryProblem, 1);
  problem->kind = kind;
  problem->who = who_is (person);
  problem->message = g_strdup (message);
  problem->accepted = (p->wish->accepted & (1u << kind)) != 0;
  g_ptr_array_add (p->plan->problems, problem);
}

/* -- one person -- */

/* FALSE: reported. */
static gboolean has_picture (Planning *p, const LanmuDeliverable *person)
{
  if (!p->wish->portraits || g_strcmp0 (person->portrait_profile, p->wish->profile_sha256) == 0)
    return TRUE;
  report (p, person, LANMU_DELIVERY_NO_PORTRAIT,
          person->portrait_profile && *person->portrait_profile == '\0'
              ? _ ("The portrait was moved by hand and not made again; make it with `lanmuctl portraits`.")
          : person->portrait_profile
              ? _ ("The portrait was made by another profile; make it again with `lanmuctl portraits`.")
              : _ ("There is no portrait of the accepted shot; make it with `lanmuctl portraits`."));
  return FALSE;
}

/* FALSE: reported. */
static gboolean name_files (Planning *p, const LanmuDeliverable *person, const char *extension, GPtrArray *paths)
{
  for (guint i = 0; i < p->wish->schemes->len; i++) {
    const LanmuScheme *scheme = p->wish->schemes->pdata[i];
    g_autoptr (GError) error = NULL;
    g_autofree char *name = lanmu_template_apply (scheme->template, person, extension, &error);
    if (!name) {
      report (p, person, LANMU_DELIVERY_NAME, error->message);
      return FALSE;
    }
    g_ptr_array_add (paths,
                     *scheme->label != '\0' ? g_strconcat (scheme->label, "/", name, NULL) : g_steal_pointer (&name));
  }
  return TRUE;
}

/* FALSE: reported; nothing was claimed. */
static gboolean claim (Planning *p, guint index, GPtrArray *paths)
{
  const LanmuDeliverable *person = p->plan->people->pdata[index];
  for (guint i = 0; i < paths->len; i++) {
    g_autofree char *folded = lanmu_template_fold (paths->pdata[i]);
    guint other = GPOINTER_TO_UINT (g_hash_table_lookup (p->names, folded));
    if (other != 0) {
      g_autofree char *who = who_is (p->plan->people->pdata[other - 1]);
      g_autofree char *message =
          g_strdup_printf (_ ("The file name %s is that of %s as well."), (const char *) paths->pdata[i], who);
      report (p, person, LANMU_DELIVERY_COLLISION, message);
      return FALSE;
    }
  }
  for (guint i = 0; i < paths->len; i++)
    g_hash_table_insert (p->names, lanmu_template_fold (paths->pdata[i]), GUINT_TO_POINTER (index + 1));
  return TRUE;
}

static LanmuDeliveryFile *add_file (Planning *p, guint index, const char *path, const char *source, const char *sha256)
{
  LanmuDeliveryFile *file = g_new0 (LanmuDeliveryFile, 1);
  file->path = g_strdup (path);
  file->source = g_strdup (source);
  file->sha256 = g_strdup (sha256);
  file->person = index;
  g_ptr_array_add (p->plan->files, file);
  return file;
}

/* An original stands under the name of its portrait, in a folder of its own: names that do not collide here do not
 * there. */
static void add_files (Planning *p, guint index, GPtrArray *paths, const char *source, const char *sha256)
{
  const LanmuDeliverable *person = p->plan->people->pdata[index];
  for (guint i = 0; i < paths->len; i++) {
    LanmuDeliveryFile *file = add_file (p, index, paths->pdata[i], source, sha256);
    file->scheme = i;
    file->is_original = !p->wish->portraits;
  }
  if (p->wish->portraits && p->wish->originals_too) {
    g_autofree char *path = g_strconcat (LANMU_DELIVERY_ORIGINALS "/", (const char *) paths->pdata[0], NULL);
    add_file (p, index, path, person->path, person->sha256)->is_original = TRUE;
  }
  p->plan->delivered++;
}

/* What the DBF cannot hold of a person; its files stay in it all the same. */
static void check_code_page (Planning *p, const LanmuDeliverable *person, GPtrArray *paths)
{
  for (guint i = 0; i < LANMU_DELIVER_N_FIELDS + paths->len; i++) {
    const char *text = i < LANMU_DELIVER_N_FIELDS ? person->fields[i] : paths->pdata[i - LANMU_DELIVER_N_FIELDS];
    const char *bad = i == LANMU_DELIVER_ID_NO && !p->wish->with_id ? NULL : lanmu_table_gbk_lacks (text);
    if (bad == NULL)
      continue;
    g_autofree char *character = g_strndup (bad, (gsize) (g_utf8_next_char (bad) - bad));
    g_autofree char *message = g_strdup_printf (
        _ ("The DBF cannot hold “%s” of “%s”: with --accept code-page that cell stays empty; xlsx and CSV hold it."),
        character, text);
    report (p, person, LANMU_DELIVERY_CODE_PAGE, message);
    return;
  }
}

static gboolean is_wanted (Planning *p, const LanmuDeliverable *person)
{
  if (p->wish->class_name != NULL && !g_str_equal (p->wish->class_name, person->fields[LANMU_DELIVER_CLASS]))
    return FALSE;
  if (!p->wish->only_new || !person->delivered)
    return TRUE;
  p->plan->already++;
  return FALSE;
}

static void plan_person (Planning *p, guint index)
{
  const LanmuDeliverable *person = p->plan->people->pdata[index];
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  if (p->countersign && !person->countersigned)
    report (p, person, LANMU_DELIVERY_NOT_COUNTERSIGNED, _ ("No counselor has confirmed this person."));
  if (!has_picture (p, person))
    return;
  const char *source = p->wish->portraits ? person->portrait_path : person->path, *extension = strrchr (source, '.');
  if (!name_files (p, person, extension != NULL ? extension : ".jpg", paths) || !claim (p, index, paths))
    return;
  add_files (p, index, paths, source, p->wish->portraits ? person->portrait_sha256 : person->sha256);
  if (p->wish->tables & (1u << LANMU_TABLE_DBF))
    check_code_page (p, person, paths);
}

static gint by_path (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const LanmuDeliveryFile *const *) a)->path, (*(const LanmuDeliveryFile *const *) b)->path);
}

LanmuDeliveryPlan *lanmu_delivery_plan_new (LanmuDb *db, const LanmuDeliveryWish *wish, GError **error)
{
  g_autoptr (LanmuDeliveryPlan) plan = g_new0 (LanmuDeliveryPlan, 1);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *mode = lanmu_setting_get (db, "countersign", "none", error);
  plan->people = mode ? lanmu_deliverables_load (db, wish->portraits ? "portraits" : "originals", error) : NULL;
  plan->files = g_ptr_array_new_with_free_func (file_free);
  plan->problems = g_ptr_array_new_with_free_func (problem_free);
  if (!plan->people)
    return NULL;
  Planning p = {.wish = wish, .plan = plan, .names = names, .countersign = !g_str_equal (mode, "none")};
  for (guint i = 0; i < plan->people->len; i++)
    if (is_wanted (&p, plan->people->pdata[i]))
      plan_person (&p, i);
  g_ptr_array_sort (plan->files, by_path);
  return g_steal_pointer (&plan);
}

void lanmu_delivery_plan_free (LanmuDeliveryPlan *self)
{
  if (!self)
    return;
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_free (self);
}

guint lanmu_delivery_plan_blocking (const LanmuDeliveryPlan *self)
{
  guint n = 0;
  for (guint i = 0; i < self->problems->len; i++)
    n += !((const LanmuDeliveryProblem *) self->problems->pdata[i])->accepted;
  return n;
}

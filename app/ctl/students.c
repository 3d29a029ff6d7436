/* lanmuctl students: the list in queue order or by name, all of it or whoever is found. Reads only; a station may be
 * running. */
#include "app/ctl/veil.h"

#include "app/format.h"
#include "app/pinyin.h"
#include "app/queue.h"
#include "db/students.h"

typedef struct {
  LanmuCtl *ctl;
  const char *class_name; /* NULL = every class */
  GHashTable *found;      /* ids (gint64 *); NULL = everybody */
  GPtrArray *kept;        /* rows to be sorted; NULL = print them as they come */
} Listing;

typedef struct {
  char *class_name, *state, *find;
  gboolean by_name;
  LanmuCtlReveal reveal;
} Options;

static void print_json (const LanmuCtl *ctl, const LanmuStudentRow *row)
{
  g_autofree char *name = lanmu_ctl_dup_name (ctl, row->name, row->class_id);
  g_autofree char *id_no = lanmu_ctl_dup_id (ctl, row->id_no, row->class_id);
  g_autofree char *exam_no = lanmu_ctl_dup_id (ctl, row->exam_no, row->class_id);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_string (builder, "student_no", row->student_no);
  lanmu_ctl_json_string (builder, "name", name);
  lanmu_ctl_json_string (builder, "sex", row->sex);
  lanmu_ctl_json_string (builder, "id_no", id_no);
  if (row->closed)
    lanmu_ctl_json_bool (builder, "closed", TRUE);
  lanmu_ctl_json_string (builder, "exam_no", exam_no);
  lanmu_ctl_json_string (builder, "class", row->class_name);
  lanmu_ctl_json_string (builder, "major", row->major_name);
  lanmu_ctl_json_string (builder, "college", row->college_name);
  lanmu_ctl_json_int (builder, "position", row->position);
  lanmu_ctl_json_string (builder, "state", lanmu_student_state_to_string (row->state));
  lanmu_ctl_json_int (builder, "takes", row->takes);
  lanmu_ctl_json_string (builder, "chosen", row->chosen_shot);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static void print_row (const Listing *listing, const LanmuStudentRow *row)
{
  if (listing->ctl->json) {
    print_json (listing->ctl, row);
    return;
  }
  g_autofree char *name = lanmu_ctl_dup_name (listing->ctl, row->name, row->class_id);
  g_autofree char *id_no =
      row->closed ? g_strdup (_ ("sealed")) : lanmu_ctl_dup_id (listing->ctl, row->id_no, row->class_id);
  lanmu_ctl_print ("%s\t%s\t%s\t%s\t%s\t%s\t%d\n", row->student_no, name, row->sex, id_no, row->class_name,
                   lanmu_student_state_to_string (row->state), row->takes);
}

static gboolean take_row (const LanmuStudentRow *row, gpointer data)
{
  Listing *listing = data;
  if ((listing->class_name != NULL && !g_str_equal (listing->class_name, row->class_name)) ||
      (listing->found != NULL && !g_hash_table_contains (listing->found, &row->id)))
    return TRUE;
  if (listing->kept != NULL)
    g_ptr_array_add (listing->kept, lanmu_student_row_copy (row));
  else
    print_row (listing, row);
  return TRUE;
}

static int compare_names (gconstpointer a, gconstpointer b, gpointer pinyin)
{
  return lanmu_pinyin_compare (pinyin, (*(LanmuStudentRow *const *) a)->name, (*(LanmuStudentRow *const *) b)->name);
}

/* Who the kiosk's find box would show. NULL: an error. */
static GHashTable *search (LanmuDb *db, const char *text, GError **error)
{
  g_autofree char *folded = lanmu_format_fold (text);
  g_autoptr (LanmuQueue) queue = lanmu_queue_new ();
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));
  if (!lanmu_queue_load (queue, db, 0, error))
    return NULL;
  lanmu_queue_search (queue, folded, NULL, NULL, places);
  GHashTable *found = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < places->len; i++) {
    gint64 id = lanmu_queue_get_id (queue, g_array_index (places, guint, i));
    g_hash_table_add (found, g_memdup2 (&id, sizeof id));
  }
  return found;
}

static int list (LanmuCtl *ctl, const Options *options, int wanted)
{
  int code = LANMU_CTL_DONE;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  if (db == NULL)
    return code;
  g_autoptr (GHashTable) found = options->find != NULL ? search (db, options->find, &error) : NULL;
  g_autoptr (GPtrArray) kept =
      options->by_name ? g_ptr_array_new_with_free_func ((GDestroyNotify) lanmu_student_row_free) : NULL;
  Listing listing = {ctl, options->class_name, found, kept};
  if (error != NULL || !lanmu_students_list (db, 0, wanted, take_row, &listing, &error))
    return lanmu_ctl_fail (ctl, error);
  if (kept == NULL)
    return LANMU_CTL_DONE;
  g_autoptr (LanmuPinyin) pinyin = lanmu_pinyin_new ();
  g_ptr_array_sort_with_data (kept, compare_names, pinyin);
  for (guint i = 0; i < kept->len; i++)
    print_row (&listing, g_ptr_array_index (kept, i));
  return LANMU_CTL_DONE;
}

int lanmu_ctl_students (LanmuCtl *ctl, int argc, char **argv)
{
  int code, wanted = LANMU_STUDENT_ANY_STATE;
  LanmuStudentState state;
  Options options = {0};
  const GOptionEntry entries[] = {
      {"class", 0, 0, G_OPTION_ARG_STRING, &options.class_name, _ ("only this class"), "NAME"},
      {"state", 0, 0, G_OPTION_ARG_STRING, &options.state,
       _ ("only this state: waiting, shot, accepted, skipped, absent"), "STATE"},
      {"find", 0, 0, G_OPTION_ARG_STRING, &options.find,
       _ ("by a piece of the number, the name, its pinyin or initials, the end of the ID number, the class"), "TEXT"},
      {"by-name", 0, 0, G_OPTION_ARG_NONE, &options.by_name, _ ("in the order of pinyin"), NULL},
      LANMU_CTL_REVEAL_OPTIONS (options.reveal),
      {0},
  };
  if (lanmu_ctl_parse (ctl, argc, argv, entries, 0, 0, NULL, &code)) {
    if (options.state != NULL && !lanmu_student_state_from_string (options.state, &state))
      code = lanmu_ctl_misuse (ctl, "students",
                               _ ("“%s” is no state; it is one of waiting, shot, accepted, skipped, absent."),
                               options.state);
    else if (lanmu_ctl_reveal (ctl, &options.reveal, "list/students", &code))
      code = list (ctl, &options, options.state != NULL ? (int) state : wanted);
  }
  g_free (options.class_name);
  g_free (options.state);
  g_free (options.find);
  g_free (options.reveal.as);
  return code;
}

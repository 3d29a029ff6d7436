/* lanmuctl repair: pictures shot as the wrong student. Shows what would be, side by side; --apply --reason does it, `undo ID` takes it back, without a word
 * it lists what was repaired. */
#include "app/ctl/veil.h"

#include "app/ctl/people.h"
#include "app/repair.h"

typedef struct {
  gboolean apply, back;
  char *reason, *shot, *plan;
} Options;

static void append_takes (GString *line, const GPtrArray *takes)
{
  for (guint i = 0; i < takes->len; i++) {
    const LanmuRepairTake *take = g_ptr_array_index (takes, i);
    g_autoptr (GDateTime) when = g_date_time_new_from_unix_local (take->wall_us / G_USEC_PER_SEC);
    g_autofree char *time = g_date_time_format (when, "%H:%M:%S");
    g_string_append_printf (line, "%s#%d %s%s", i > 0 ? ", " : "", (int) take->sequence_no, time,
                            take->chosen ? " ★" : "");
  }
  if (takes->len == 0)
    g_string_append (line, "–");
}

/* A capture code (below 0) names nobody. */
static char *dup_name (const LanmuCtl *ctl, gint64 owner, const char *name)
{
  return owner > 0 ? lanmu_ctl_dup_name (ctl, name, 0) : g_strdup (name);
}

static void print_pair (const LanmuCtl *ctl, const LanmuRepairPair *pair)
{
  g_autofree char *name = dup_name (ctl, pair->student_id, pair->name);
  g_autoptr (GString) before = g_string_new (NULL), after = g_string_new (NULL);
  append_takes (before, pair->before);
  append_takes (after, pair->after);
  lanmu_ctl_print ("%s\t%s\t%s\t%s  →  %s\t%s  →  %s\n", pair->student_no, name, pair->class_name, before->str,
                   after->str, lanmu_student_state_to_string (pair->state_before),
                   lanmu_student_state_to_string (pair->state_after));
}

static void print_plan (const LanmuCtl *ctl, const LanmuRepairPlan *plan)
{
  for (guint i = 0; i < plan->pairs->len; i++)
    print_pair (ctl, g_ptr_array_index (plan->pairs, i));
  for (guint i = 0; i < plan->moves->len; i++) {
    const LanmuRepairMove *move = g_ptr_array_index (plan->moves, i);
    g_autofree char *from = dup_name (ctl, move->from_id, move->from_name);
    if (move->to_id == 0)
      lanmu_ctl_print (_ ("Picture %d of %s %s goes to the quarantine tray.\n"), (int) move->take->sequence_no,
                       move->from_no, from);
  }
  for (guint i = 0; i < plan->refusals->len; i++)
    lanmu_ctl_print ("%s\n", ((LanmuRepairRefusal *) g_ptr_array_index (plan->refusals, i))->message);
}

static void add_takes (JsonBuilder *builder, const char *name, const GPtrArray *takes)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < takes->len; i++) {
    const LanmuRepairTake *take = g_ptr_array_index (takes, i);
    json_builder_begin_object (builder);
    lanmu_ctl_json_string (builder, "shot", take->shot);
    lanmu_ctl_json_int (builder, "sequence_no", take->sequence_no);
    lanmu_ctl_json_bool (builder, "chosen", take->chosen);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void add_pairs (JsonBuilder *builder, const LanmuCtl *ctl, const LanmuRepairPlan *plan)
{
  json_builder_set_member_name (builder, "pairs");
  json_builder_begin_array (builder);
  for (guint i = 0; i < plan->pairs->len; i++) {
    const LanmuRepairPair *pair = g_ptr_array_index (plan->pairs, i);
    g_autofree char *name = dup_name (ctl, pair->student_id, pair->name);
    json_builder_begin_object (builder);
    lanmu_ctl_json_string (builder, "student_no", pair->student_no);
    lanmu_ctl_json_string (builder, "name", name);
    lanmu_ctl_json_string (builder, "state_before", lanmu_student_state_to_string (pair->state_before));
    lanmu_ctl_json_string (builder, "state_after", lanmu_student_state_to_string (pair->state_after));
    add_takes (builder, "before", pair->before);
    add_takes (builder, "after", pair->after);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void add_moves (JsonBuilder *builder, const LanmuRepairPlan *plan)
{
  json_builder_set_member_name (builder, "moves");
  json_builder_begin_array (builder);
  for (guint i = 0; i < plan->moves->len; i++) {
    const LanmuRepairMove *move = g_ptr_array_index (plan->moves, i);
    json_builder_begin_object (builder);
    lanmu_ctl_json_string (builder, "shot", move->take->shot);
    lanmu_ctl_json_string (builder, "from", move->from_no);
    lanmu_ctl_json_string (builder, "to", move->to_no);
    lanmu_ctl_json_string (builder, "likely", move->likely_no);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void add_refusals (JsonBuilder *builder, const LanmuRepairPlan *plan)
{
  json_builder_set_member_name (builder, "refusals");
  json_builder_begin_array (builder);
  for (guint i = 0; i < plan->refusals->len; i++) {
    const LanmuRepairRefusal *refusal = g_ptr_array_index (plan->refusals, i);
    json_builder_begin_object (builder);
    lanmu_ctl_json_string (builder, "kind", refusal->kind);
    lanmu_ctl_json_string (builder, "student_no", refusal->student_no);
    lanmu_ctl_json_string (builder, "message", refusal->message);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void print_plan_json (const LanmuCtl *ctl, const LanmuRepairPlan *plan, gint64 repair_id)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_bool (builder, "ok", plan->refusals->len == 0);
  if (repair_id != 0)
    lanmu_ctl_json_int (builder, "repair", repair_id);
  lanmu_ctl_json_string (builder, "kind", lanmu_repair_kind_to_string (plan->kind));
  lanmu_ctl_json_string (builder, "plan", plan->fingerprint);
  add_pairs (builder, ctl, plan);
  add_moves (builder, plan);
  add_refusals (builder, plan);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

/* A refused plan was shown with its reasons; what is said now is the exit code's sentence. */
static int refuse_plan (const LanmuCtl *ctl, const LanmuRepairPlan *plan)
{
  LanmuCtl plain = *ctl;
  const LanmuRepairRefusal *refusal = g_ptr_array_index (plan->refusals, 0);
  plain.json = FALSE; /* the plan is the JSON answer */
  return lanmu_ctl_refuse (&plain, refusal->kind, "%s", refusal->message);
}

static int show (LanmuCtl *ctl, const LanmuRepairWish *wish)
{
  int code;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  if (db == NULL)
    return code;
  g_autoptr (LanmuRepairPlan) plan = lanmu_repair_plan (db, wish, &error);
  if (plan == NULL)
    return lanmu_ctl_fail (ctl, error);
  if (ctl->json)
    print_plan_json (ctl, plan, 0);
  else
    print_plan (ctl, plan);
  if (plan->refusals->len > 0)
    return refuse_plan (ctl, plan);
  if (!ctl->json)
    lanmu_ctl_print ("%s\n", _ ("Nothing was changed; add --apply --reason TEXT to do it."));
  return LANMU_CTL_DONE;
}

static int apply (LanmuCtl *ctl, const LanmuRepairWish *wish, const Options *options)
{
  int code = LANMU_CTL_DONE;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuStore) store = lanmu_ctl_open_writing (ctl, LANMU_DB_READ_WRITE, &code);
  if (store == NULL)
    return code;
  g_autoptr (LanmuRepairPlan) plan = lanmu_repair_plan (lanmu_store_get_reader (store), wish, &error);
  LanmuRepairJob job = {.wish = *wish,
                        .fingerprint = options->plan != NULL ? options->plan : plan != NULL ? plan->fingerprint : NULL,
                        .actor = (char *) lanmu_ctl_actor (),
                        .reason = options->reason};
  if (plan == NULL || !lanmu_store_run_sync (store, lanmu_repair_apply, &job, &error))
    code = lanmu_ctl_fail (ctl, error);
  else if (ctl->json)
    print_plan_json (ctl, plan, job.repair_id);
  else {
    print_plan (ctl, plan);
    lanmu_ctl_print (_ ("Done as repair %d; `lanmuctl repair undo %d` takes it back.\n"), (int) job.repair_id,
                     (int) job.repair_id);
  }
  g_clear_pointer (&job.students, g_array_unref);
  g_clear_pointer (&job.tokens, g_ptr_array_unref);
  lanmu_store_close (store);
  return code;
}

static void print_repair (const LanmuCtl *ctl, const LanmuRepairRow *row)
{
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_local (row->wall_us / G_USEC_PER_SEC);
  g_autofree char *time = g_date_time_format (when, "%Y-%m-%d %H:%M:%S");
  if (!ctl->json) {
    lanmu_ctl_print ("%d\t%s\t%s\t%s\t%s\t%s\n", (int) row->id, time, row->actor,
                     lanmu_repair_kind_to_string (row->kind), row->reason, row->undone_by != 0 ? _ ("taken back") : "");
    return;
  }
  g_autofree char *detail = lanmu_repair_describe (row);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_int (builder, "repair", row->id);
  lanmu_ctl_json_string (builder, "kind", lanmu_repair_kind_to_string (row->kind));
  lanmu_ctl_json_string (builder, "actor", row->actor);
  lanmu_ctl_json_string (builder, "reason", row->reason);
  lanmu_ctl_json_int (builder, "wall_us", row->wall_us);
  lanmu_ctl_json_int (builder, "undoes", row->undoes);
  lanmu_ctl_json_int (builder, "undone_by", row->undone_by);
  lanmu_ctl_json_raw (builder, "detail", detail);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static int list (LanmuCtl *ctl)
{
  int code;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  if (db == NULL)
    return code;
  g_autoptr (GPtrArray) rows = lanmu_repairs_get_all (db, &error);
  if (rows == NULL)
    return lanmu_ctl_fail (ctl, error);
  for (guint i = 0; i < rows->len; i++)
    print_repair (ctl, g_ptr_array_index (rows, i));
  return LANMU_CTL_DONE;
}

/* FALSE: the words make no sense. */
static gboolean read_wish (char **rest, const Options *options, LanmuRepairWish *wish)
{
  guint n = g_strv_length (rest);
  const char *word = n > 0 ? rest[0] : "";
  wish->first = n > 1 ? rest[1] : NULL;
  wish->second = n > 2 ? rest[2] : NULL;
  wish->backward = options->back;
  if (g_str_equal (word, "swap") && n == 3)
    wish->kind = LANMU_REPAIR_SWAP;
  else if (g_str_equal (word, "shift") && n == 3)
    wish->kind = LANMU_REPAIR_SHIFT;
  else if (g_str_equal (word, "move") && n == (options->shot != NULL ? 2 : 3))
    wish->kind = LANMU_REPAIR_MOVE;
  else if (g_str_equal (word, "undo") && n == 2 && g_ascii_string_to_unsigned (rest[1], 10, 1, G_MAXINT, NULL, NULL))
    wish->kind = LANMU_REPAIR_UNDO;
  else
    return FALSE;
  if (wish->kind == LANMU_REPAIR_MOVE && options->shot != NULL) {
    wish->shot = options->shot;
    wish->second = rest[1];
  }
  if (wish->kind == LANMU_REPAIR_UNDO)
    wish->undoes = g_ascii_strtoll (rest[1], NULL, 10);
  return (options->shot == NULL || wish->kind == LANMU_REPAIR_MOVE) && (!options->back || wish->kind == LANMU_REPAIR_SHIFT);
}

static int repair (LanmuCtl *ctl, char **rest, const Options *options)
{
  LanmuRepairWish wish = {0};
  if (rest[0] == NULL)
    return list (ctl);
  if (!read_wish (rest, options, &wish))
    return lanmu_ctl_misuse (ctl, "repair", "%s",
                             _ ("Say `repair`, `repair swap NO NO`, `repair move NO NO`, `repair move --shot SHOT NO`, "
                                "`repair shift FIRST LAST [--back]` or `repair undo ID`."));
  if (options->apply && (options->reason == NULL || *options->reason == '\0'))
    return lanmu_ctl_misuse (ctl, "repair", "%s", _ ("A repair needs a reason: add --reason TEXT."));
  return options->apply ? apply (ctl, &wish, options) : show (ctl, &wish);
}

int lanmu_ctl_repair (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  Options options = {0};
  g_auto (GStrv) rest = NULL;
  const GOptionEntry entries[] = {
      {"apply", 0, 0, G_OPTION_ARG_NONE, &options.apply, _ ("do it; without, it is only shown"), NULL},
      {"reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, _ ("how the slip happened"), "TEXT"},
      {"shot", 0, 0, G_OPTION_ARG_STRING, &options.shot, _ ("move: this picture only"), "SHOT"},
      {"back", 0, 0, G_OPTION_ARG_NONE, &options.back, _ ("shift: each picture is of the one before in the queue"), NULL},
      {"plan", 0, 0, G_OPTION_ARG_STRING, &options.plan, _ ("apply only what was shown under this plan"), "HASH"},
      {0},
  };
  if (lanmu_ctl_parse (ctl, argc, argv, entries, 0, 3, &rest, &code))
    code = repair (ctl, rest, &options);
  g_free (options.reason);
  g_free (options.shot);
  g_free (options.plan);
  return code;
}

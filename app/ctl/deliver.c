/* lanmuctl deliver DIR: pictures and table for whoever gets them, all or nothing, signed, recorded. */
#include "app/ctl/ctl.h"
#include "app/ctl/passwordfile.h"

#include <gio/gio.h>
#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "app/delivery/prints.h"
#include "app/delivery/record.h"
#include "app/roles/pin.h"
#include "app/standard/profiles.h"

typedef struct {
  LanmuCtl *ctl;
  const char *target;
  LanmuDeliveryWish wish;
  guint prints;
  LanmuZipWish *zip; /* NULL: a folder */
  gboolean dry_run;
} Order;

static int stop_asked;

static void on_interrupt (int number)
{
  g_atomic_int_set (&stop_asked, 1);
}

/* -- what is said -- */

static void say_problem (LanmuCtl *ctl, const LanmuDeliveryProblem *problem)
{
  if (!ctl->json) {
    lanmu_ctl_print ("%s\t%s\t%s%s\n", problem->who, lanmu_delivery_problem_word (problem->kind), problem->message,
                     problem->accepted ? _ (" (accepted)") : "");
    return;
  }
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_string (builder, "who", problem->who);
  lanmu_ctl_json_string (builder, "problem", lanmu_delivery_problem_word (problem->kind));
  lanmu_ctl_json_string (builder, "message", problem->message);
  lanmu_ctl_json_bool (builder, "accepted", problem->accepted);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static void say_end (const Order *order, const LanmuDeliveryPlan *plan, const LanmuDeliveryMade *made)
{
  if (!order->ctl->json) {
    lanmu_ctl_print (
        _ ("%u people, %u files in %s.\nSigned by %s; prove it anywhere with: lanmuctl verify-delivery %s\n"),
        plan->delivered, made->files, order->target, made->fingerprint, order->target);
    return;
  }
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_bool (builder, "ok", TRUE);
  lanmu_ctl_json_int (builder, "people", plan->delivered);
  lanmu_ctl_json_int (builder, "files", made->files);
  lanmu_ctl_json_int (builder, "kept", made->kept);
  lanmu_ctl_json_int (builder, "delivered_before", plan->already);
  lanmu_ctl_json_string (builder, "uuid", made->uuid);
  lanmu_ctl_json_string (builder, "key", made->fingerprint);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static void on_progress (guint done, guint all, gpointer data)
{
  if (isatty (STDERR_FILENO) && (done % 50 == 0 || done == all))
    fprintf (stderr, "\r%u/%u%s", done, all, done == all ? "\n" : "");
}

/* -- the writing -- */

static gboolean write_all (LanmuStore *store, const Order *order, const LanmuDeliveryPlan *plan,
                           LanmuDeliveryMade *made, GError **error)
{
  g_autoptr (LanmuCampaignRow) campaign = lanmu_campaign_get (lanmu_store_get_reader (store), error);
  const char *kind = order->wish.portraits ? "portraits" : "originals";
  if (!campaign)
    return FALSE;
  const LanmuDeliveryOrder wanted = {
      .data_dir = order->ctl->data_dir,
      .target = order->target,
      .plan = plan,
      .campaign = campaign,
      .kind = kind,
      .tables = order->wish.tables,
      .with_id = order->wish.with_id,
      .prints = order->prints,
      .zip = order->zip,
      .progress = on_progress,
      .stop = &stop_asked,
  };
  if (!lanmu_delivery_fill (&wanted, made, error))
    return FALSE;
  g_autofree char *place = g_canonicalize_filename (order->target, NULL);
  LanmuDeliveryRecord record = {.plan = plan,
                                .row = {.uuid = made->uuid,
                                        .kind = (char *) kind,
                                        .place = place,
                                        .manifest_sha256 = made->manifest_sha256,
                                        .files = made->files,
                                        .people = plan->delivered,
                                        .actor = (char *) lanmu_ctl_actor ()}};
  return lanmu_store_run_sync (store, lanmu_delivery_record_begin, &record, error) &&
         lanmu_delivery_place (order->target, error) &&
         lanmu_store_run_sync (store, lanmu_delivery_record_end, &record, error);
}

static int refuse_plan (const Order *order, guint blocking)
{
  return lanmu_ctl_refuse (order->ctl, "not-deliverable",
                           _ ("%u people cannot be delivered as asked (see above); nothing was written. Correct it, "
                              "name files another way, or leave them out with --accept KIND."),
                           blocking);
}

static int deliver (LanmuStore *store, Order *order)
{
  g_autoptr (GError) error = NULL;
  LanmuDb *db = lanmu_store_get_reader (store);
  g_autoptr (LanmuProfile) profile = lanmu_profile_of_campaign (db, &error);
  if (!profile ||
      (order->wish.schemes->len == 0 &&
       !lanmu_delivery_add_default_scheme (db, profile, order->wish.schemes, &error)) ||
      !lanmu_store_run_sync (store, lanmu_delivery_record_settle, (gpointer) lanmu_ctl_actor (), &error))
    return lanmu_ctl_fail (order->ctl, error);
  order->wish.profile_sha256 = profile->digest;
  g_autoptr (LanmuDeliveryPlan) plan = lanmu_delivery_plan_new (lanmu_store_get_reader (store), &order->wish, &error);
  if (!plan)
    return lanmu_ctl_fail (order->ctl, error);
  for (guint i = 0; i < plan->problems->len; i++)
    say_problem (order->ctl, plan->problems->pdata[i]);
  guint blocking = lanmu_delivery_plan_blocking (plan);
  if (blocking > 0)
    return refuse_plan (order, blocking);
  if (plan->files->len == 0)
    return lanmu_ctl_refuse (order->ctl, "nothing", "%s",
                             _ ("There is nothing to deliver: no accepted picture that was not delivered before."));
  g_auto (LanmuDeliveryMade) made = {0};
  if (order->dry_run) {
    lanmu_ctl_print (order->ctl->json ? "{\"ok\":true,\"people\":%u,\"files\":%u}\n"
                                      : _ ("%u people, %u files; nothing was written.\n"),
                     plan->delivered, plan->files->len);
    return LANMU_CTL_DONE;
  }
  if (!write_all (store, order, plan, &made, &error))
    return lanmu_ctl_fail (order->ctl, error);
  say_end (order, plan, &made);
  return LANMU_CTL_DONE;
}

/* -- the words -- */

static gboolean read_schemes (LanmuCtl *ctl, char **names, GPtrArray *schemes, int *code)
{
  for (char **name = names; name && *name; name++) {
    g_autoptr (GError) error = NULL;
    LanmuScheme *scheme = lanmu_scheme_new (*name, &error);
    if (!scheme) {
      *code = lanmu_ctl_misuse (ctl, "deliver", "%s", error->message);
      return FALSE;
    }
    g_ptr_array_add (schemes, scheme);
  }
  return TRUE;
}

static gboolean read_accepted (LanmuCtl *ctl, char **words, guint *bits, int *code)
{
  for (char **word = words; word && *word; word++) {
    LanmuDeliveryProblemKind kind;
    if (!lanmu_delivery_problem_from_word (*word, &kind)) {
      *code = lanmu_ctl_misuse (
          ctl, "deliver", _ ("There is no problem “%s”: name, collision, not-countersigned, no-portrait or code-page."),
          *word);
      return FALSE;
    }
    *bits |= 1u << kind;
  }
  return TRUE;
}

static gboolean read_tables (LanmuCtl *ctl, char **words, guint *bits, int *code)
{
  for (char **word = words; word && *word; word++) {
    LanmuTableForm form;
    if (!lanmu_table_form_from_word (*word, &form)) {
      *code = lanmu_ctl_misuse (ctl, "deliver", _ ("There is no table form “%s”: csv, gb18030, xlsx or dbf."), *word);
      return FALSE;
    }
    *bits |= 1u << form;
  }
  if (*bits == 0)
    *bits = 1u << LANMU_TABLE_CSV;
  return TRUE;
}

/* "700M", "2G", "650000000". */
static gboolean read_size (LanmuCtl *ctl, const char *text, guint64 *bytes, int *code)
{
  char *end = NULL;
  guint64 number = g_ascii_strtoull (text, &end, 10);
  guint64 unit = *end == '\0'                         ? 1
                 : g_ascii_strcasecmp (end, "M") == 0 ? 1000 * 1000
                 : g_ascii_strcasecmp (end, "G") == 0 ? 1000 * 1000 * 1000
                                                      : 0;
  *bytes = number * unit;
  if (g_ascii_isdigit (*text) && unit > 0 && number <= G_MAXUINT32 && *bytes >= 1000 * 1000)
    return TRUE;
  *code = lanmu_ctl_misuse (ctl, "deliver",
                            _ ("“%s” is no size for a zip: write 700M or 2G, a million bytes at least."), text);
  return FALSE;
}

static gboolean read_zip (LanmuCtl *ctl, const char *target, const char *split, const char *password_file,
                          LanmuZipWish *wish, int *code)
{
  g_autofree char *whole = g_canonicalize_filename (target, NULL);
  wish->name = g_path_get_basename (whole);
  if (split && !read_size (ctl, split, &wish->split, code))
    return FALSE;
  return !password_file || lanmu_ctl_read_password (ctl, "deliver", password_file, TRUE, &wish->password, code);
}

static gboolean read_prints (LanmuCtl *ctl, char **words, guint *bits, int *code)
{
  for (char **word = words; word && *word; word++) {
    guint bit = g_str_equal (*word, "jpeg") ? LANMU_PRINTS_JPEG : g_str_equal (*word, "pdf") ? LANMU_PRINTS_PDF : 0;
    if (bit == 0) {
      *code = lanmu_ctl_misuse (ctl, "deliver", _ ("There are no print sheets as “%s”: jpeg or pdf."), *word);
      return FALSE;
    }
    *bits |= bit;
  }
  return TRUE;
}

int lanmu_ctl_deliver (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  g_auto (GStrv) rest = NULL, names = NULL, accepted = NULL, tables = NULL, prints = NULL;
  g_autofree char *class_name = NULL, *split = NULL, *password_file = NULL;
  gboolean zipped = FALSE;
  LanmuZipWish zip = {0};
  gboolean originals = FALSE;
  g_autoptr (GPtrArray) schemes = g_ptr_array_new_with_free_func ((GDestroyNotify) lanmu_scheme_free);
  Order order = {.ctl = ctl, .wish = {.schemes = schemes}};
  const GOptionEntry entries[] = {
      {"name", 0, 0, G_OPTION_ARG_STRING_ARRAY, &names,
       _ ("how files are called, {college}/{major}/{class}/{student_no}; again for another folder: LABEL=TEMPLATE"),
       "TEMPLATE"},
      {"originals", 0, 0, G_OPTION_ARG_NONE, &originals, _ ("the shots as the camera made them"), NULL},
      {"with-originals", 0, 0, G_OPTION_ARG_NONE, &order.wish.originals_too,
       _ ("the portraits, and the shots in a folder beside them"), NULL},
      {"new", 0, 0, G_OPTION_ARG_NONE, &order.wish.only_new, _ ("only pictures that no earlier delivery had"), NULL},
      {"class", 0, 0, G_OPTION_ARG_STRING, &class_name, _ ("one class only"), "NAME"},
      {"table", 0, 0, G_OPTION_ARG_STRING_ARRAY, &tables,
       _ ("the table's form: csv (default), gb18030, xlsx or dbf; again for another one"), "FORM"},
      {"print", 0, 0, G_OPTION_ARG_STRING_ARRAY, &prints,
       _ ("print sheets, four two-inch and eight one-inch portraits each: jpeg or pdf; again for both"), "FORM"},
      {"zip", 0, 0, G_OPTION_ARG_NONE, &zipped, _ ("as zip files in the folder"), NULL},
      {"split", 0, 0, G_OPTION_ARG_STRING, &split, _ ("zips no larger than this: 700M, 2G"), "SIZE"},
      {"password-file", 0, 0, G_OPTION_ARG_FILENAME, &password_file,
       _ ("encrypt the zips (AES-256) with the password in the first line of a file; - asks for it"), "FILE"},
      {"with-id", 0, 0, G_OPTION_ARG_NONE, &order.wish.with_id, _ ("with ID numbers in the table"), NULL},
      {"accept", 0, 0, G_OPTION_ARG_STRING_ARRAY, &accepted, _ ("deliver although somebody has this problem"), "KIND"},
      {"dry-run", 0, 0, G_OPTION_ARG_NONE, &order.dry_run, _ ("say what would be delivered, write nothing"), NULL},
      {0},
  };
  if (!lanmu_ctl_parse (ctl, argc, argv, entries, 1, 1, &rest, &code))
    return code;
  if (originals && order.wish.originals_too)
    return lanmu_ctl_misuse (ctl, "deliver", "%s",
                             _ ("--originals is the shots alone, --with-originals both: choose one."));
  if (!zipped && (split || password_file))
    return lanmu_ctl_misuse (ctl, "deliver", "%s", _ ("--split and --password-file are for zips: add --zip."));
  if (originals && prints)
    return lanmu_ctl_misuse (ctl, "deliver", "%s", _ ("Print sheets are made of portraits: leave --originals out."));
  if (!read_schemes (ctl, names, schemes, &code) || !read_tables (ctl, tables, &order.wish.tables, &code) ||
      !read_prints (ctl, prints, &order.prints, &code) || !read_accepted (ctl, accepted, &order.wish.accepted, &code))
    return code;
  order.target = rest[0];
  if (zipped && !read_zip (ctl, order.target, split, password_file, &zip, &code))
    return code;
  order.zip = zipped ? &zip : NULL;
  order.wish.portraits = !originals;
  order.wish.class_name = class_name;
  g_autoptr (LanmuStore) store = lanmu_ctl_open_writing (ctl, LANMU_DB_READ_WRITE, &code);
  if (store == NULL)
    return code;
  signal (SIGINT, on_interrupt);
  code = deliver (store, &order);
  lanmu_store_close (store);
  lanmu_pin_wipe (zip.password);
  g_free (zip.password);
  g_free (zip.name);
  return code;
}

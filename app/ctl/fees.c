/* lanmuctl fees: who paid, and the settlement on those really photographed. */
#include "app/ctl/dayline.h"

#include "app/day/book.h"
#include "app/day/day.h"
#include "app/day/settlement.h"
#include "db/payments.h"

typedef struct {
  char *college, *yuan, *note, *xlsx;
  int people;
} Options;

typedef struct {
  LanmuCtlWho who;
  const Options *options;
  gint64 fen; /* -1 = the campaign's fee for each */
  gint64 withdraw;
} Work;

static gint64 sum_for (LanmuDb *db, const Work *self, int people)
{
  return self->fen >= 0 ? self->fen : lanmu_day_fee (db) * people;
}

static gboolean pay (LanmuDb *db, gpointer data, GError **error)
{
  Work *self = data;
  const char *note = self->options->note, *actor = lanmu_ctl_actor ();
  if (self->withdraw != 0)
    return lanmu_payment_withdraw (db, self->withdraw, actor, error);
  if (!lanmu_ctl_who_find (db, &self->who, error))
    return FALSE;
  if (self->who.class_id != 0)
    return lanmu_payment_of_class (db, self->who.class_id, self->options->people, sum_for (db, self, self->options->people), note, actor, error) != 0;
  for (guint i = 0; i < self->who.ids->len; i++)
    if (lanmu_payment_of_student (db, g_array_index (self->who.ids, gint64, i), sum_for (db, self, 1), note, actor, error) == 0)
      return FALSE;
  return TRUE;
}

/* All the students of one call, or none. */
static gboolean work (LanmuDb *db, gpointer data, GError **error)
{
  return lanmu_db_transaction (db, "fees", pay, data, error);
}

static int decide (LanmuCtl *ctl, Work *self)
{
  int code = lanmu_ctl_write (ctl, work, self);
  lanmu_ctl_who_clear (&self->who);
  return code == LANMU_CTL_DONE ? lanmu_ctl_done (ctl, "%s", _ ("Done.")) : code;
}

static void print_payment (LanmuCtl *ctl, const LanmuPaymentRow *row)
{
  g_autofree char *yuan = lanmu_book_yuan (row->fen);
  if (!ctl->json) {
    lanmu_ctl_print ("%" G_GINT64_FORMAT "\t%s\t%s\t%d\t%s\t%s\t%s%s\n", row->id, row->class_name, row->student_no != NULL ? row->student_no : "", row->people, yuan, row->actor,
                     row->note, row->withdrawn ? _ ("\twithdrawn") : "");
    return;
  }
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_int (builder, "payment", row->id);
  lanmu_ctl_json_string (builder, "class", row->class_name);
  lanmu_ctl_json_string (builder, "student_no", row->student_no);
  lanmu_ctl_json_int (builder, "people", row->people);
  lanmu_ctl_json_int (builder, "fen", row->fen);
  lanmu_ctl_json_string (builder, "note", row->note);
  lanmu_ctl_json_string (builder, "actor", row->actor);
  lanmu_ctl_json_bool (builder, "withdrawn", row->withdrawn);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static void print_settlement (LanmuCtl *ctl, const LanmuSettlementRow *row)
{
  g_autofree char *due = lanmu_book_yuan (row->due_fen), *paid = lanmu_book_yuan (row->counts.paid_fen), *difference = lanmu_book_yuan (row->difference_fen);
  if (!ctl->json) {
    lanmu_ctl_print ("%s\t%s\t%d\t%d\t%d\t%d\t%s\t%s\t%s\t%s\n", *row->college != '\0' ? row->college : _ ("all"), *row->class_name != '\0' ? row->class_name : _ ("sum"),
                     row->counts.expected, row->counts.present, row->counts.photographed, row->counts.paid, due, paid, difference, row->differences);
    return;
  }
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_string (builder, "college", row->college);
  lanmu_ctl_json_string (builder, "class", row->class_name);
  lanmu_ctl_json_int (builder, "expected", row->counts.expected);
  lanmu_ctl_json_int (builder, "present", row->counts.present);
  lanmu_ctl_json_int (builder, "photographed", row->counts.photographed);
  lanmu_ctl_json_int (builder, "paid", row->counts.paid);
  lanmu_ctl_json_int (builder, "due_fen", row->due_fen);
  lanmu_ctl_json_int (builder, "paid_fen", row->counts.paid_fen);
  lanmu_ctl_json_int (builder, "difference_fen", row->difference_fen);
  lanmu_ctl_json_string (builder, "differences", row->differences);
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
  g_autoptr (GPtrArray) rows = lanmu_payments_list (db, 0, TRUE, &error);
  if (rows == NULL)
    return lanmu_ctl_fail (ctl, error);
  for (guint i = 0; i < rows->len; i++)
    print_payment (ctl, rows->pdata[i]);
  return LANMU_CTL_DONE;
}

static int settle (LanmuCtl *ctl, const char *xlsx)
{
  int code;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  if (db == NULL)
    return code;
  gint64 fee = lanmu_day_fee (db);
  g_autoptr (GPtrArray) rows = lanmu_settlement_make (db, fee, &error);
  if (rows == NULL)
    return lanmu_ctl_fail (ctl, error);
  for (guint i = 0; i < rows->len; i++)
    print_settlement (ctl, rows->pdata[i]);
  if (xlsx != NULL && !lanmu_settlement_save_xlsx (db, rows, fee, xlsx, &error))
    return lanmu_ctl_fail_with (ctl, xlsx, error);
  return LANMU_CTL_DONE;
}

static int run (LanmuCtl *ctl, const Options *options, char **rest)
{
  const char *word = rest[0];
  Work self = {.options = options, .fen = -1};
  guint64 id = 0;
  if (options->yuan != NULL && !lanmu_ctl_read_yuan (options->yuan, &self.fen))
    return lanmu_ctl_misuse (ctl, "fees", _ ("“%s” is no sum: write 15 or 15.50."), options->yuan);
  if (word == NULL)
    return list (ctl);
  if (g_str_equal (word, "settlement") && rest[1] == NULL)
    return settle (ctl, options->xlsx);
  if (g_str_equal (word, "withdraw") && rest[1] != NULL && g_ascii_string_to_unsigned (rest[1], 10, 1, G_MAXINT64, &id, NULL)) {
    self.withdraw = (gint64) id;
    return decide (ctl, &self);
  }
  if (g_str_equal (word, "paid") && rest[1] != NULL) {
    self.who.numbers = rest + 1;
    return decide (ctl, &self);
  }
  if (g_str_equal (word, "total") && rest[1] != NULL && rest[2] == NULL && options->people > 0) {
    self.who = (LanmuCtlWho){.class_name = rest[1], .college = options->college};
    return decide (ctl, &self);
  }
  return lanmu_ctl_misuse (ctl, "fees", "%s",
                           _ ("Say `fees`, `fees paid NO…`, `fees total CLASS --people N`, `fees withdraw PAYMENT` or `fees settlement`; `settings campaign.fee=1500` is the fee."));
}

int lanmu_ctl_fees (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  Options options = {0};
  g_auto (GStrv) rest = NULL;
  const GOptionEntry entries[] = {
      {"college", 0, 0, G_OPTION_ARG_STRING, &options.college, _ ("where two classes have one name"), "NAME"},
      {"people", 0, 0, G_OPTION_ARG_INT, &options.people, _ ("for how many a sum is"), "N"},
      {"yuan", 0, 0, G_OPTION_ARG_STRING, &options.yuan, _ ("the sum (default: the campaign's fee a head)"), "SUM"},
      {"note", 0, 0, G_OPTION_ARG_STRING, &options.note, _ ("kept with it"), "TEXT"},
      {"xlsx", 0, 0, G_OPTION_ARG_FILENAME, &options.xlsx, _ ("save the settlement as xlsx"), "FILE"},
      {0},
  };
  if (lanmu_ctl_parse (ctl, argc, argv, entries, 0, 1000, &rest, &code))
    code = run (ctl, &options, rest);
  char *all[] = {options.college, options.yuan, options.note, options.xlsx};
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    g_free (all[i]);
  return code;
}

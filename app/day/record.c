/* See record.h. */
#include "app/day/record.h"

#include "app/day/day.h"
#include "db/campaign.h"
#include "db/corrections.h"
#include "db/countersigns.h"
#include "db/presence.h"
#include "db/shots.h"

static void add_field (GString *out, const char *text)
{
  g_string_append_c (out, '\t');
  for (const char *c = text != NULL ? text : ""; *c != '\0'; c++)
    g_string_append_c (out, *c == '\t' || *c == '\n' || *c == '\r' ? ' ' : *c);
}

static void add_number (GString *out, gint64 number)
{
  g_string_append_printf (out, "\t%" G_GINT64_FORMAT, number);
}

static gboolean add_head (LanmuDb *db, gint64 class_id, GString *out, GError **error)
{
  g_autoptr (LanmuCampaignRow) campaign = lanmu_campaign_get (db, error);
  g_autoptr (GPtrArray) rows = campaign != NULL ? lanmu_day_counts_list (db, class_id, error) : NULL;
  if (rows == NULL)
    return FALSE;
  if (rows->len == 0) {
    g_set_error_literal (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW, "There is no such class");
    return FALSE;
  }
  const LanmuDayCountsRow *row = rows->pdata[0];
  const LanmuDayCounts *counts = &row->counts;
  const gint64 numbers[] = {counts->expected, counts->present, counts->photographed, counts->by_state[LANMU_STUDENT_ABSENT], counts->held,
                            counts->by_state[LANMU_STUDENT_SKIPPED], counts->walk_ins, counts->paid, counts->paid_fen, lanmu_day_fee (db)};
  g_string_append (out, "lanmu-class-record\t1\ncampaign");
  add_field (out, campaign->uuid);
  add_field (out, campaign->name);
  add_field (out, campaign->school_code);
  g_string_append (out, "\nclass");
  add_field (out, row->college_name);
  add_field (out, row->major_name);
  add_field (out, row->class_name);
  g_string_append (out, "\ncounts");
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    add_number (out, numbers[i]);
  g_string_append_c (out, '\n');
  return TRUE;
}

/* 拍摄号, hash and who confirmed it, of the picture that was chosen. */
static gboolean add_picture (LanmuDb *db, const char *chosen, GString *out, GError **error)
{
  g_autoptr (LanmuCountersignRow) said = NULL;
  g_autoptr (LanmuShotRow) shot = chosen != NULL ? lanmu_shot_get (db, chosen, error) : NULL;
  if (chosen == NULL) {
    g_string_append (out, "\t\t\t");
    return TRUE;
  }
  if (shot == NULL || !lanmu_countersign_of_shot (db, chosen, &said, error))
    return FALSE;
  add_number (out, shot->sequence_no);
  add_field (out, shot->sha256);
  add_field (out, said != NULL && said->confirmed ? said->actor : "");
  return TRUE;
}

static gboolean add_students (LanmuDb *db, gint64 class_id, GString *out, GError **error)
{
  g_autoptr (GPtrArray) students = lanmu_students_get_all (db, class_id, LANMU_STUDENT_ANY_STATE, error);
  g_autoptr (GPtrArray) marks = students != NULL ? lanmu_presence_list (db, class_id, 0, error) : NULL;
  if (marks == NULL)
    return FALSE;
  for (guint i = 0; i < students->len; i++) {
    const LanmuStudentRow *student = students->pdata[i];
    const LanmuPresenceRow *mark = marks->pdata[i]; /* the same order */
    g_string_append (out, "student");
    add_field (out, student->student_no);
    add_field (out, student->name);
    add_field (out, lanmu_student_state_to_string (student->state));
    add_field (out, mark->hold_kind);
    add_field (out, mark->hold_reason);
    if (!add_picture (db, student->state == LANMU_STUDENT_ACCEPTED ? student->chosen_shot : NULL, out, error))
      return FALSE;
    g_string_append_c (out, '\n');
  }
  return TRUE;
}

typedef struct {
  GHashTable *of_class; /* gint64 * */
  GPtrArray *lines;     /* char *, by slip */
} Slips;

static gboolean take_slip (const LanmuCorrectionRow *row, gpointer data)
{
  Slips *slips = data;
  if (!g_hash_table_contains (slips->of_class, &row->student_id))
    return TRUE;
  g_autoptr (GString) line = g_string_new (NULL);
  g_string_append_printf (line, "correction\t%" G_GINT64_FORMAT, row->id);
  const char *texts[] = {row->student_no, row->field, row->old_value, row->new_value, row->note};
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    add_field (line, texts[i]);
  g_ptr_array_add (slips->lines, g_strdup (line->str));
  return TRUE;
}

static int by_slip (gconstpointer a, gconstpointer b)
{
  gint64 left = g_ascii_strtoll (*(char *const *) a + sizeof "correction", NULL, 10), right = g_ascii_strtoll (*(char *const *) b + sizeof "correction", NULL, 10);
  return left < right ? -1 : left > right;
}

static gboolean add_slips (LanmuDb *db, gint64 class_id, GString *out, GError **error)
{
  g_autoptr (GPtrArray) students = lanmu_students_get_all (db, class_id, LANMU_STUDENT_ANY_STATE, error);
  g_autoptr (GHashTable) of_class = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  Slips slips = {of_class, lines};
  for (guint i = 0; students != NULL && i < students->len; i++)
    g_hash_table_add (of_class, &((LanmuStudentRow *) students->pdata[i])->id);
  if (students == NULL || !lanmu_corrections_list (db, FALSE, take_slip, &slips, error))
    return FALSE;
  g_ptr_array_sort (lines, by_slip);
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (out, "%s\n", (char *) lines->pdata[i]);
  return TRUE;
}

char *lanmu_record_make (LanmuDb *db, gint64 class_id, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  if (!add_head (db, class_id, out, error) || !add_students (db, class_id, out, error) || !add_slips (db, class_id, out, error))
    return NULL;
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *lanmu_record_hash (const char *record)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, record, -1);
}

const char *lanmu_record_group (char *const *fields)
{
  return *fields[4] != '\0' && !g_str_equal (fields[3], "accepted") ? "held" : fields[3];
}

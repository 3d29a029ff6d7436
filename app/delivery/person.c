/* Who is delivered; see person.h. Reads through the tables' own functions. */
#include "app/delivery/person.h"

#include "db/chosen.h"
#include "db/codes.h"
#include "db/students.h"

static const struct {
  const char *word, *title;
} names[LANMU_DELIVER_N_FIELDS] = {
    [LANMU_DELIVER_COLLEGE] = {"college", "学院"}, [LANMU_DELIVER_MAJOR] = {"major", "专业"},
    [LANMU_DELIVER_CLASS] = {"class", "班级"},     [LANMU_DELIVER_STUDENT_NO] = {"student_no", "学号"},
    [LANMU_DELIVER_NAME] = {"name", "姓名"},       [LANMU_DELIVER_SEX] = {"sex", "性别"},
    [LANMU_DELIVER_ID_NO] = {"id_no", "证件号"},   [LANMU_DELIVER_EXAM_NO] = {"exam_no", "考生号"},
    [LANMU_DELIVER_TOKEN] = {"token", "采集码"},   [LANMU_DELIVER_SEQUENCE_NO] = {"sequence_no", "拍摄号"},
};

const char *lanmu_deliver_field_word (LanmuDeliverField field)
{
  return names[field].word;
}

const char *lanmu_deliver_field_title (LanmuDeliverField field)
{
  return names[field].title;
}

gboolean lanmu_deliver_field_from_word (const char *word, LanmuDeliverField *field)
{
  for (guint i = 0; i < LANMU_DELIVER_N_FIELDS; i++)
    if (g_str_equal (word, names[i].word) || g_str_equal (word, names[i].title)) {
      *field = i;
      return TRUE;
    }
  *field = LANMU_DELIVER_SEQUENCE_NO;
  return g_str_equal (word, "sequence"); /* as profiles call it */
}

void lanmu_deliverable_free (LanmuDeliverable *self)
{
  if (!self)
    return;
  for (guint i = 0; i < LANMU_DELIVER_N_FIELDS; i++)
    g_free (self->fields[i]);
  g_free (self->shot_id);
  g_free (self->sha256);
  g_free (self->path);
  g_free (self->taken_at);
  g_free (self->proof);
  g_free (self->portrait_path);
  g_free (self->portrait_sha256);
  g_free (self->portrait_profile);
  g_free (self);
}

static void add_shot (LanmuDeliverable *self, const LanmuChosenRow *shot)
{
  self->fields[LANMU_DELIVER_SEQUENCE_NO] = g_strdup_printf ("%" G_GINT64_FORMAT, shot->sequence_no);
  self->shot_id = g_strdup (shot->shot_id);
  self->sha256 = g_strdup (shot->sha256);
  self->path = g_strdup (shot->path);
  self->taken_at = g_strdup (shot->exif_time);
  self->proof = g_strdup (shot->proof);
  self->countersigned = shot->countersigned;
  self->portrait_path = g_strdup (shot->portrait_path);
  self->portrait_sha256 = g_strdup (shot->portrait_sha256);
  self->portrait_profile = g_strdup (shot->portrait_profile);
  self->delivered = shot->delivered;
}

static void fill_rest (LanmuDeliverable *self)
{
  for (guint i = 0; i < LANMU_DELIVER_N_FIELDS; i++)
    if (!self->fields[i])
      self->fields[i] = g_strdup ("");
}

static void add_student (GPtrArray *people, const LanmuStudentRow *row, const LanmuChosenRow *shot)
{
  LanmuDeliverable *self = g_new0 (LanmuDeliverable, 1);
  const char *const known[LANMU_DELIVER_N_FIELDS] = {
      [LANMU_DELIVER_COLLEGE] = row->college_name,
      [LANMU_DELIVER_MAJOR] = row->major_name,
      [LANMU_DELIVER_CLASS] = row->class_name,
      [LANMU_DELIVER_STUDENT_NO] = row->student_no,
      [LANMU_DELIVER_NAME] = row->name,
      [LANMU_DELIVER_SEX] = row->sex,
      [LANMU_DELIVER_ID_NO] = row->id_no,
      [LANMU_DELIVER_EXAM_NO] = row->exam_no,
  };
  for (guint i = 0; i < LANMU_DELIVER_N_FIELDS; i++)
    self->fields[i] = g_strdup (known[i]);
  self->student_id = row->id;
  add_shot (self, shot);
  fill_rest (self);
  g_ptr_array_add (people, self);
}

static void add_code (GPtrArray *people, const LanmuCodeRow *row, const LanmuChosenRow *shot)
{
  LanmuDeliverable *self = g_new0 (LanmuDeliverable, 1);
  self->fields[LANMU_DELIVER_TOKEN] = g_strdup (row->token);
  add_shot (self, shot);
  fill_rest (self);
  g_ptr_array_add (people, self);
}

/* NULL: an error. A reader beside a writer may see the list and the pictures at two moments. */
static const LanmuChosenRow *find_shot (GHashTable *shots, const char *id, GError **error)
{
  const LanmuChosenRow *shot = id ? g_hash_table_lookup (shots, id) : NULL;
  if (!shot)
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_FAILED, "The records changed while they were read: try again");
  return shot;
}

GPtrArray *lanmu_deliverables_load (LanmuDb *db, const char *kind, GError **error)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify) lanmu_deliverable_free);
  g_autoptr (GHashTable) shots = lanmu_chosen_get_all (db, kind, error);
  g_autoptr (GPtrArray) students = shots ? lanmu_students_get_all (db, 0, LANMU_STUDENT_ACCEPTED, error) : NULL;
  g_autoptr (GPtrArray) codes = students ? lanmu_codes_get_all (db, error) : NULL;

  if (!codes)
    return NULL;
  for (guint i = 0; i < students->len; i++) {
    const LanmuStudentRow *row = students->pdata[i];
    const LanmuChosenRow *shot = find_shot (shots, row->chosen_shot, error);
    if (!shot)
      return NULL;
    add_student (people, row, shot);
  }
  for (guint i = 0; i < codes->len; i++) {
    const LanmuCodeRow *row = codes->pdata[i];
    const LanmuChosenRow *shot = row->state == LANMU_CODE_ACCEPTED ? find_shot (shots, row->chosen_shot, error) : NULL;
    if (row->state == LANMU_CODE_ACCEPTED && !shot)
      return NULL;
    if (shot)
      add_code (people, row, shot);
  }
  return g_steal_pointer (&people);
}

/* Who is delivered; see person.h. Reads through the tables' own functions. */
#include "app/delivery/person.h"

#include "db/codes.h"
#include "db/countersigns.h"
#include "db/shots.h"
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
  g_free (self);
}

/* What the chosen take says; FALSE with an error. */
static gboolean add_shot (LanmuDb *db, LanmuDeliverable *self, const char *shot_id, GError **error)
{
  g_autoptr (LanmuShotRow) shot = lanmu_shot_get (db, shot_id, error);
  g_autoptr (LanmuCountersignRow) word = NULL;
  if (!shot || !lanmu_countersign_of_shot (db, shot_id, &word, error))
    return FALSE;
  self->fields[LANMU_DELIVER_SEQUENCE_NO] = g_strdup_printf ("%" G_GINT64_FORMAT, shot->sequence_no);
  self->shot_id = g_strdup (shot->id);
  self->sha256 = g_strdup (shot->sha256);
  self->path = g_strdup (shot->path);
  self->taken_at = g_strdup (shot->exif_time);
  self->proof = g_strdup (shot->proof);
  self->countersigned = word && word->confirmed;
  return TRUE;
}

static void fill_rest (LanmuDeliverable *self)
{
  for (guint i = 0; i < LANMU_DELIVER_N_FIELDS; i++)
    if (!self->fields[i])
      self->fields[i] = g_strdup ("");
}

static gboolean add_student (LanmuDb *db, GPtrArray *people, const LanmuStudentRow *row, GError **error)
{
  g_autoptr (LanmuDeliverable) self = g_new0 (LanmuDeliverable, 1);
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
  if (!add_shot (db, self, row->chosen_shot, error))
    return FALSE;
  fill_rest (self);
  g_ptr_array_add (people, g_steal_pointer (&self));
  return TRUE;
}

static gboolean add_code (LanmuDb *db, GPtrArray *people, const LanmuCodeRow *row, GError **error)
{
  g_autoptr (LanmuDeliverable) self = g_new0 (LanmuDeliverable, 1);
  self->fields[LANMU_DELIVER_TOKEN] = g_strdup (row->token);
  if (!add_shot (db, self, row->chosen_shot, error))
    return FALSE;
  fill_rest (self);
  g_ptr_array_add (people, g_steal_pointer (&self));
  return TRUE;
}

GPtrArray *lanmu_deliverables_load (LanmuDb *db, GError **error)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify) lanmu_deliverable_free);
  g_autoptr (GPtrArray) students = lanmu_students_get_all (db, 0, LANMU_STUDENT_ACCEPTED, error);
  g_autoptr (GPtrArray) codes = students ? lanmu_codes_get_all (db, error) : NULL;

  if (!codes)
    return NULL;
  for (guint i = 0; i < students->len; i++)
    if (!add_student (db, people, students->pdata[i], error))
      return NULL;
  for (guint i = 0; i < codes->len; i++) {
    const LanmuCodeRow *row = codes->pdata[i];
    if (row->state == LANMU_CODE_ACCEPTED && !add_code (db, people, row, error))
      return NULL;
  }
  return g_steal_pointer (&people);
}

/* See owner.h. */
#include "app/owner.h"

#include <string.h>

#include "app/format.h"
#include "app/i18n.h"

#define BY_NUMBER "code#"

static LanmuStudentState state_of (LanmuCodeState state)
{
  LanmuStudentState same = LANMU_STUDENT_WAITING;
  lanmu_student_state_from_string (lanmu_code_state_to_string (state), &same); /* the schema's words are the same */
  return same;
}

static LanmuStudentRow *row_of (const LanmuCodeRow *code)
{
  LanmuStudentRow *row = g_new0 (LanmuStudentRow, 1);
  char **blanks[] = {&row->sex, &row->id_no, &row->exam_no, &row->class_name, &row->major_code, &row->major_name, &row->college_name};
  for (gsize i = 0; i < G_N_ELEMENTS (blanks); i++)
    *blanks[i] = g_strdup ("");
  row->extra = g_strdup ("{}");
  row->id = -code->number;
  row->student_no = g_strconcat (LANMU_OWNER_CODE, code->token, NULL);
  row->name = g_strdup_printf (_ ("capture code %d"), (int) code->number);
  row->state = state_of (code->state);
  row->chosen_shot = g_strdup (code->chosen_shot);
  row->takes = code->takes;
  return row;
}

LanmuStudentRow *lanmu_owner_get_code (LanmuDb *db, const char *token, GError **error)
{
  g_autoptr (LanmuCodeRow) code = lanmu_code_get (db, token, error);
  return code != NULL ? row_of (code) : NULL;
}

static LanmuStudentRow *by_number (LanmuDb *db, const char *name, GError **error)
{
  gint64 number = g_ascii_strtoll (name + strlen (BY_NUMBER), NULL, 10);
  g_autoptr (GPtrArray) codes = lanmu_codes_get_all (db, error);
  for (guint i = 0; codes != NULL && i < codes->len; i++)
    if (((LanmuCodeRow *) codes->pdata[i])->number == number)
      return row_of (codes->pdata[i]);
  if (codes != NULL)
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW, _ ("There is no capture code number %s; `lanmuctl codes` lists them."),
                 name + strlen (BY_NUMBER));
  return NULL;
}

LanmuStudentRow *lanmu_owner_get (LanmuDb *db, const char *name, GError **error)
{
  g_autoptr (GError) nobody = NULL;
  LanmuStudentRow *student = lanmu_student_get_by_no (db, name, &nobody);
  gboolean may_be_code = g_error_matches (nobody, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW);
  if (student != NULL)
    return student;
  if (may_be_code && g_str_has_prefix (name, LANMU_OWNER_CODE))
    return lanmu_owner_get_code (db, name + strlen (LANMU_OWNER_CODE), error);
  if (may_be_code && g_str_has_prefix (name, BY_NUMBER))
    return by_number (db, name, error);
  g_propagate_error (error, g_steal_pointer (&nobody));
  return NULL;
}

LanmuStudentRow *lanmu_owner_of_shot (LanmuDb *db, const LanmuShotRow *shot, GError **error)
{
  return shot->student_id != 0 ? lanmu_student_get (db, shot->student_id, error) : lanmu_owner_get_code (db, shot->token, error);
}

const char *lanmu_owner_get_token (const LanmuStudentRow *owner)
{
  return owner->id < 0 ? owner->student_no + strlen (LANMU_OWNER_CODE) : NULL;
}

gint64 lanmu_owner_get_student_id (const LanmuStudentRow *owner)
{
  return MAX (owner->id, 0);
}

GPtrArray *lanmu_owner_get_shots (LanmuDb *db, const LanmuStudentRow *owner, GError **error)
{
  const char *token = lanmu_owner_get_token (owner);
  return token != NULL ? lanmu_code_get_shots (db, token, error) : lanmu_shots_get_all (db, owner->id, LANMU_SHOT_ATTACHED, error);
}

char *lanmu_owner_dup_shown_name (const LanmuStudentRow *owner)
{
  return lanmu_owner_get_student_id (owner) != 0 ? lanmu_format_masked_name (owner->name) : g_strdup (owner->name);
}

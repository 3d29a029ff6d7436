/* What is kept of a list; see list.h. Reading one is listread.c's. */
#include "app/roster/list.h"

#include <string.h>

typedef struct {
  const char *class_name, *major_code, *major_name, *college_name;
} Place;

typedef struct {
  const char *texts; /* 学号 姓名 证件号 考生号 extra, each with a '\0' behind */
  const char *sex;   /* interned */
  guint32 row;
  guint32 place;
  guint16 sheet;
} Row;

#define ROW(self, i) (&g_array_index ((self)->rows, Row, i))

static guint place_hash (gconstpointer key)
{
  const Place *place = key;
  return g_str_hash (place->class_name) ^ (g_str_hash (place->major_name) * 31) ^
         (g_str_hash (place->college_name) * 961) ^ (g_str_hash (place->major_code) * 29791);
}

static gboolean place_equal (gconstpointer a, gconstpointer b)
{
  const Place *left = a, *right = b;
  return g_str_equal (left->class_name, right->class_name) && g_str_equal (left->major_name, right->major_name) &&
         g_str_equal (left->college_name, right->college_name) && g_str_equal (left->major_code, right->major_code);
}

static guint find_place (LanmuList *self, const LanmuStudentRow *student)
{
  const Place wanted = {student->class_name, student->major_code, student->major_name, student->college_name};
  guint last = self->rows->len > 0 ? ROW (self, self->rows->len - 1)->place : 0;
  if (self->rows->len > 0 && place_equal (g_ptr_array_index (self->places, last), &wanted))
    return last; /* most lists come class by class */
  gpointer found = g_hash_table_lookup (self->place_index, &wanted);
  if (found != NULL)
    return GPOINTER_TO_UINT (found) - 1;
  Place *place = g_new (Place, 1);
  *place = (Place){g_string_chunk_insert (self->texts, wanted.class_name),
                   g_string_chunk_insert_const (self->texts, wanted.major_code),
                   g_string_chunk_insert_const (self->texts, wanted.major_name),
                   g_string_chunk_insert_const (self->texts, wanted.college_name)};
  g_ptr_array_add (self->places, place);
  g_hash_table_insert (self->place_index, place, GUINT_TO_POINTER (self->places->len));
  return self->places->len - 1;
}

void lanmu_list_add (LanmuList *self, const LanmuStudentRow *student, guint row, guint sheet)
{
  const char *texts[] = {student->student_no, student->name, student->id_no, student->exam_no,
                         student->extra != NULL ? student->extra : ""};
  char small[512];
  gsize sizes[G_N_ELEMENTS (texts)], size = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    size += sizes[i] = strlen (texts[i]) + 1;
  g_autofree char *large = size > sizeof small ? g_malloc (size) : NULL;
  char *packed = large != NULL ? large : small, *out = packed;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    out = (char *) memcpy (out, texts[i], sizes[i]) + sizes[i];
  const Row kept = {g_string_chunk_insert_len (self->texts, packed, (gssize) size), g_intern_string (student->sex), row,
                    find_place (self, student), (guint16) sheet};
  g_array_append_val (self->rows, kept);
}

guint lanmu_list_get_size (const LanmuList *self)
{
  return self->rows->len;
}

/* The texts' only writer copied them; whoever gets a LanmuStudentRow of a list must not write into it. */
static char *next_text (char **at)
{
  char *text = *at;
  *at += strlen (text) + 1;
  return text;
}

void lanmu_list_get (const LanmuList *self, guint index, LanmuStudentRow *student)
{
  const Row *row = ROW (self, index);
  const Place *place = g_ptr_array_index (self->places, row->place);
  char *at = (char *) row->texts;
  *student = (LanmuStudentRow){0};
  student->student_no = next_text (&at);
  student->name = next_text (&at);
  student->id_no = next_text (&at);
  student->exam_no = next_text (&at);
  student->extra = *at != '\0' ? at : NULL;
  student->sex = (char *) row->sex;
  student->class_name = (char *) place->class_name;
  student->major_code = (char *) place->major_code;
  student->major_name = (char *) place->major_name;
  student->college_name = (char *) place->college_name;
}

const char *lanmu_list_get_student_no (const LanmuList *self, guint index)
{
  return ROW (self, index)->texts;
}

guint lanmu_list_get_row (const LanmuList *self, guint index)
{
  return ROW (self, index)->row;
}

const LanmuSheet *lanmu_list_get_sheet (const LanmuList *self, guint index)
{
  return g_ptr_array_index (self->sheets, ROW (self, index)->sheet);
}

guint lanmu_list_get_place (const LanmuList *self, guint index)
{
  return ROW (self, index)->place;
}

static void sheet_free (gpointer data)
{
  LanmuSheet *sheet = data;
  g_free (sheet->name);
  lanmu_header_free (sheet->header);
  g_free (sheet);
}

LanmuList *lanmu_list_new (const char *file_name)
{
  LanmuList *self = g_new0 (LanmuList, 1);
  self->file_name = g_path_get_basename (file_name);
  self->encoding = "";
  self->sheets = g_ptr_array_new_with_free_func (sheet_free);
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  self->places = g_ptr_array_new_with_free_func (g_free);
  self->place_index = g_hash_table_new (place_hash, place_equal);
  self->texts = g_string_chunk_new (64 * 1024);
  return self;
}

void lanmu_list_free (LanmuList *self)
{
  g_free (self->file_name);
  g_free (self->sha256);
  g_ptr_array_unref (self->sheets);
  g_array_unref (self->rows);
  g_hash_table_unref (self->place_index);
  g_ptr_array_unref (self->places);
  g_string_chunk_free (self->texts);
  g_free (self);
}

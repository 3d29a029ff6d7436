/* lanmuctl students: the list in queue order. Reads only; a station may be running. */
#include "app/ctl/ctl.h"

#include "app/format.h"
#include "db/students.h"

typedef struct {
  LanmuCtl *ctl;
  const char *class_name; /* NULL = every class */
} Listing;

static void print_json (const LanmuStudentRow *row)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_string (builder, "student_no", row->student_no);
  lanmu_ctl_json_string (builder, "name", row->name);
  lanmu_ctl_json_string (builder, "sex", row->sex);
  lanmu_ctl_json_string (builder, "id_no", row->id_no);
  lanmu_ctl_json_string (builder, "exam_no", row->exam_no);
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

static gboolean print_row (const LanmuStudentRow *row, gpointer data)
{
  Listing *listing = data;
  if (listing->class_name != NULL && !g_str_equal (listing->class_name, row->class_name))
    return TRUE;
  if (listing->ctl->json) {
    print_json (row);
    return TRUE;
  }
  g_autofree char *id_no = lanmu_format_masked_id (row->id_no);
  lanmu_ctl_print ("%s\t%s\t%s\t%s\t%s\t%s\t%d\n", row->student_no, row->name, row->sex, id_no, row->class_name,
                   lanmu_student_state_to_string (row->state), row->takes);
  return TRUE;
}

int lanmu_ctl_students (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  g_autoptr (GError) error = NULL;
  g_autofree char *class_name = NULL, *state_name = NULL;
  const GOptionEntry entries[] = {
      {"class", 0, 0, G_OPTION_ARG_STRING, &class_name, _ ("only this class"), "NAME"},
      {"state", 0, 0, G_OPTION_ARG_STRING, &state_name, _ ("only this state: waiting, shot, accepted, skipped, absent"),
       "STATE"},
      {0},
  };
  if (!lanmu_ctl_parse (ctl, argc, argv, entries, 0, 0, NULL, &code))
    return code;
  int wanted = LANMU_STUDENT_ANY_STATE;
  LanmuStudentState state;
  if (state_name != NULL) {
    if (!lanmu_student_state_from_string (state_name, &state))
      return lanmu_ctl_misuse (
          ctl, "students", _ ("“%s” is no state; it is one of waiting, shot, accepted, skipped, absent."), state_name);
    wanted = (int) state;
  }

  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  if (db == NULL)
    return code;
  Listing listing = {ctl, class_name};
  return lanmu_students_list (db, 0, wanted, print_row, &listing, &error) ? LANMU_CTL_DONE
                                                                          : lanmu_ctl_fail (ctl, error);
}

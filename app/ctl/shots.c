/* lanmuctl shots: every picture that is safe, by 拍摄号. Reads only. */
#include "app/ctl/shotline.h"

#include "app/ctl/people.h"

typedef struct {
  LanmuCtl *ctl;
  LanmuDb *db;
  GHashTable *people;
} Listing;

static gboolean print_shot (const LanmuShotRow *shot, gpointer data)
{
  Listing *listing = data;
  lanmu_ctl_print_shot (listing->ctl, listing->db, listing->people, shot);
  return TRUE;
}

/* 0: everybody; else the student's id. FALSE: *error. */
static gboolean find_student (LanmuDb *db, const char *student_no, gint64 *id, GError **error)
{
  *id = 0;
  if (student_no == NULL)
    return TRUE;
  g_autoptr (LanmuStudentRow) row = lanmu_student_get_by_no (db, student_no, error);
  if (row != NULL)
    *id = row->id;
  return row != NULL;
}

int lanmu_ctl_shots (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  g_autoptr (GError) error = NULL;
  g_autofree char *student_no = NULL, *state_name = NULL;
  const GOptionEntry entries[] = {
      {"student", 0, 0, G_OPTION_ARG_STRING, &student_no, _ ("only this student's"), "NO"},
      {"state", 0, 0, G_OPTION_ARG_STRING, &state_name, _ ("only this state: attached, quarantined, discarded"),
       "STATE"},
      {0},
  };
  LanmuShotState state = LANMU_SHOT_ATTACHED;
  gint64 student;
  if (!lanmu_ctl_parse (ctl, argc, argv, entries, 0, 0, NULL, &code))
    return code;
  if (state_name != NULL && !lanmu_shot_state_from_string (state_name, &state))
    return lanmu_ctl_misuse (ctl, "shots", _ ("“%s” is no state; it is one of attached, quarantined, discarded."),
                             state_name);
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  if (db == NULL)
    return code;
  g_autoptr (GHashTable) people = lanmu_people_load (db, &error);
  Listing listing = {ctl, db, people};
  if (people == NULL || !find_student (db, student_no, &student, &error) ||
      !lanmu_shots_list (db, student, state_name != NULL ? (int) state : LANMU_SHOT_ANY_STATE, print_shot, &listing,
                         &error))
    return lanmu_ctl_fail (ctl, error);
  return LANMU_CTL_DONE;
}

/* lanmuctl quarantine: pictures that no ticket explains. Without a word it lists them; assign gives one to a student,
 * discard puts one aside. */
#include "app/ctl/shotline.h"

#include "app/ctl/people.h"
#include "app/tray.h"

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

static int list (LanmuCtl *ctl)
{
  int code;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  if (db == NULL)
    return code;
  g_autoptr (GHashTable) people = lanmu_people_load (db, &error);
  Listing listing = {ctl, db, people};
  if (people == NULL || !lanmu_shots_list (db, 0, LANMU_SHOT_QUARANTINED, print_shot, &listing, &error))
    return lanmu_ctl_fail (ctl, error);
  return LANMU_CTL_DONE;
}

static int decide (LanmuCtl *ctl, LanmuStoreWork work, LanmuTrayWord *word)
{
  int code = lanmu_ctl_write (ctl, work, word);
  if (code != LANMU_CTL_DONE)
    return code;
  if (ctl->json)
    lanmu_ctl_print ("{\"ok\":true}\n");
  else if (word->student_no != NULL)
    lanmu_ctl_print (_ ("Shot %s belongs to %s now.\n"), word->shot, word->student_no);
  else
    lanmu_ctl_print (_ ("Shot %s was put aside; its file and its row stay.\n"), word->shot);
  return LANMU_CTL_DONE;
}

int lanmu_ctl_quarantine (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  g_auto (GStrv) rest = NULL;
  g_autofree char *reason = NULL;
  const GOptionEntry entries[] = {
      {"reason", 0, 0, G_OPTION_ARG_STRING, &reason, _ ("discard: why"), "WORD"},
      {0},
  };
  if (!lanmu_ctl_parse (ctl, argc, argv, entries, 0, 3, &rest, &code))
    return code;
  guint n = g_strv_length (rest);
  if (n == 0)
    return list (ctl);
  LanmuTrayWord word = {.shot = rest[1], .actor = lanmu_ctl_actor ()};
  if (g_str_equal (rest[0], "assign") && n == 3) {
    word.student_no = rest[2];
    return decide (ctl, lanmu_tray_assign, &word);
  }
  if (g_str_equal (rest[0], "discard") && n == 2) {
    word.reason = reason != NULL && *reason != '\0' ? reason : "by-hand";
    return decide (ctl, lanmu_tray_discard, &word);
  }
  return lanmu_ctl_misuse (ctl, "quarantine", "%s",
                           _ ("Say `quarantine`, `quarantine assign SHOT NO` or `quarantine discard SHOT`."));
}

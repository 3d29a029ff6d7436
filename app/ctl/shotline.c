/* One shot as a line; see shotline.h. Main thread. */
#include "app/ctl/shotline.h"

#include "app/ctl/people.h"
#include "app/format.h"
#include "app/standard/checkjson.h"
#include "app/standard/checkwords.h"
#include "app/standard/rows.h"
#include "db/countersigns.h"

/* What it was found to be, and its finished file; members are there only when they are. */
static void add_standard (LanmuDb *db, const char *shot, JsonBuilder *builder)
{
  g_autoptr (LanmuInspectionRow) row = lanmu_inspection_get (db, shot, NULL);
  g_autoptr (LanmuPortraitRow) portrait = lanmu_portrait_get (db, shot, NULL);
  LanmuInspection found;
  if (row != NULL) {
    lanmu_inspection_from_row (&found, row);
    lanmu_ctl_json_string (builder, "verdict", row->verdict);
    lanmu_ctl_json_string (builder, "profile", row->profile);
    json_builder_set_member_name (builder, "checks");
    json_builder_begin_array (builder);
    for (int i = 0; i < LANMU_N_CHECKS; i++)
      lanmu_check_to_json (&found.checks[i], builder);
    json_builder_end_array (builder);
  }
  if (portrait != NULL) {
    lanmu_ctl_json_string (builder, "portrait", portrait->path);
    lanmu_ctl_json_string (builder, "portrait_sha256", portrait->sha256);
    lanmu_ctl_json_int (builder, "portrait_size", portrait->size);
  }
}

/* Whoever confirmed the person of an attached picture; "" = nobody. */
static void add_countersign (LanmuDb *db, const LanmuShotRow *shot, JsonBuilder *builder)
{
  g_autoptr (LanmuCountersignRow) word = NULL;
  if (shot->state == LANMU_SHOT_ATTACHED)
    lanmu_countersign_of_shot (db, shot->id, &word, NULL);
  lanmu_ctl_json_string (builder, "countersigned", word != NULL && word->confirmed ? word->actor : "");
}

static void print_json (LanmuDb *db, GHashTable *people, const LanmuShotRow *shot)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_string (builder, "shot", shot->id);
  lanmu_ctl_json_string (builder, "ticket", shot->ticket_id);
  lanmu_ctl_json_string (builder, "student_no", lanmu_people_get_no (people, shot->student_id));
  lanmu_ctl_json_string (builder, "token", shot->token);
  lanmu_ctl_json_string (builder, "sha256", shot->sha256);
  lanmu_ctl_json_int (builder, "size", shot->size);
  lanmu_ctl_json_string (builder, "origin", lanmu_origin_to_string (shot->origin));
  lanmu_ctl_json_string (builder, "exif_time", shot->exif_time);
  lanmu_ctl_json_string (builder, "state", lanmu_shot_state_to_string (shot->state));
  lanmu_ctl_json_bool (builder, "chosen", shot->chosen);
  lanmu_ctl_json_string (builder, "path", shot->path);
  lanmu_ctl_json_int (builder, "sequence_no", shot->sequence_no);
  lanmu_ctl_json_string (builder, "reason", shot->reason);
  lanmu_ctl_json_string (builder, "likely", lanmu_people_get_no (people, shot->likely_student_id));
  lanmu_ctl_json_string (builder, "proof", shot->proof);
  lanmu_ctl_json_string (builder, "raw", shot->raw_path);
  lanmu_ctl_json_string (builder, "raw_sha256", shot->raw_sha256);
  lanmu_ctl_json_string (builder, "camera_serial", shot->camera_serial);
  lanmu_ctl_json_string (builder, "camera_file", shot->camera_file);
  lanmu_ctl_json_int (builder, "width", shot->width);
  lanmu_ctl_json_int (builder, "height", shot->height);
  add_countersign (db, shot, builder);
  add_standard (db, shot->id, builder);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

/* The worst verdict and the sentences of what failed. */
static char *found_to_be (LanmuDb *db, const char *shot)
{
  g_autoptr (LanmuInspectionRow) row = lanmu_inspection_get (db, shot, NULL);
  LanmuInspection found;
  if (row == NULL)
    return g_strdup ("–");
  lanmu_inspection_from_row (&found, row);
  g_autofree char *faults = lanmu_checks_failed_sentence (&found);
  return g_strdup_printf ("%s%s%s", lanmu_verdict_title (found.worst), *faults != '\0' ? ": " : "", faults);
}

void lanmu_ctl_print_shot (LanmuCtl *ctl, LanmuDb *db, GHashTable *people, const LanmuShotRow *shot)
{
  if (ctl->json) {
    print_json (db, people, shot);
    return;
  }
  const char *student_no =
      lanmu_people_get_no (people, shot->student_id != 0 ? shot->student_id : shot->likely_student_id);
  g_autofree char *size = lanmu_format_size (shot->size), *found = found_to_be (db, shot->id);
  lanmu_ctl_print ("%" G_GINT64_FORMAT "\t%s\t%s%s\t%s%s\t%s\t%s\t%s\t%s\n", shot->sequence_no, shot->id,
                   *student_no != '\0' ? student_no : "–", shot->student_id == 0 && *student_no != '\0' ? "?" : "",
                   lanmu_shot_state_to_string (shot->state), shot->chosen ? "*" : "",
                   *shot->reason != '\0' ? shot->reason : lanmu_origin_to_string (shot->origin), size, shot->path,
                   found);
}

/* lanmuctl audit: who did what, oldest first. Reads only; the chain itself is held by `verify`. */
#include "app/ctl/ctl.h"

#include "app/format.h"
#include "db/audit.h"

static void print_json (const LanmuAuditRow *row)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_int (builder, "id", row->id);
  lanmu_ctl_json_int (builder, "wall_us", row->wall_us);
  lanmu_ctl_json_string (builder, "actor", row->actor);
  lanmu_ctl_json_string (builder, "action", row->action);
  lanmu_ctl_json_string (builder, "subject", row->subject);
  lanmu_ctl_json_raw (builder, "detail", row->detail);
  lanmu_ctl_json_string (builder, "hash", row->hash);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static gboolean print_row (const LanmuAuditRow *row, gpointer data)
{
  LanmuCtl *ctl = data;
  if (ctl->json) {
    print_json (row);
    return TRUE;
  }
  g_autofree char *when = lanmu_format_time (row->wall_us);
  lanmu_ctl_print ("%" G_GINT64_FORMAT "\t%s\t%s\t%s\t%s\t%s\n", row->id, when, row->actor, row->action, row->subject,
                   row->detail);
  return TRUE;
}

int lanmu_ctl_audit (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  gint64 after = 0;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
      {"after", 0, 0, G_OPTION_ARG_INT64, &after, _ ("only rows with a greater number"), "ID"},
      {0},
  };
  if (!lanmu_ctl_parse (ctl, argc, argv, entries, 0, 0, NULL, &code))
    return code;
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  if (db == NULL)
    return code;
  return lanmu_audit_list (db, after, print_row, ctl, &error) ? LANMU_CTL_DONE : lanmu_ctl_fail (ctl, error);
}

/* lanmuctl codes: the capture codes that sat here, in the order of their first scan, with the number of the picture
 * that was accepted. Reads only; a station may be running. */
#include "app/ctl/ctl.h"

#include "app/format.h"
#include "db/codes.h"

static void print_json (const LanmuCodeRow *row)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_int (builder, "number", row->number);
  lanmu_ctl_json_string (builder, "token", row->token);
  lanmu_ctl_json_string (builder, "state", lanmu_code_state_to_string (row->state));
  lanmu_ctl_json_int (builder, "takes", row->takes);
  lanmu_ctl_json_string (builder, "chosen", row->chosen_shot);
  lanmu_ctl_json_int (builder, "sequence_no", row->chosen_sequence_no);
  lanmu_ctl_json_int (builder, "first_us", row->first_us);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

int lanmu_ctl_codes (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  g_autoptr (GError) error = NULL;
  if (!lanmu_ctl_parse (ctl, argc, argv, NULL, 0, 0, NULL, &code))
    return code;
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  if (db == NULL)
    return code;
  g_autoptr (GPtrArray) rows = lanmu_codes_get_all (db, &error);
  if (rows == NULL)
    return lanmu_ctl_fail (ctl, error);
  for (guint i = 0; i < rows->len; i++) {
    const LanmuCodeRow *row = g_ptr_array_index (rows, i);
    g_autofree char *first = lanmu_format_time (row->first_us);
    if (ctl->json)
      print_json (row);
    else
      lanmu_ctl_print ("%" G_GINT64_FORMAT "\t%s\t%s\t%d\t%" G_GINT64_FORMAT "\t%s\n", row->number, first,
                       lanmu_code_state_to_string (row->state), row->takes, row->chosen_sequence_no, row->token);
  }
  return LANMU_CTL_DONE;
}

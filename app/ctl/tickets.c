/* lanmuctl tickets: every release and what became of it, oldest first. Reads only. */
#include "app/ctl/ctl.h"

#include "app/ctl/people.h"
#include "app/format.h"
#include "db/tickets.h"

typedef struct {
  LanmuCtl *ctl;
  GHashTable *people;
} Listing;

static void print_json (GHashTable *people, const LanmuTicketRow *ticket)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_string (builder, "ticket", ticket->id);
  lanmu_ctl_json_int (builder, "number", ticket->number);
  lanmu_ctl_json_string (builder, "origin", lanmu_origin_to_string (ticket->origin));
  lanmu_ctl_json_string (builder, "student_no", lanmu_people_get_no (people, ticket->student_id));
  lanmu_ctl_json_string (builder, "state", lanmu_ticket_state_to_string (ticket->state));
  lanmu_ctl_json_string (builder, "reason", ticket->reason);
  lanmu_ctl_json_int (builder, "binding", ticket->binding_id);
  lanmu_ctl_json_int (builder, "revision", ticket->revision_id);
  lanmu_ctl_json_string (builder, "operator", ticket->operator_name);
  lanmu_ctl_json_string (builder, "camera_serial", ticket->camera_serial);
  lanmu_ctl_json_string (builder, "last_file", ticket->last_file);
  lanmu_ctl_json_string (builder, "camera_file", ticket->camera_file);
  lanmu_ctl_json_int (builder, "opened_us", ticket->opened.wall_us);
  lanmu_ctl_json_int (builder, "ended_us", ticket->ended_wall_us);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static gboolean print_ticket (const LanmuTicketRow *ticket, gpointer data)
{
  Listing *listing = data;
  if (listing->ctl->json) {
    print_json (listing->people, ticket);
    return TRUE;
  }
  const char *student_no = lanmu_people_get_no (listing->people, ticket->student_id);
  g_autofree char *opened = lanmu_format_time (ticket->opened.wall_us);
  lanmu_ctl_print ("%s\t%s\t%s\t%s\t%s\t%s\n", ticket->id, opened, lanmu_origin_to_string (ticket->origin),
                   *student_no != '\0' ? student_no : "–", lanmu_ticket_state_to_string (ticket->state),
                   ticket->reason);
  return TRUE;
}

int lanmu_ctl_tickets (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  g_autoptr (GError) error = NULL;
  g_autofree char *state_name = NULL;
  const GOptionEntry entries[] = {
      {"state", 0, 0, G_OPTION_ARG_STRING, &state_name, _ ("only this state: open, attached, quarantined, failed"),
       "STATE"},
      {0},
  };
  LanmuTicketState state = LANMU_TICKET_OPEN;
  if (!lanmu_ctl_parse (ctl, argc, argv, entries, 0, 0, NULL, &code))
    return code;
  if (state_name != NULL && !lanmu_ticket_state_from_string (state_name, &state))
    return lanmu_ctl_misuse (ctl, "tickets", _ ("“%s” is no state; it is one of open, attached, quarantined, failed."),
                             state_name);
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  if (db == NULL)
    return code;
  g_autoptr (GHashTable) people = lanmu_people_load (db, &error);
  Listing listing = {ctl, people};
  if (people == NULL || !lanmu_tickets_list (db, state_name != NULL ? (int) state : LANMU_TICKET_ANY_STATE,
                                             print_ticket, &listing, &error))
    return lanmu_ctl_fail (ctl, error);
  return LANMU_CTL_DONE;
}

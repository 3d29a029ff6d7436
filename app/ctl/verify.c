/* lanmuctl verify: every promise over the database and the vault, recomputed; what is broken, by student. Reads only.
 */
#include "app/ctl/card.h"

#include <string.h>

#include "app/format.h"
#include "app/verify.h"
#include "db/audit.h"

static void print_json (const LanmuFinding *finding)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_string (builder, "kind", finding->kind);
  lanmu_ctl_json_bool (builder, "broken", finding->broken);
  lanmu_ctl_json_string (builder, "student_no", finding->student_no);
  lanmu_ctl_json_string (builder, "shot", finding->shot);
  lanmu_ctl_json_string (builder, "ticket", finding->ticket);
  lanmu_ctl_json_string (builder, "path", finding->path);
  lanmu_ctl_json_string (builder, "message", finding->message);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static void print_finding (const LanmuFinding *finding, gpointer data)
{
  const LanmuCtl *ctl = data;
  if (ctl->json)
    print_json (finding);
  else
    lanmu_ctl_print ("%s\t%s\t%s\t%s\n", finding->broken ? _ ("BROKEN") : _ ("note"),
                     *finding->student_no != '\0' ? finding->student_no : "–", finding->kind, finding->message);
}

/* "ROWS:HASH", as verify printed them once and somebody wrote them down: are they still in the chain? */
typedef struct {
  gint64 row;
  const char *hash;
  gboolean found;
} Anchor;

static gboolean look_for_anchor (const LanmuAuditRow *row, gpointer data)
{
  Anchor *anchor = data;
  anchor->found |= row->id == anchor->row && g_str_has_prefix (row->hash, anchor->hash);
  return row->id < anchor->row;
}

static gboolean read_anchor (const char *word, Anchor *anchor)
{
  char *end = NULL;
  anchor->row = g_ascii_strtoll (word, &end, 10);
  anchor->hash = end != NULL && *end == ':' ? end + 1 : "";
  return anchor->row > 0 && strlen (anchor->hash) >= 8;
}

static void print_summary_json (const LanmuVerified *out)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_bool (builder, "ok", out->broken == 0);
  lanmu_ctl_json_int (builder, "broken", out->broken);
  lanmu_ctl_json_int (builder, "notes", out->notes);
  lanmu_ctl_json_int (builder, "students", out->students);
  lanmu_ctl_json_int (builder, "tickets", out->tickets);
  lanmu_ctl_json_int (builder, "open_tickets", out->open_tickets);
  lanmu_ctl_json_int (builder, "shots", out->shots);
  lanmu_ctl_json_int (builder, "quarantined", out->quarantined);
  lanmu_ctl_json_int (builder, "bindings", out->bindings);
  lanmu_ctl_json_int (builder, "repairs", out->repairs);
  lanmu_ctl_json_int (builder, "audit_rows", out->audit_rows);
  lanmu_ctl_json_string (builder, "audit_hash", out->audit_hash);
  lanmu_ctl_json_int (builder, "copies", out->copies);
  lanmu_ctl_json_int (builder, "files", out->files);
  lanmu_ctl_json_int (builder, "bytes", out->bytes);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static void print_summary (const LanmuVerified *out)
{
  g_autofree char *bytes = lanmu_format_size (out->bytes);
  lanmu_ctl_print (_ ("Students %d, tickets %d (open %d), shots %d (quarantined %d), files read %d (%s), bindings %d, "
                      "audit rows %d.\n"),
                   (int) out->students, (int) out->tickets, (int) out->open_tickets, (int) out->shots,
                   (int) out->quarantined, (int) out->files, bytes, (int) out->bindings, (int) out->audit_rows);
  if (out->audit_rows > 0)
    lanmu_ctl_print (_ ("Last audit row: %d %s\n"), (int) out->audit_rows, out->audit_hash);
  if (out->broken == 0)
    lanmu_ctl_print ("%s\n", _ ("Every promise holds."));
}

int lanmu_ctl_verify (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  LanmuVerified out;
  g_autoptr (GError) error = NULL;
  g_autofree char *word = NULL;
  gboolean card = FALSE;
  Anchor anchor = {0};
  const GOptionEntry entries[] = {
      {"card", 0, 0, G_OPTION_ARG_NONE, &card, _ ("also hold the card of the connected camera against the records"), NULL},
      {"anchor", 0, 0, G_OPTION_ARG_STRING, &word, _ ("the last audit row of an earlier verify must still be there"), "ROW:HASH"},
      {0},
  };
  if (!lanmu_ctl_parse (ctl, argc, argv, entries, 0, 0, NULL, &code))
    return code;
  if (word != NULL && !read_anchor (word, &anchor))
    return lanmu_ctl_misuse (ctl, "verify", "%s", _ ("Write --anchor ROW:HASH, as verify printed them."));
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  if (db == NULL)
    return code;
  if (!lanmu_verify (db, print_finding, ctl, &out, &error) ||
      (word != NULL && !lanmu_audit_list (db, 0, look_for_anchor, &anchor, &error)))
    return lanmu_ctl_fail (ctl, error);
  if (word != NULL && !anchor.found) {
    const LanmuFinding lost = {.kind = "broken_audit", .broken = TRUE, .student_no = "", .shot = "", .ticket = "", .path = "",
                               .message = "The audit does not hold the row that was written down: it was cut off or changed."};
    print_finding (&lost, ctl);
    out.broken++;
  }
  if (card && !lanmu_ctl_verify_card (ctl, db, print_finding, &out, &code))
    return code;
  if (ctl->json)
    print_summary_json (&out);
  else
    print_summary (&out);
  if (out.broken == 0)
    return LANMU_CTL_DONE;
  LanmuCtl plain = *ctl;
  plain.json = FALSE; /* the summary is the JSON answer */
  return lanmu_ctl_refuse (&plain, "broken",
                           ngettext ("%u promise is broken; see the line above.",
                                     "%u promises are broken; see the lines above.", out.broken),
                           out.broken);
}

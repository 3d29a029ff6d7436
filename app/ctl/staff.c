/* lanmuctl staff: who works at the station, with role, classes, PIN and card; and the table of who may do what. */
#include "app/ctl/ctl.h"

#include <string.h>

#include "app/ctl/pinentry.h"
#include "app/roles/action.h"
#include "app/roles/pin.h"
#include "db/students.h"

typedef struct {
  const char *name;
  LanmuRole role;
  const char *text;  /* PIN hash or card code; NULL = none */
  char **classes;    /* names, NULL = none */
  gboolean active;
} Wish;

/* -- store thread -- */

static gboolean find_class (GPtrArray *classes, const char *name, gint64 *id, GError **error)
{
  guint n = 0;
  for (guint i = 0; i < classes->len; i++) {
    const LanmuClassRow *row = classes->pdata[i];
    if (!g_str_equal (row->name, name))
      continue;
    *id = row->id;
    n++;
  }
  if (n == 0)
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW, "There is no class %s: `lanmuctl students` shows their names", name);
  if (n > 1)
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "There are %u classes called %s: give them different names in the list", n, name);
  return n == 1;
}

static gboolean set_classes (LanmuDb *db, gint64 staff, char **names, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) classes = lanmu_classes_list (db, error);
  if (!classes)
    return FALSE;
  for (char **name = names; name && *name; name++) {
    gint64 id = 0;
    if (!find_class (classes, *name, &id, error))
      return FALSE;
    g_array_append_val (ids, id);
  }
  return lanmu_staff_set_classes (db, staff, (const gint64 *) ids->data, ids->len, lanmu_ctl_actor (), error);
}

static gboolean add_work (LanmuDb *db, gpointer data, GError **error)
{
  const Wish *wish = data;
  gint64 id = lanmu_staff_add (db, wish->name, wish->role, lanmu_ctl_actor (), error);
  return id != 0 && (!wish->classes || set_classes (db, id, wish->classes, error));
}

static gboolean add (LanmuDb *db, gpointer data, GError **error)
{
  return lanmu_db_transaction (db, "staff", add_work, data, error); /* the person with the classes, or neither */
}

static gboolean pin (LanmuDb *db, gpointer data, GError **error)
{
  const Wish *wish = data;
  g_autoptr (LanmuStaffRow) row = lanmu_staff_get_by_name (db, wish->name, error);
  return row && lanmu_staff_set_pin (db, row->id, wish->text, lanmu_ctl_actor (), error);
}

static gboolean card (LanmuDb *db, gpointer data, GError **error)
{
  const Wish *wish = data;
  g_autoptr (LanmuStaffRow) row = lanmu_staff_get_by_name (db, wish->name, error);
  return row && lanmu_staff_set_card (db, row->id, wish->text, lanmu_ctl_actor (), error);
}

static gboolean active (LanmuDb *db, gpointer data, GError **error)
{
  const Wish *wish = data;
  g_autoptr (LanmuStaffRow) row = lanmu_staff_get_by_name (db, wish->name, error);
  return row && lanmu_staff_set_active (db, row->id, wish->active, lanmu_ctl_actor (), error);
}

static gboolean classes (LanmuDb *db, gpointer data, GError **error)
{
  const Wish *wish = data;
  g_autoptr (LanmuStaffRow) row = lanmu_staff_get_by_name (db, wish->name, error);
  return row && set_classes (db, row->id, wish->classes, error);
}

/* -- main -- */

static int write_wish (LanmuCtl *ctl, LanmuStoreWork work, Wish *wish)
{
  int code = lanmu_ctl_write (ctl, work, wish);
  if (code != LANMU_CTL_DONE)
    return code;
  if (ctl->json)
    lanmu_ctl_print ("{\"ok\":true}\n");
  else
    lanmu_ctl_print (_ ("Done: %s.\n"), wish->name);
  return LANMU_CTL_DONE;
}

static void print_json (const LanmuStaffRow *row)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_string (builder, "name", row->name);
  lanmu_ctl_json_string (builder, "role", lanmu_role_to_string (row->role));
  lanmu_ctl_json_bool (builder, "active", row->active);
  lanmu_ctl_json_bool (builder, "pin", *row->pin_hash != '\0');
  lanmu_ctl_json_bool (builder, "card", row->card != NULL);
  lanmu_ctl_json_int (builder, "classes", row->class_ids->len);
  lanmu_ctl_json_int (builder, "wrong_pins", row->wrong_pins);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static void print_row (const LanmuStaffRow *row)
{
  lanmu_ctl_print ("%s\t%s\t%s\t%s\n", row->name, lanmu_role_to_string (row->role),
                   !row->active                                  ? _ ("off the list")
                   : *row->pin_hash == '\0' && row->card == NULL ? _ ("no PIN yet")
                                                                 : _ ("can sign in"),
                   row->role == LANMU_ROLE_COUNSELOR && row->class_ids->len == 0 ? _ ("no class yet") : "");
}

static int list (LanmuCtl *ctl)
{
  int code;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  if (db == NULL)
    return code;
  g_autoptr (GPtrArray) rows = lanmu_staff_list (db, &error);
  if (rows == NULL)
    return lanmu_ctl_fail (ctl, error);
  for (guint i = 0; i < rows->len; i++)
    if (ctl->json)
      print_json (rows->pdata[i]);
    else
      print_row (rows->pdata[i]);
  if (rows->len == 0 && !ctl->json)
    lanmu_ctl_print ("%s\n", _ ("Nobody is on the staff list: the station asks nobody for a PIN."));
  return LANMU_CTL_DONE;
}

/* One line an action; the manual page shows the same. */
static int table (void)
{
  static const char *const marks[] = {[LANMU_MAY_NOT] = "-", [LANMU_MAY_OWN] = "own", [LANMU_MAY] = "yes"};
  lanmu_ctl_print ("%-12s %-13s %-10s %-14s %s\n", "", "photographer", "counselor", "administrator", "");
  for (guint i = 0; i < LANMU_N_ACTIONS; i++)
    lanmu_ctl_print ("%-12s %-13s %-10s %-14s %s\n", lanmu_action_to_string (i), marks[lanmu_role_may (LANMU_ROLE_PHOTOGRAPHER, i)],
                     marks[lanmu_role_may (LANMU_ROLE_COUNSELOR, i)], marks[lanmu_role_may (LANMU_ROLE_ADMINISTRATOR, i)],
                     _ (lanmu_action_describe (i)));
  return LANMU_CTL_DONE;
}

/* NULL: *code says why, and it was said. */
static char *ask_pin (LanmuCtl *ctl, int *code)
{
  g_autoptr (GError) error = NULL;
  char *first = lanmu_pin_entry_read (_ ("New PIN: "));
  g_autofree char *again = first && lanmu_pin_entry_is_terminal () ? lanmu_pin_entry_read (_ ("Once more: ")) : NULL;
  if (first == NULL)
    *code = lanmu_ctl_refuse (ctl, "no-pin", "%s", _ ("No PIN came: type it, or give it as one line of input."));
  else if (again && !g_str_equal (first, again))
    *code = lanmu_ctl_refuse (ctl, "pin-differs", "%s", _ ("The two PINs differ; nothing was changed."));
  else if (!lanmu_pin_check (first, &error))
    *code = lanmu_ctl_refuse (ctl, "bad-pin", "%s", _ (error->message));
  else
    *code = LANMU_CTL_DONE;
  lanmu_pin_wipe (again);
  if (*code != LANMU_CTL_DONE) {
    lanmu_pin_wipe (first);
    g_clear_pointer (&first, g_free);
  }
  return first;
}

static int set_pin (LanmuCtl *ctl, const char *name)
{
  int code;
  g_autoptr (GError) error = NULL;
  char *typed = ask_pin (ctl, &code);
  if (typed == NULL)
    return code;
  g_autofree char *hash = lanmu_pin_hash (typed, &error);
  lanmu_pin_wipe (typed);
  g_free (typed);
  if (hash == NULL)
    return lanmu_ctl_fail (ctl, error);
  Wish wish = {.name = name, .text = hash};
  return write_wish (ctl, pin, &wish);
}

static int set_active (LanmuCtl *ctl, const char *name, gboolean is_active)
{
  Wish wish = {.name = name, .active = is_active};
  return write_wish (ctl, active, &wish);
}

static int misuse (LanmuCtl *ctl)
{
  return lanmu_ctl_misuse (ctl, "staff", "%s",
                           _ ("Say `staff`, `staff add NAME photographer|counselor|administrator`, `staff pin NAME`, `staff card NAME [CODE]`, "
                              "`staff classes NAME --class CLASS…`, `staff disable NAME`, `staff enable NAME` or `staff table`."));
}

int lanmu_ctl_staff (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  g_auto (GStrv) rest = NULL;
  g_auto (GStrv) class_names = NULL;
  const GOptionEntry entries[] = {
      {"class", 0, 0, G_OPTION_ARG_STRING_ARRAY, &class_names, _ ("a class the counselor answers for; may be given again"), "NAME"},
      {0},
  };
  if (!lanmu_ctl_parse (ctl, argc, argv, entries, 0, 3, &rest, &code))
    return code;
  guint n = g_strv_length (rest);
  const char *word = n > 0 ? rest[0] : NULL;
  Wish wish = {.name = n > 1 ? rest[1] : NULL, .text = n > 2 ? rest[2] : NULL, .classes = class_names};
  if (n == 0)
    return list (ctl);
  if (g_str_equal (word, "table") && n == 1)
    return table ();
  if (g_str_equal (word, "add") && n == 3 && lanmu_role_from_string (rest[2], &wish.role))
    return write_wish (ctl, add, &wish);
  if (g_str_equal (word, "pin") && n == 2)
    return set_pin (ctl, rest[1]);
  if (g_str_equal (word, "card") && n >= 2)
    return write_wish (ctl, card, &wish);
  if (g_str_equal (word, "classes") && n == 2)
    return write_wish (ctl, classes, &wish);
  if ((g_str_equal (word, "disable") || g_str_equal (word, "enable")) && n == 2)
    return set_active (ctl, rest[1], g_str_equal (word, "enable"));
  return misuse (ctl);
}

/* lanmuctl: every duty of a station without a screen. This file knows the commands and the global options; each command
 * is a file beside it. */
#include "app/ctl/ctl.h"
#include "app/pictures.h"

#include <stdio.h>
#include <string.h>

static const LanmuCtlCommand commands[] = {
    {"init", "--campaign NAME --school-code CODE", N_ ("make a campaign in the data folder"), lanmu_ctl_init},
    {"import", "FILE", N_ ("import a student list (xlsx, xls, CSV, DBF), all or nothing"), lanmu_ctl_import},
    {"sample", "[FILE]", N_ ("write a list of synthetic students"), lanmu_ctl_sample},
    {"students", "[--class NAME] [--state STATE]", N_ ("list the students in queue order"), lanmu_ctl_students},
    {"staff", "[add NAME ROLE | pin NAME | …]", N_ ("who works here, and who may do what"), lanmu_ctl_staff},
    {"countersign", "[none | before | after | missing]", N_ ("whether a counselor confirms who somebody is, and when"),
     lanmu_ctl_countersign},
    {"holds", "[begin NO | lift NO]", N_ ("who must not be photographed now, and why"), lanmu_ctl_holds},
    {"walkin", "--name NAME", N_ ("add a student who is on no list, at the bottom of the class"), lanmu_ctl_walkin},
    {"day", "", N_ ("the day at a glance: now, next, late, the four numbers, estimates, what runs out"), lanmu_ctl_day},
    {"schedule", "[import FILE | add CLASS | move CLASS | …]", N_ ("which class comes when and where"), lanmu_ctl_schedule},
    {"presence", "CLASS | all CLASS --but NO,… | present NO… | missing NO…", N_ ("who of a class is at the door"), lanmu_ctl_presence},
    {"health", "[add NO 36.6]", N_ ("temperatures of the day, and who was held for one"), lanmu_ctl_health},
    {"makeup", "[begin | end]", N_ ("the make-up round of those who were absent"), lanmu_ctl_makeup},
    {"absent", "[--class NAME] [--xlsx FILE] [--pdf FILE]", N_ ("who has no picture and why, to send to the classes"), lanmu_ctl_absent},
    {"fees", "[paid NO… | total CLASS --people N | settlement]", N_ ("who paid, and the settlement on those photographed"), lanmu_ctl_fees},
    {"closeout", "[check CLASS | close CLASS | reopen CLASS | sheet NUMBER FILE]", N_ ("close a class: what is missing, the sheet to sign"),
     lanmu_ctl_closeout},
    {"correction", "[add NO FIELD=VALUE | withdraw SLIP]", N_ ("write, list or save correction slips; the list stays"),
     lanmu_ctl_correction},
    {"station", "", N_ ("work a station without a screen: one command a line in, one JSON object a line out"),
     lanmu_ctl_station},
    {"shots", "[--student NO] [--state STATE]", N_ ("list the pictures that are safe"), lanmu_ctl_shots},
    {"codes", "[scan CODE|leave NUMBER|return NUMBER|call|queue]",
     N_ ("list the capture codes and the picture each one accepted; the queue of codes at the door"), lanmu_ctl_codes},
    {"tickets", "[--state STATE]", N_ ("list the releases and what became of them"), lanmu_ctl_tickets},
    {"quarantine", "[assign SHOT NO | discard SHOT]", N_ ("list pictures that nobody owns yet, or decide one"),
     lanmu_ctl_quarantine},
    {"repair", "swap NO NO | move NO NO | shift NO NO | undo ID",
     N_ ("give pictures to whom they show, when the wrong student was called"), lanmu_ctl_repair},
    {"reconcile", "", N_ ("hold the card against the records now"), lanmu_ctl_reconcile},
    {"deliver", "DIR", N_ ("hand over pictures and table: signed, all or nothing"), lanmu_ctl_deliver},
    {"verify-delivery", "DIR", N_ ("prove a delivered folder, on any machine"), lanmu_ctl_verify_delivery},
    {"verify", "", N_ ("recompute every promise over database and files"), lanmu_ctl_verify},
    {"check", "FILE…", N_ ("look pictures over by the photo standard"), lanmu_ctl_check},
    {"portrait", "IN OUT", N_ ("make the finished file of a picture"), lanmu_ctl_portrait},
    {"profile", "list | show NAME | check FILE | copy NAME NEW-NAME",
     N_ ("look at photo standards, or make one of your own"), lanmu_ctl_profile},
    {"portraits", "[--force]", N_ ("make the finished files of accepted pictures that are missing or of another standard"),
     lanmu_ctl_portraits},
    {"crop", "SHOT [--dx N] [--dy N] [--zoom N] [--reset]", N_ ("say where the portrait lies in a shot, or move it within the standard"), lanmu_ctl_crop},
    {"retake", "[NO --reason TEXT]", N_ ("ask for another picture of a student, or list who was asked for"), lanmu_ctl_retake},
    {"calibrate", "[FILE]", N_ ("take a picture of the empty backdrop as the day's reference, with advice on the lamps"),
     lanmu_ctl_calibrate},
    {"tune", "", N_ ("work out limits from this campaign's chosen pictures, as lines for a photo standard"), lanmu_ctl_tune},
    {"seal", "status | on | passphrase | forget NAME", N_ ("keep pictures and ID numbers encrypted on the disk, under a passphrase"), lanmu_ctl_seal},
    {"purge", "[--campaign NAME] | --verify FILE", N_ ("delete the campaign's data for good, with a signed record"), lanmu_ctl_purge},
    {"audit", "[--after ID]", N_ ("list who did what"), lanmu_ctl_audit},
    {"backup", "[DIR | --second DIR]", N_ ("copy the database, with DIR the pictures too"), lanmu_ctl_backup},
    {"restore", "FROM [--pictures]", N_ ("make the data folder anew out of a copy; the old one is set aside"), lanmu_ctl_restore},
    {"camera", "list | probe | settings [NAME=VALUE…] | files", N_ ("look at the camera"), lanmu_ctl_camera},
    {"settings", "[NAME=VALUE…]", N_ ("list or change what the station does by choice"), lanmu_ctl_settings},
    {"doctor", "", N_ ("say what stands in the way of a day's work"), lanmu_ctl_doctor},
};

const LanmuCtlCommand *lanmu_ctl_find_command (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, name))
      return &commands[i];
  return NULL;
}

static void print_help (void)
{
  lanmu_ctl_print ("%s\n  lanmuctl [--data DIR] [--camera SPEC] [--json] %s …\n\n%s\n", _ ("Usage:"), _ ("COMMAND"),
                   _ ("Commands:"));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++) {
    g_autofree char *call = g_strdup_printf ("%s %s", commands[i].name, commands[i].usage);
    lanmu_ctl_print ("  %-46s  %s\n", call, _ (commands[i].summary));
  }
  lanmu_ctl_print ("\n%s\n"
                   "  --data DIR      %s\n"
                   "  --camera SPEC   %s\n"
                   "  --json          %s\n"
                   "  --passphrase-file FILE  %s\n"
                   "  --version       %s\n"
                   "  --help          %s\n\n%s\n",
                   _ ("Options:"), _ ("data folder (default: $LANMU_DATA, else $XDG_DATA_HOME/lanmu)"),
                   _ ("usb (default), usb:serial=…, ptpip:IP:PORT"), _ ("answer as JSON, one object per line"),
                   _ ("opens a sealed campaign: its first line (default: $LANMU_PASSPHRASE_FILE, else asked for)"),
                   _ ("print the version"), _ ("print this help; `lanmuctl COMMAND --help` for one command"),
                   _ ("Exit codes: 0 done, 1 refused or failed with a reason, 2 wrong usage."));
}

/* The nearest command by letters in common from the start; NULL when none begins alike. */
static const char *nearest (const char *name)
{
  const char *best = NULL;
  gsize best_length = 1;
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++) {
    gsize length = 0;
    while (name[length] != '\0' && name[length] == commands[i].name[length])
      length++;
    if (length > best_length) {
      best = commands[i].name;
      best_length = length;
    }
  }
  return best;
}

static int unknown_command (LanmuCtl *ctl, const char *name)
{
  const char *hint = nearest (name);
  if (hint != NULL)
    return lanmu_ctl_misuse (ctl, NULL, _ ("There is no command “%s”; did you mean “%s”?"), name, hint);
  return lanmu_ctl_misuse (ctl, NULL, _ ("There is no command “%s”."), name);
}

static int run_command (LanmuCtl *ctl, char **rest)
{
  if (rest[0] == NULL)
    return lanmu_ctl_misuse (ctl, NULL, "%s", _ ("A command is missing."));
  if (g_str_equal (rest[0], "help")) {
    print_help ();
    return LANMU_CTL_DONE;
  }
  const LanmuCtlCommand *command = lanmu_ctl_find_command (rest[0]);
  if (command == NULL)
    return unknown_command (ctl, rest[0]);
  ctl->command = command->name;
  return command->run (ctl, (int) g_strv_length (rest), rest);
}

/* Options before the command. FALSE: *code says how to end. */
static gboolean parse_global (LanmuCtl *ctl, char ***rest, int *code)
{
  gboolean help = FALSE, version = FALSE;
  const GOptionEntry entries[] = {
      {"data", 0, 0, G_OPTION_ARG_FILENAME, &ctl->data_dir, NULL, NULL},
      {"camera", 0, 0, G_OPTION_ARG_STRING, &ctl->camera, NULL, NULL},
      {"json", 0, 0, G_OPTION_ARG_NONE, &ctl->json, NULL, NULL},
      {"passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &ctl->passphrase_file, NULL, NULL},
      {"help", 'h', 0, G_OPTION_ARG_NONE, &help, NULL, NULL},
      {"version", 0, 0, G_OPTION_ARG_NONE, &version, NULL, NULL},
      {0},
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse_strv (context, rest, &error)) {
    *code = lanmu_ctl_misuse (ctl, NULL, "%s.", error->message);
    return FALSE;
  }
  if (version)
    lanmu_ctl_print ("lanmuctl %s\n", LANMU_VERSION);
  else if (help)
    print_help ();
  *code = LANMU_CTL_DONE;
  return !version && !help;
}

static void drop_first (char **argv)
{
  if (argv[0] == NULL)
    return;
  g_free (argv[0]);
  memmove (argv, argv + 1, (g_strv_length (argv + 1) + 1) * sizeof *argv);
}

int main (int argc, char **argv)
{
  LanmuCtl ctl = {0};
  int code;
  lanmu_i18n_init ();
  lanmu_pictures_init ();
  g_set_prgname ("lanmuctl");
  g_auto (GStrv) rest = g_strdupv (argv);
  if (parse_global (&ctl, &rest, &code)) {
    drop_first (rest);
    code = run_command (&ctl, rest);
  }
  g_free (ctl.data_dir);
  g_free (ctl.camera);
  g_free (ctl.passphrase_file);
  if (fflush (stdout) != 0 && code == LANMU_CTL_DONE)
    code = LANMU_CTL_REFUSED; /* a full disk behind a redirection must not look like success */
  return code;
}

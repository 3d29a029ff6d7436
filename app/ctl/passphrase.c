/* See passphrase.h. */
#include "app/ctl/passphrase.h"

#include <string.h>

#include "app/ctl/pinentry.h"
#include "db/seal.h"

#define LONGEST_FILE 4096 /* bytes: more is no passphrase but a mistake */

void lanmu_passphrase_free (char *passphrase)
{
  if (passphrase != NULL)
    explicit_bzero (passphrase, strlen (passphrase));
  g_free (passphrase);
}

static char *read_file (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize size = 0;
  if (!g_file_get_contents (path, &text, &size, error))
    return NULL;
  gsize line = strcspn (text, "\r\n");
  char *passphrase = line > 0 && size <= LONGEST_FILE && g_utf8_validate (text, (gssize) line, NULL) ? g_strndup (text, line) : NULL;
  if (text != NULL) /* it never is: for the compiler with sanitizers */
    explicit_bzero (text, size);
  if (passphrase == NULL)
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "%s holds no passphrase: its first line must be one, as UTF-8 text", path);
  return passphrase;
}

char *lanmu_passphrase_from_file (const LanmuCtl *ctl, GError **error)
{
  const char *path = ctl->passphrase_file != NULL ? ctl->passphrase_file : g_getenv ("LANMU_PASSPHRASE_FILE");
  return path != NULL && *path != '\0' ? read_file (path, error) : NULL;
}

static char *type_twice (LanmuCtl *ctl, int *code)
{
  char *first = lanmu_pin_entry_read (_ ("New passphrase, at least 8 characters (nothing is shown): "));
  char *second = first != NULL ? lanmu_pin_entry_read (_ ("The same again: ")) : NULL;
  gboolean same = g_strcmp0 (first, second) == 0 && first != NULL;
  lanmu_passphrase_free (second);
  if (same)
    return first;
  lanmu_passphrase_free (first);
  *code = lanmu_ctl_refuse (ctl, "passphrase", "%s", _ ("The two passphrases differ; nothing was changed."));
  return NULL;
}

static char *refuse (LanmuCtl *ctl, const char *option, int *code)
{
  *code = lanmu_ctl_refuse (ctl, "passphrase", _ ("A passphrase is needed: %s FILE, or type it at a terminal."), option);
  return NULL;
}

/* found: what a file gave, or NULL. */
static char *else_type_twice (LanmuCtl *ctl, char *found, const GError *error, const char *option, int *code)
{
  if (error != NULL)
    *code = lanmu_ctl_fail (ctl, error);
  if (error != NULL || found != NULL)
    return found;
  return lanmu_pin_entry_is_terminal () ? type_twice (ctl, code) : refuse (ctl, option, code);
}

char *lanmu_passphrase_make (LanmuCtl *ctl, int *code)
{
  g_autoptr (GError) error = NULL;
  char *found = lanmu_passphrase_from_file (ctl, &error);
  return else_type_twice (ctl, found, error, "--passphrase-file", code);
}

char *lanmu_passphrase_make_new (LanmuCtl *ctl, const char *file, int *code)
{
  g_autoptr (GError) error = NULL;
  char *found = file != NULL ? read_file (file, &error) : NULL;
  return else_type_twice (ctl, found, error, "--new-passphrase-file", code);
}

char *lanmu_passphrase_ask (LanmuCtl *ctl, const char *prompt, int *code)
{
  g_autoptr (GError) error = NULL;
  char *found = lanmu_passphrase_from_file (ctl, &error);
  if (error != NULL) {
    *code = lanmu_ctl_fail (ctl, error);
    return NULL;
  }
  if (found == NULL && lanmu_pin_entry_is_terminal ())
    found = lanmu_pin_entry_read (prompt);
  return found != NULL ? found : refuse (ctl, "--passphrase-file", code);
}

/* Commands that work on what is not sealed ask nobody. */
static gboolean is_asked_for (const LanmuCtl *ctl)
{
  static const char *const without[] = {"audit", "tickets", "settings", "shots", "codes", "staff", "holds", "countersign", "doctor", "backup"};
  for (gsize i = 0; i < G_N_ELEMENTS (without); i++)
    if (g_strcmp0 (ctl->command, without[i]) == 0)
      return FALSE;
  return lanmu_pin_entry_is_terminal ();
}

gboolean lanmu_ctl_unseal_quietly (LanmuCtl *ctl, LanmuDb *db, GError **error)
{
  GError *failed = NULL;
  if (lanmu_seal_is_open (db) || ctl->stays_closed)
    return TRUE;
  char *passphrase = lanmu_passphrase_from_file (ctl, &failed);
  if (passphrase == NULL && failed == NULL && is_asked_for (ctl))
    passphrase = lanmu_pin_entry_read (_ ("Passphrase of the campaign (empty: it stays closed): "));
  if (passphrase != NULL && *passphrase != '\0')
    lanmu_seal_open (db, passphrase, &failed);
  lanmu_passphrase_free (passphrase);
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, failed);
  return FALSE;
}

gboolean lanmu_ctl_unseal (LanmuCtl *ctl, LanmuDb *db, int *code)
{
  g_autoptr (GError) error = NULL;
  if (lanmu_ctl_unseal_quietly (ctl, db, &error))
    return TRUE;
  *code = lanmu_ctl_fail (ctl, error);
  return FALSE;
}

gboolean lanmu_ctl_unseal_or_refuse (LanmuCtl *ctl, LanmuDb *db, int *code)
{
  g_autoptr (GError) error = NULL;
  if (!lanmu_ctl_unseal (ctl, db, code))
    return FALSE;
  if (lanmu_seal_require_open (db, &error))
    return TRUE;
  *code = lanmu_ctl_fail (ctl, error);
  return FALSE;
}

/* See passwordfile.h. */
#include "app/ctl/passwordfile.h"

#include "app/ctl/pinentry.h"
#include "app/roles/pin.h"

#include <string.h>

static char *first_line (const char *file, GError **error)
{
  char *text = NULL;
  if (g_file_get_contents (file, &text, NULL, error))
    text[strcspn (text, "\r\n")] = '\0';
  return text;
}

static gboolean agrees (const char *password)
{
  if (!lanmu_pin_entry_is_terminal ())
    return TRUE;
  char *again = lanmu_pin_entry_read (_ ("The password again: "));
  gboolean same = g_strcmp0 (again, password) == 0;
  lanmu_pin_wipe (again);
  g_free (again);
  return same;
}

gboolean lanmu_ctl_read_password (LanmuCtl *ctl, const char *command, const char *file, gboolean twice, char **password,
                                  int *code)
{
  g_autoptr (GError) error = NULL;
  gboolean asked = g_str_equal (file, "-");
  char *text = asked ? lanmu_pin_entry_read (_ ("Password: ")) : first_line (file, &error);
  if (error)
    *code = lanmu_ctl_fail (ctl, error);
  else if (!text || *text == '\0')
    *code =
        lanmu_ctl_misuse (ctl, command, "%s", _ ("The password is empty: write it into the first line of the file."));
  else if (twice && g_utf8_strlen (text, -1) < LANMU_PASSWORD_SHORTEST)
    *code = lanmu_ctl_misuse (ctl, command, _ ("The password is too short: %d characters or more."),
                              LANMU_PASSWORD_SHORTEST);
  else if (twice && asked && !agrees (text))
    *code = lanmu_ctl_misuse (ctl, command, "%s", _ ("The two passwords differ: try again."));
  else {
    *password = text;
    return TRUE;
  }
  lanmu_pin_wipe (text);
  g_free (text);
  return FALSE;
}

/* See dayline.h. */
#include "app/ctl/dayline.h"

#include <string.h>

#include "db/classorder.h"

int lanmu_ctl_done (LanmuCtl *ctl, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  lanmu_ctl_print ("%s\n", ctl->json ? "{\"ok\":true}" : text);
  return LANMU_CTL_DONE;
}

gboolean lanmu_ctl_who_find (LanmuDb *db, LanmuCtlWho *who, GError **error)
{
  if (who->class_name != NULL && (who->class_id = lanmu_class_find (db, who->college, who->class_name, error)) == 0)
    return FALSE;
  who->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (char **number = who->numbers; number != NULL && *number != NULL; number++) {
    g_autoptr (LanmuStudentRow) row = lanmu_student_get_by_no (db, *number, error);
    if (row == NULL)
      return FALSE;
    g_array_append_val (who->ids, row->id);
  }
  return TRUE;
}

void lanmu_ctl_who_clear (LanmuCtlWho *who)
{
  g_clear_pointer (&who->ids, g_array_unref);
}

gboolean lanmu_ctl_read_yuan (const char *text, gint64 *fen)
{
  const char *dot = strchr (text, '.');
  gsize whole = dot != NULL ? (gsize) (dot - text) : strlen (text), cents = dot != NULL ? strlen (dot + 1) : 0;
  if (whole == 0 || whole > 9 || strspn (text, "0123456789") != whole ||
      (dot != NULL && (cents == 0 || cents > 2 || strspn (dot + 1, "0123456789") != cents)))
    return FALSE;
  *fen = g_ascii_strtoll (text, NULL, 10) * 100;
  if (cents > 0)
    *fen += g_ascii_strtoll (dot + 1, NULL, 10) * (cents == 1 ? 10 : 1);
  return TRUE;
}

/* Masks, groups, sizes and times as text. Pure; any thread. */
#include "app/format.h"

#include <string.h>

char *lanmu_format_masked_name (const char *name)
{
  if (name == NULL || *name == '\0')
    return g_strdup ("");
  return g_strdup_printf ("%.*s*", (int) (g_utf8_next_char (name) - name), name);
}

char *lanmu_format_masked_id (const char *id_no)
{
  glong length = id_no != NULL ? g_utf8_strlen (id_no, -1) : 0;
  if (length == 0)
    return g_strdup ("");
  glong head = length > 8 ? 4 : 1;
  glong tail = length > 8 ? 4 : 0;
  GString *out = g_string_new_len (id_no, g_utf8_offset_to_pointer (id_no, head) - id_no);
  for (glong i = head; i < length - tail; i++)
    g_string_append_c (out, '*');
  g_string_append (out, g_utf8_offset_to_pointer (id_no, length - tail));
  return g_string_free (out, FALSE);
}

char *lanmu_format_grouped_no (const char *student_no)
{
  gsize length = student_no != NULL ? strlen (student_no) : 0;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (student_no[i]))
      return g_strdup (student_no);
  if (length < 7)
    return g_strdup (student_no != NULL ? student_no : "");
  GString *out = g_string_sized_new (length + length / 4);
  for (gsize i = 0; i < length; i++) {
    if (i > 0 && i % 4 == 0 && length - i > 1)
      g_string_append_c (out, ' ');
    g_string_append_c (out, student_no[i]);
  }
  return g_string_free (out, FALSE);
}

char *lanmu_format_count (gint64 count)
{
  char digits[32];
  g_snprintf (digits, sizeof digits, "%" G_GUINT64_FORMAT, count < 0 ? -(guint64) count : (guint64) count);
  gsize length = strlen (digits);
  GString *out = g_string_new (count < 0 ? "-" : "");
  for (gsize i = 0; i < length; i++) {
    if (i > 0 && (length - i) % 3 == 0)
      g_string_append_c (out, ',');
    g_string_append_c (out, digits[i]);
  }
  return g_string_free (out, FALSE);
}

char *lanmu_format_size (gint64 bytes)
{
  static const char *const units[] = {"KB", "MB", "GB", "TB"};
  if (bytes < 0)
    return g_strdup ("?");
  if (bytes < 1000)
    return g_strdup_printf ("%d B", (int) bytes);
  double value = bytes / 1000.0;
  guint unit = 0;
  while (value >= 999.5 && unit + 1 < G_N_ELEMENTS (units)) {
    value /= 1000.0;
    unit++;
  }
  return g_strdup_printf (unit == 0 || value >= 99.95 ? "%.0f %s" : "%.1f %s", value, units[unit]);
}

char *lanmu_format_duration (gint64 seconds)
{
  if (seconds < 0)
    return g_strdup ("?");
  if (seconds < 60)
    return g_strdup_printf ("%d s", (int) seconds);
  if (seconds < 3600)
    return g_strdup_printf ("%d:%02d", (int) (seconds / 60), (int) (seconds % 60));
  return g_strdup_printf ("%" G_GINT64_FORMAT ":%02d:%02d", seconds / 3600, (int) (seconds / 60 % 60),
                          (int) (seconds % 60));
}

char *lanmu_format_time (gint64 wall_us)
{
  if (wall_us == 0)
    return g_strdup ("");
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_local (wall_us / G_USEC_PER_SEC);
  return when != NULL ? g_date_time_format (when, "%Y-%m-%d %H:%M:%S") : g_strdup ("");
}

static gunichar fold_character (gunichar c)
{
  switch (c) {
  case 0x2027: /* ‧ */
  case 0x2022: /* • */
  case 0x30FB: /* ・ */
  case 0xFF65: /* ･ */
  case 0xFF0E: /* ． */
  case 0x2219: /* ∙ */
  case 0x22C5: /* ⋅ */
  case '.':
    return 0x00B7;
  default:
    if (c >= 0xFF01 && c <= 0xFF5E)
      c -= 0xFF01 - '!';
    return g_unichar_tolower (c);
  }
}

char *lanmu_format_fold (const char *text)
{
  GString *out = g_string_sized_new (text != NULL ? strlen (text) + 1 : 1);
  for (const char *p = text != NULL ? text : ""; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (!g_unichar_isspace (c))
      g_string_append_unichar (out, fold_character (c));
  }
  return g_string_free (out, FALSE);
}

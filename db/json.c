/* JSON objects of texts and integers on one line. */
#include "db/json.h"

#include <stdarg.h>

static void append_text (GString *json, const char *text)
{
  g_string_append_c (json, '"');
  for (const guchar *p = (const guchar *)text; *p; p++) {
    if (*p == '"' || *p == '\\')
      g_string_append_printf (json, "\\%c", *p);
    else if (*p < 0x20 || *p == 0x7f)
      g_string_append_printf (json, "\\u%04x", *p);
    else
      g_string_append_c (json, (char)*p);
  }
  g_string_append_c (json, '"');
}

static void append_key (GString *json, const char *key)
{
  if (json->len > 1)
    g_string_append_c (json, ',');
  append_text (json, key);
  g_string_append_c (json, ':');
}

char *lanmu_json_object (const char *format, ...)
{
  GString *json = g_string_new ("{");
  va_list args;

  va_start (args, format);
  for (const char *kind = format; *kind; kind++) {
    const char *key = va_arg (args, const char *);
    if (*kind == 'i') {
      append_key (json, key);
      g_string_append_printf (json, "%" G_GINT64_FORMAT, va_arg (args, gint64));
    } else {
      const char *text = va_arg (args, const char *);
      if (text) {
        append_key (json, key);
        append_text (json, text);
      }
    }
  }
  va_end (args);
  g_string_append_c (json, '}');
  return g_string_free (json, FALSE);
}

/* See ledger.h. */
#include "capture/simcam/ledger.h"

#include <errno.h>
#include <stdio.h>

struct SimLedger {
  FILE *file;
  gboolean owned;
};

SimLedger *sim_ledger_new (const char *path, GError **error)
{
  SimLedger *ledger;
  FILE *file = path != NULL ? fopen (path, "ae") : stdout;

  if (file == NULL) {
    int saved = errno;
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), "cannot open the ledger %s: %s", path,
                 g_strerror (saved));
    return NULL;
  }
  ledger = g_new0 (SimLedger, 1);
  ledger->file = file;
  ledger->owned = path != NULL;
  return ledger;
}

void sim_ledger_free (SimLedger *ledger)
{
  if (ledger == NULL)
    return;
  if (ledger->owned)
    fclose (ledger->file);
  g_free (ledger);
}

static void put_quoted (GString *line, const char *text)
{
  g_string_append_c (line, '"');
  for (const char *c = text; *c != '\0'; c++)
    if (*c == '"' || *c == '\\')
      g_string_append_printf (line, "\\%c", *c);
    else if ((guchar)*c < 0x20)
      g_string_append_printf (line, "\\u%04x", (guchar)*c);
    else
      g_string_append_c (line, *c);
  g_string_append_c (line, '"');
}

static void put_key (GString *line, const char *key)
{
  if (line->len > 1)
    g_string_append_c (line, ',');
  put_quoted (line, key);
  g_string_append_c (line, ':');
}

GString *sim_ledger_line (const char *event)
{
  GString *line = g_string_new ("{");
  sim_ledger_text (line, "event", event);
  return line;
}

void sim_ledger_int (GString *line, const char *key, gint64 value)
{
  put_key (line, key);
  g_string_append_printf (line, "%" G_GINT64_FORMAT, value);
}

void sim_ledger_text (GString *line, const char *key, const char *value)
{
  put_key (line, key);
  if (value == NULL)
    g_string_append (line, "null");
  else
    put_quoted (line, value);
}

void sim_ledger_flag (GString *line, const char *key, gboolean value)
{
  put_key (line, key);
  g_string_append (line, value ? "true" : "false");
}

char *sim_ledger_close (GString *line)
{
  g_string_append_c (line, '}');
  return g_string_free (line, FALSE);
}

void sim_ledger_write (SimLedger *ledger, GString *line)
{
  g_autofree char *text = sim_ledger_close (line);
  fputs (text, ledger->file);
  fputc ('\n', ledger->file);
  fflush (ledger->file);
}

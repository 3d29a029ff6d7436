/* Listening to the library's log around a release: see the header. */
#include "capture/host/trace.h"

#include <stdlib.h>
#include <string.h>
#include <gphoto2/gphoto2-port-log.h>

#define PTP_OK 0x2001u

static guint current_op;
static guint16 release_answer;
static int listener;

static gboolean is_release (guint op)
{
  static const guint ops[] = {0x9207, 0x90c0, 0x90cb, 0x100e, 0x910f, 0x9128};
  for (gsize i = 0; i < G_N_ELEMENTS (ops); i++)
    if (ops[i] == op)
      return TRUE;
  return FALSE;
}

/* The number after the first occurrence of mark; 0 when it is not there. */
static guint number_after (const char *line, const char *mark)
{
  const char *at = strstr (line, mark);
  return at != NULL ? (guint) strtoul (at + strlen (mark), NULL, 16) : 0;
}

void lanmu_trace_read_line (const char *line, guint *op, guint16 *answer)
{
  guint reading =
      g_str_has_prefix (line, "Reading PTP_OC ") && strstr (line, "response") ? number_after (line, "PTP_OC 0x") : 0;
  if (reading != 0) {
    *op = reading;
    if (is_release (*op))
      *answer = PTP_OK; /* USB logs only what is not OK */
    return;
  }
  guint code = number_after (line, "PTPIP_CMD_RESPONSE (result=0x");
  if (code == 0 && strstr (line, "receiving resp failed") != NULL) {
    const char *last = strrchr (line, '(');
    code = last != NULL ? number_after (last, "(0x") : 0;
  }
  if (code != 0 && is_release (*op))
    *answer = (guint16) code;
}

static void on_line (GPLogLevel level, const char *domain, const char *text, void *data)
{
  lanmu_trace_read_line (text, &current_op, &release_answer);
}

void lanmu_trace_start (void)
{
  current_op = 0;
  release_answer = 0;
  listener = gp_log_add_func (GP_LOG_DEBUG, on_line, NULL);
}

guint16 lanmu_trace_stop (void)
{
  gp_log_remove_func (listener);
  return release_answer;
}

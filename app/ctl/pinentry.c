/* See pinentry.h. */
#include "app/ctl/pinentry.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define LONGEST_LINE 256

gboolean lanmu_pin_entry_is_terminal (void)
{
  return isatty (STDIN_FILENO) == 1;
}

/* FALSE: it is no terminal; *before is untouched. */
static gboolean hide_typing (struct termios *before)
{
  if (!lanmu_pin_entry_is_terminal () || tcgetattr (STDIN_FILENO, before) != 0)
    return FALSE;
  struct termios hidden = *before;
  hidden.c_lflag &= ~(tcflag_t) ECHO;
  return tcsetattr (STDIN_FILENO, TCSAFLUSH, &hidden) == 0;
}

char *lanmu_pin_entry_read (const char *prompt)
{
  char line[LONGEST_LINE];
  struct termios before;
  gboolean hidden = hide_typing (&before);

  if (hidden)
    fprintf (stderr, "%s", prompt);
  char *got = fgets (line, sizeof line, stdin);
  if (hidden) {
    tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
    fputc ('\n', stderr);
  }
  char *pin = got ? g_strndup (line, strcspn (line, "\r\n")) : NULL;
  explicit_bzero (line, sizeof line);
  return pin;
}

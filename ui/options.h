/* LanmuOptions: the command line of the kiosk as values. Pure; strings are owned by the struct and in the file system's
 * encoding. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  char *data_dir; /* --data; NULL = the default folder */
  char *camera;   /* --camera SPEC; NULL = "usb", unless simulate */
  gboolean simulate;
  gboolean windowed;
  gboolean version;
  int autopilot;   /* students to work; 0 = none */
  char *screens;   /* folder for pictures of the pages passed, or NULL */
  char *theme;     /* "dark" "light" "system"; NULL = dark */
  char *language;  /* "zh_CN" "en"; NULL = by the locale */
  int run_seconds; /* benches: stop after so many seconds of live picture; 0 = never */
} LanmuOptions;

/* Reads argv. TRUE: go on, or *help is a text to print before leaving with 0. FALSE: a sentence in error, leave with 2.
 */
gboolean lanmu_options_parse (LanmuOptions *self, int argc, char **argv, char **help, GError **error);
void lanmu_options_clear (LanmuOptions *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanmuOptions, lanmu_options_clear)

/* The value of --language in argv, or NULL: needed before anything is said, so before options are parsed. Points into
 * argv. */
const char *lanmu_options_find_language (int argc, char **argv);

G_END_DECLS

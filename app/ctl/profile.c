/* lanmuctl profile: list, show, check and copy photograph standards. */
#include "app/ctl/standard.h"

#include "app/standard/profiles.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

static void tell_wrong (const char *path, const GError *error, gpointer user_data)
{
  g_printerr ("%s\n", error->message);
}

static void print_one (LanmuCtl *ctl, const LanmuProfile *p)
{
  const char *title = lanmu_i18n_is_chinese () && *p->title_zh != '\0' ? p->title_zh : p->title;
  if (!ctl->json) {
    lanmu_ctl_print ("%s\t%s\t%d×%d\t%d–%d\t%s\n", p->name, title, p->width, p->height, p->bytes_min, p->bytes_max,
                     *p->path != '\0' ? p->path : _ ("built in"));
    return;
  }
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_string (builder, "name", p->name);
  lanmu_ctl_json_string (builder, "title", title);
  lanmu_ctl_json_int (builder, "width", p->width);
  lanmu_ctl_json_int (builder, "height", p->height);
  lanmu_ctl_json_int (builder, "bytes_min", p->bytes_min);
  lanmu_ctl_json_int (builder, "bytes_max", p->bytes_max);
  lanmu_ctl_json_string (builder, "path", p->path);
  lanmu_ctl_json_string (builder, "sha256", p->digest);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static int list (LanmuCtl *ctl, char **words)
{
  g_autofree char *own = lanmu_profiles_dir (ctl->data_dir);
  g_autoptr (GPtrArray) all = lanmu_profile_list (own, tell_wrong, NULL);
  for (guint i = 0; i < all->len; i++)
    print_one (ctl, all->pdata[i]);
  return LANMU_CTL_DONE;
}

static int show (LanmuCtl *ctl, char **words)
{
  int code;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuProfile) profile = lanmu_ctl_take_profile (ctl, words[1], &code);
  if (profile == NULL)
    return code;
  g_autofree char *text = lanmu_profile_get_text (profile, &error);
  if (text == NULL)
    return lanmu_ctl_fail (ctl, error);
  if (ctl->json)
    print_one (ctl, profile);
  else
    lanmu_ctl_print ("%s", text);
  return LANMU_CTL_DONE;
}

static int check (LanmuCtl *ctl, char **words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuProfile) profile = lanmu_profile_load (words[1], &error);
  if (profile == NULL)
    return lanmu_ctl_fail (ctl, error);
  if (ctl->json)
    print_one (ctl, profile);
  else
    lanmu_ctl_print (_ ("%s is a sound profile, “%s”.\n"), words[1], profile->name);
  return LANMU_CTL_DONE;
}

/* The text with its name changed: comments stay. */
static char *renamed (const char *text, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gboolean inside = FALSE;
  for (int i = 0; lines[i] != NULL; i++) {
    g_autofree char *line = g_strstrip (g_strdup (lines[i]));
    if (*line == '[')
      inside = g_str_equal (line, "[profile]");
    if (inside && g_str_has_prefix (line, "name") && strchr ("= \t", line[4]) != NULL) {
      g_free (lines[i]);
      lines[i] = g_strdup_printf ("name = %s", name);
    }
  }
  return g_strjoinv ("\n", lines);
}

static int copy (LanmuCtl *ctl, char **words)
{
  int code;
  g_autoptr (GError) error = NULL;
  if (!lanmu_profile_is_name (words[2]))
    return lanmu_ctl_misuse (ctl, "profile", _ ("“%s” is no name for a profile: use a–z, 0–9 and -."), words[2]);
  g_autoptr (LanmuProfile) profile = lanmu_ctl_take_profile (ctl, words[1], &code);
  if (profile == NULL)
    return code;
  g_autofree char *dir = lanmu_profiles_dir (ctl->data_dir),
                  *file = g_strconcat (words[2], LANMU_PROFILE_EXTENSION, NULL);
  g_autofree char *path = g_build_filename (dir, file, NULL), *text = lanmu_profile_get_text (profile, &error);
  if (text == NULL)
    return lanmu_ctl_fail (ctl, error);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return lanmu_ctl_refuse (ctl, "exists", _ ("%s is there already; nothing was changed."), path);
  g_autofree char *changed = renamed (text, words[2]);
  if (g_mkdir_with_parents (dir, 0700) != 0)
    return lanmu_ctl_refuse (ctl, "io", _ ("%s cannot be made: %s."), dir, g_strerror (errno));
  if (!g_file_set_contents_full (path, changed, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                 &error))
    return lanmu_ctl_fail (ctl, error);
  if (ctl->json)
    return check (ctl, (char *[]){words[0], path, NULL});
  lanmu_ctl_print (_ ("%s is yours to change; then try it with: lanmuctl profile check %s\n"), path, path);
  return LANMU_CTL_DONE;
}

int lanmu_ctl_profile (LanmuCtl *ctl, int argc, char **argv)
{
  static const struct {
    const char *name;
    guint words;
    int (*run) (LanmuCtl *, char **);
  } actions[] = {{"list", 1, list}, {"show", 2, show}, {"check", 2, check}, {"copy", 3, copy}};
  int code;
  g_auto (GStrv) words = NULL;
  if (!lanmu_ctl_parse (ctl, argc, argv, NULL, 0, 3, &words, &code))
    return code;
  if (words[0] == NULL)
    return list (ctl, words);
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (words[0], actions[i].name)) {
      if (g_strv_length (words) != actions[i].words)
        return lanmu_ctl_misuse (ctl, "profile", "%s",
                                 _ ("It is: profile list | show NAME | check FILE | copy NAME NEW-NAME."));
      return actions[i].run (ctl, words);
    }
  return lanmu_ctl_misuse (ctl, "profile", "%s",
                           _ ("It is: profile list | show NAME | check FILE | copy NAME NEW-NAME."));
}

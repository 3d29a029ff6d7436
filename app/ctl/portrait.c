/* lanmuctl portrait IN OUT: the finished file of any JPEG. OUT appears whole or not at all, and never over another file
 * unless asked. */
#include "app/ctl/standard.h"

#include "app/standard/checkjson.h"
#include "capture/checks/threadengine.h"
#include "capture/portrait/portrait.h"
#include <gio/gio.h>
#include <glib/gstdio.h>

typedef struct {
  LanmuCtl *ctl;
  const char *in, *out;
  LanmuProfile *profile;
  LanmuAdjustment by_hand;
  gboolean replace;
  LanmuPlacement placement;
  LanmuPortrait portrait;
} Wish;

static gboolean make (Wish *wish, GError **error)
{
  gsize size;
  g_auto (LanmuScene) scene = {0};
  g_autofree LanmuFace *faces = g_new (LanmuFace, LANMU_SCENE_MOST_FACES);
  g_autofree guint8 *bytes = lanmu_ctl_read_picture (wish->in, &size, error);
  if (bytes == NULL || !lanmu_scene_init (&scene, bytes, size, wish->profile, error))
    return FALSE;
  lanmu_scene_find_faces (&scene, lanmu_thread_engine (NULL), faces, &wish->by_hand);
  wish->placement = scene.placement;
  LanmuDecodedShot decoded = {&scene.picture, (int) scene.denominator};
  return lanmu_portrait_make (bytes, size, wish->profile, &wish->placement, &decoded, &wish->portrait, error);
}

static gboolean write_out (const Wish *wish, GError **error)
{
  gsize size;
  const char *bytes = g_bytes_get_data (wish->portrait.jpeg, &size);
  return g_file_set_contents_full (wish->out, bytes, (gssize) size, G_FILE_SET_CONTENTS_CONSISTENT, 0644, error);
}

static void answer_json (const Wish *wish)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_bool (builder, "ok", TRUE);
  lanmu_ctl_json_string (builder, "file", wish->out);
  lanmu_ctl_json_string (builder, "sha256", wish->portrait.sha256);
  lanmu_ctl_json_int (builder, "size", (gint64) g_bytes_get_size (wish->portrait.jpeg));
  lanmu_ctl_json_int (builder, "width", wish->profile->width);
  lanmu_ctl_json_int (builder, "height", wish->profile->height);
  lanmu_ctl_json_int (builder, "quality", wish->portrait.quality);
  lanmu_ctl_json_string (builder, "chroma", wish->portrait.chroma == LANMU_CHROMA_444 ? "4:4:4" : "4:2:0");
  lanmu_ctl_json_string (builder, "colour_space", wish->portrait.colour_space);
  lanmu_ctl_json_string (builder, "profile", wish->profile->name);
  json_builder_set_member_name (builder, "placement");
  lanmu_placement_to_json (&wish->placement, builder);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static void answer (const Wish *wish)
{
  const LanmuPlacement *p = &wish->placement;
  if (wish->ctl->json) {
    answer_json (wish);
    return;
  }
  lanmu_ctl_print (_ ("%s: %d bytes, quality %d.\n"), wish->out, (int) g_bytes_get_size (wish->portrait.jpeg),
                   wish->portrait.quality);
  if (p->kind == LANMU_HEAD_NONE)
    lanmu_ctl_print ("%s\n", _ ("No head was found: the portrait is the middle of the shot. Look at it."));
  else if (p->kind == LANMU_HEAD_SILHOUETTE)
    lanmu_ctl_print ("%s\n", _ ("No face was found: the portrait is placed by the outline alone. Look at it."));
  else if (!p->in_bands)
    lanmu_ctl_print (
        "%s\n",
        _ ("Crown, eyes and face cannot all lie in the standard's bands: look at the shot with lanmuctl check."));
}

int lanmu_ctl_portrait (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  g_auto (GStrv) files = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  Wish wish = {.ctl = ctl, .by_hand = {.zoom = 1}};
  const GOptionEntry entries[] = {
      {"profile", 0, 0, G_OPTION_ARG_STRING, &name, _ ("go by this photo standard: a name or a file"), "P"},
      {"dx", 0, 0, G_OPTION_ARG_DOUBLE, &wish.by_hand.dx, _ ("move the head by so many portrait pixels to the right"),
       "N"},
      {"dy", 0, 0, G_OPTION_ARG_DOUBLE, &wish.by_hand.dy, _ ("move the head by so many portrait pixels down"), "N"},
      {"zoom", 0, 0, G_OPTION_ARG_DOUBLE, &wish.by_hand.zoom, _ ("make the head so many times as large"), "N"},
      {"replace", 0, 0, G_OPTION_ARG_NONE, &wish.replace, _ ("write over a file that is there"), NULL},
      {0},
  };
  if (!lanmu_ctl_parse (ctl, argc, argv, entries, 2, 2, &files, &code))
    return code;
  g_autoptr (LanmuProfile) profile = lanmu_ctl_take_profile (ctl, name, &code);
  if (profile == NULL)
    return code;
  if (!wish.replace && g_file_test (files[1], G_FILE_TEST_EXISTS))
    return lanmu_ctl_refuse (ctl, "exists", _ ("%s is there already; nothing was written. --replace writes over it."),
                             files[1]);
  if (!(wish.by_hand.zoom > 0 && wish.by_hand.zoom < 100))
    return lanmu_ctl_misuse (ctl, "portrait", "%s", _ ("--zoom must be a number such as 0.95 or 1.1."));
  wish.profile = profile;
  wish.in = files[0];
  wish.out = files[1];
  if (!make (&wish, &error) || !write_out (&wish, &error)) {
    code = lanmu_ctl_fail_with (ctl, wish.in, error);
  } else {
    answer (&wish);
    code = LANMU_CTL_DONE;
  }
  lanmu_portrait_clear (&wish.portrait);
  return code;
}

/* lanmu-sitters OUT.jpg [--count N] [--columns N] [--first N] [--height PIXELS] [--control LINE]…: a contact sheet of
 * synthetic sitters, each as the diploma crop shows them. A tool for people who change the painters. One thread. */
#include "capture/simcam/sitter/canvas.h"
#include "capture/simcam/sitter/develop.h"
#include "capture/simcam/sitter/paint.h"

#include <stdlib.h>

typedef struct {
  int count, columns, first, height;
  char **controls;
} Options;

static gboolean apply_controls (char **controls, SimPose *pose)
{
  sim_pose_reset (pose);
  for (int i = 0; controls != NULL && controls[i] != NULL; i++) {
    g_autofree char *error = NULL;
    if (!sim_pose_control (pose, controls[i], &error)) {
      g_printerr ("%s\n", error);
      return FALSE;
    }
  }
  return TRUE;
}

static void paint_one (cairo_t *cr, const SimCanvas *canvas, guint sitter, const SimPose *pose)
{
  g_autoptr (cairo_surface_t) backdrop = sim_paint_backdrop (canvas, sitter, pose);
  g_autoptr (cairo_surface_t) person = sim_paint_person (canvas, sitter, pose);
  cairo_set_source_surface (cr, backdrop, 0, 0);
  cairo_paint (cr);
  cairo_set_source_surface (cr, person, 0, 0);
  cairo_paint (cr);
}

static GBytes *contact_sheet (const Options *options, const SimPose *pose)
{
  SimCanvas canvas = sim_canvas_for (options->height * 3 / 4, options->height);
  int rows = (options->count + options->columns - 1) / options->columns;
  int width = canvas.width * options->columns, height = canvas.height * rows;
  g_autoptr (cairo_surface_t) sheet = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  for (int i = 0; i < options->count; i++) {
    g_autoptr (cairo_t) cr = cairo_create (sheet);
    cairo_translate (cr, i % options->columns * canvas.width, i / options->columns * canvas.height);
    paint_one (cr, &canvas, (guint)(options->first + i), pose);
  }
  return sim_develop (sheet, &(SimDevelop){width, height, FALSE, 0, 93});
}

int main (int argc, char **argv)
{
  Options options = {12, 4, 1, 640, NULL};
  const GOptionEntry entries[] = {
      {"count", 0, 0, G_OPTION_ARG_INT, &options.count, "how many sitters", "N"},
      {"columns", 0, 0, G_OPTION_ARG_INT, &options.columns, "how many in a row", "N"},
      {"first", 0, 0, G_OPTION_ARG_INT, &options.first, "number of the first", "N"},
      {"height", 0, 0, G_OPTION_ARG_INT, &options.height, "of each picture", "PIXELS"},
      {"control", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.controls, "a control line, e.g. \"turn 10\"", "LINE"},
      {NULL},
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("OUT.jpg");
  g_option_context_add_main_entries (context, entries, NULL);
  g_autoptr (GError) error = NULL;
  SimPose pose;
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2 || options.count < 1 ||
      options.columns < 1 || options.height < 64 || !apply_controls (options.controls, &pose)) {
    g_printerr ("%s\n", error != NULL ? error->message : "lanmu-sitters OUT.jpg --count 12 --columns 4");
    return 2;
  }
  g_autoptr (GBytes) jpeg = contact_sheet (&options, &pose);
  gsize size = 0;
  const char *data = g_bytes_get_data (jpeg, &size);
  if (!g_file_set_contents (argv[1], data, (gssize)size, &error)) {
    g_printerr ("%s\n", error->message);
    return 1;
  }
  return 0;
}

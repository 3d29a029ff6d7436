/* Live view: frame n exists from start + n / fps on, and is handed out once. A computer that asks faster waits for the
 * next frame, as on a real body; one that asks slower misses frames, and the ledger's count of frames made shows it. */
#include "capture/simcam/body.h"

#define WARM_MS 5 /* between two frames painted ahead */

/* liveviewsize 1, 2, 3 of a Nikon (QVGA, VGA, XGA in libgphoto2's words), in this body's 3:2. */
static const struct {
  int width, height;
} sizes[] = {{0, 0}, {320, 212}, {640, 424}, {1056, 704}};

void sim_live_size (SimBody *body, int *width, int *height)
{
  SimProp *prop = sim_props_means (body->props, SIM_MEANS_LIVE_SIZE);
  guint choice = prop != NULL && prop->number < G_N_ELEMENTS (sizes) ? prop->number : 0;
  gboolean untouched = prop == NULL || prop->number == prop->spec->start;

  *width = choice != 0 ? sizes[choice].width : body->brand->live_width;
  *height = choice != 0 ? sizes[choice].height : body->brand->live_height;
  if (body->options->live_width > 0 && untouched) {
    *width = body->options->live_width;
    *height = body->options->live_height;
  }
}

static gint64 frame_now (SimBody *body)
{
  gint64 since = g_get_monotonic_time () - body->live.started_us;
  return since < 0 ? -1 : (gint64)((double)since * body->fps / G_USEC_PER_SEC);
}

/* Frames are counted anew at the new rate; what was made stays made. */
void sim_live_set_fps (SimBody *body, double fps)
{
  body->live.made_before = sim_live_made (body);
  body->fps = fps;
  if (body->live.on && !sim_live_starting (body)) {
    body->live.started_us = g_get_monotonic_time ();
    body->live.last = -1;
  }
}

void sim_live_start (SimBody *body)
{
  if (body->live.on)
    return;
  body->live.on = TRUE;
  body->live.started_us = g_get_monotonic_time () + (gint64)body->options->startup_ms * 1000;
  body->live.last = -1;
}

void sim_live_stop (SimBody *body)
{
  if (!body->live.on)
    return;
  body->live.made_before = sim_live_made (body);
  body->live.on = FALSE;
}

gboolean sim_live_starting (SimBody *body)
{
  return body->live.on && frame_now (body) < 0;
}

guint64 sim_live_made (SimBody *body)
{
  return body->live.made_before + (body->live.on ? (guint64)(frame_now (body) + 1) : 0);
}

/* One frame of the sitter's cycle at a time, and only while nobody looks. */
static gboolean warm_one (gpointer data)
{
  SimBody *body = data;
  int width, height;

  if (body->live.on || body->pending > 0)
    return G_SOURCE_CONTINUE;
  if ((double)body->live.warmed / body->fps >= SIM_SCENE_CYCLE) {
    body->live.warming = 0;
    return G_SOURCE_REMOVE;
  }
  sim_live_size (body, &width, &height);
  g_bytes_unref (sim_scene_live (body->scene, (double)body->live.warmed++ / body->fps, width, height));
  return G_SOURCE_CONTINUE;
}

void sim_live_warm (SimBody *body)
{
  body->live.warmed = 0;
  if (body->live.warming == 0)
    body->live.warming = g_timeout_add_full (G_PRIORITY_LOW, WARM_MS, warm_one, body, NULL);
}

/* A sensor never makes the same picture twice, the sitter's cycle does: a comment with the frame's number behind the start marker tells them apart. */
static GBytes *number_frame (GBytes *picture, gint64 number)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (picture, &size);
  char comment[4 + 16 + 1];
  GByteArray *numbered = g_byte_array_sized_new (size + sizeof comment);

  g_snprintf (comment, sizeof comment, "\xff\xfe%c\x12%016" G_GINT64_MODIFIER "x", '0', (guint64)number);
  comment[2] = 0; /* length 18, its high byte */
  g_byte_array_append (numbered, bytes, 2);
  g_byte_array_append (numbered, (const guint8 *)comment, sizeof comment - 1);
  g_byte_array_append (numbered, bytes + 2, (guint)size - 2);
  g_bytes_unref (picture);
  return g_byte_array_free_to_bytes (numbered);
}

GBytes *sim_live_frame (SimBody *body, gint64 *wait_us)
{
  gint64 now = frame_now (body), next = MAX (now, body->live.last) + 1;
  int width, height;

  if (now <= body->live.last) {
    gint64 due = body->live.started_us + (gint64)((double)next * G_USEC_PER_SEC / body->fps);
    *wait_us = MAX (due - g_get_monotonic_time (), 1);
    return NULL;
  }
  body->live.last = now;
  body->live.served++;
  sim_live_size (body, &width, &height);
  return number_frame (sim_scene_live (body->scene, (double)now / body->fps, width, height), now);
}

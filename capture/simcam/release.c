/* Releases: from a press of either button to files on the card, one timer after the other so that nothing here ever
 * blocks for longer than painting a picture. */
#include "capture/simcam/body.h"

#include <string.h>

#define MIRROR_MS    40  /* the body is busy for the exposure and this */
#define BURST_MS     150 /* between the pictures of a burst: the 6.5 a second of the D750 */
#define PREPARE_MS   20  /* after a change before the lens: several commands in a row are painted once */
#define RAM_PICTURES 8u  /* what the body's memory holds before the oldest is overwritten */

typedef struct {
  SimBody *body;
  gboolean host, ram, with_raw, last;
  guint number, sitter;
  gint64 local_us, wall_us, boot_us;
  gint64 due; /* monotonic: when its files are there */
  GBytes *jpeg, *raw;
  gint64 size_off;
  gboolean damaged, stale, wrong_time, wrong_serial;
} Exposure;

static void exposure_free (gpointer data)
{
  Exposure *e = data;
  g_clear_pointer (&e->jpeg, g_bytes_unref);
  g_clear_pointer (&e->raw, g_bytes_unref);
  g_free (e);
}

static guint32 quality (SimBody *body)
{
  SimProp *prop = sim_props_means (body->props, SIM_MEANS_QUALITY);
  return prop != NULL ? prop->number : body->brand->quality_start;
}

/* Zeroes a stretch in the middle, where the entropy-coded scan lies. */
static GBytes *damage (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint8 *copy = g_memdup2 (data, size);
  gsize start = size / 2, count = MIN (size / 50 + 64, size - start);

  for (gsize i = 0; i < count; i++)
    copy[start + i] = (guint8) (copy[start + i] ^ 0x5a);
  return g_bytes_new_take (copy, size);
}

static GBytes *paint (Exposure *e, gboolean raw)
{
  SimBody *body = e->body;
  SimFaults *faults = &body->faults;
  SimExif exif = {
      .local_us = e->local_us + faults->wrong_time_s * G_USEC_PER_SEC,
      .make = body->brand->exif_make,
      .model = body->brand->exif_model,
      .serial = faults->wrong_serial != NULL ? faults->wrong_serial
                : faults->no_serial          ? NULL
                                             : body->serial,
      .number = e->number,
      .no_subsec = faults->no_subsec,
      .portrait = body->portrait,
      .iso = (int) sim_props_real (body->props, SIM_MEANS_ISO, 100),
      .shutter = sim_props_real (body->props, SIM_MEANS_SHUTTER, 1.0 / 125),
      .aperture = sim_props_real (body->props, SIM_MEANS_APERTURE, 8),
  };
  return sim_scene_shot (body->scene, &exif, body->options->shot_width, body->options->shot_height, raw);
}

/* Faults that belong to one picture are spent here. */
static void develop (Exposure *e)
{
  SimBody *body = e->body;
  SimFaults *faults = &body->faults;
  guint32 q = quality (body);

  if (body->brand->quality_jpeg (q) || e->with_raw)
    e->jpeg = paint (e, FALSE);
  if (body->brand->quality_raw (q) || e->with_raw)
    e->raw = paint (e, TRUE);
  e->wrong_time = faults->wrong_time_s != 0;
  e->wrong_serial = faults->wrong_serial != NULL;
  faults->wrong_time_s = 0;
  g_clear_pointer (&faults->wrong_serial, g_free);
  e->size_off = faults->size_off;
  faults->size_off = 0;
  if (e->jpeg == NULL)
    return;
  if (body->last_jpeg != NULL && sim_take (&faults->stale)) {
    g_bytes_unref (e->jpeg);
    e->jpeg = g_bytes_ref (body->last_jpeg);
    e->stale = TRUE;
  }
  g_clear_pointer (&body->last_jpeg, g_bytes_unref);
  body->last_jpeg = g_bytes_ref (e->jpeg);
  if (sim_take (&faults->corrupt_card)) {
    GBytes *bad = damage (e->jpeg);
    g_bytes_unref (e->jpeg);
    e->jpeg = bad;
    e->damaged = TRUE;
  }
}

/* ——— into memory or onto the card ——— */

static guint32 free_ram_handle (SimBody *body)
{
  for (guint32 handle = SIM_RAM_HANDLE;; handle++) {
    gboolean used = FALSE;
    for (guint i = 0; i < body->ram->len; i++)
      used = used || ((SimObject *) body->ram->pdata[i])->handle == handle;
    if (!used)
      return handle;
  }
}

static SimObject *keep_in_ram (Exposure *e, const char *suffix, guint16 format, GBytes *bytes)
{
  SimBody *body = e->body;
  SimObject *object = g_new0 (SimObject, 1);

  if (body->ram->len >= RAM_PICTURES)
    g_ptr_array_remove_index (body->ram, 0);
  object->handle = free_ram_handle (body);
  object->format = format;
  object->name = g_strdup_printf ("%s%04u.%s", body->brand->stem, e->number, suffix);
  object->size = g_bytes_get_size (bytes);
  object->local_us = e->local_us;
  object->number = e->number;
  object->bytes = g_bytes_ref (bytes);
  sim_object_look (object, g_bytes_get_data (bytes, NULL), object->size);
  g_ptr_array_add (body->ram, object);
  return object;
}

static SimObject *keep (Exposure *e, const char *suffix, guint16 format, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  SimObject *folder = NULL, *object;

  if (bytes == NULL)
    return NULL;
  if (e->ram)
    return keep_in_ram (e, suffix, format, bytes);
  if (sim_take (&e->body->faults.new_folder))
    e->body->brand->announce (e->body, sim_card_next_folder (e->body->card));
  object = sim_card_add (e->body->card, suffix, format, e->number, e->local_us, bytes, &folder, &error);
  if (folder != NULL)
    e->body->brand->announce (e->body, folder);
  if (object != NULL)
    object->size_off = format == SIM_FORMAT_JPEG ? e->size_off : 0;
  else
    g_warning ("picture %u could not be written: %s", e->number, error->message);
  return object;
}

static void write_took (Exposure *e, const SimObject *file, const SimObject *raw, GBytes *bytes)
{
  SimBody *body = e->body;
  GString *line = sim_ledger_line ("took");
  g_autofree char *sha = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autofree char *raw_sha = raw != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, e->raw) : NULL;
  g_autofree char *folder = e->ram ? g_strdup ("/") : sim_card_folder_path (body->card, file);
  g_autofree char *time = sim_clock_iso (e->local_us);

  sim_ledger_int (line, "number", e->number);
  sim_ledger_text (line, "file", file->name);
  sim_ledger_text (line, "folder", folder);
  sim_ledger_text (line, "sha256", sha);
  sim_ledger_int (line, "size", (gint64) file->size);
  sim_ledger_text (line, "time", time);
  sim_ledger_int (line, "wall_us", e->wall_us);
  sim_ledger_int (line, "boot_us", e->boot_us);
  sim_ledger_text (line, "by", e->host ? "host" : "body");
  sim_ledger_int (line, "sitter", e->sitter);
  sim_ledger_text (line, "raw", raw != NULL ? raw->name : NULL);
  sim_ledger_text (line, "raw_sha256", raw_sha);
  sim_ledger_text (line, "serial", body->serial);
  if (file->size_off != 0)
    sim_ledger_int (line, "said_size", sim_object_said_size (file));
  if (e->stale)
    sim_ledger_flag (line, "stale", TRUE);
  if (e->damaged)
    sim_ledger_flag (line, "damaged", TRUE);
  if (e->wrong_time)
    sim_ledger_flag (line, "wrong_time", TRUE);
  if (e->wrong_serial)
    sim_ledger_flag (line, "wrong_serial", TRUE);
  sim_ledger_write (body->ledger, line);
}

/* ——— telling ——— */

typedef struct {
  SimBody *body;
  guint32 handles[2];
  gboolean host, ram, complete;
} Telling;

static gboolean tell (gpointer data)
{
  Telling *t = data;

  for (guint i = 0; i < G_N_ELEMENTS (t->handles); i++) {
    SimObject *object = t->handles[i] != 0 ? sim_body_object (t->body, t->handles[i]) : NULL;
    if (object != NULL)
      t->body->brand->announce (t->body, object);
  }
  if (t->complete)
    t->body->brand->complete (t->body, t->host, t->ram);
  return G_SOURCE_REMOVE;
}

void sim_body_tell_held (SimBody *body)
{
  g_autofree gpointer held = g_steal_pointer (&body->held);
  if (held != NULL)
    tell (held);
}

static void announce (Exposure *e, const SimObject *jpeg, const SimObject *raw)
{
  SimBody *body = e->body;
  SimFaults *faults = &body->faults;
  Telling *t = g_new0 (Telling, 1);
  guint late = faults->late_event_ms;
  gboolean twice = sim_take (&faults->dup_event);

  *t = (Telling){.body = body, .host = e->host, .ram = e->ram, .complete = e->last};
  if (!sim_spend (&faults->lost_events)) {
    t->handles[0] = raw != NULL ? raw->handle : 0;
    t->handles[1] = jpeg != NULL ? jpeg->handle : 0;
  }
  faults->late_event_ms = 0;
  if (sim_take (&faults->reorder)) {
    sim_body_tell_held (body);
    body->held = t;
    t->complete = FALSE; /* the body is done all the same */
    if (e->last)
      body->brand->complete (body, e->host, e->ram);
    return;
  }
  if (late > 0) {
    sim_body_after (body, late, tell, t, g_free);
    return;
  }
  tell (t);
  if (twice) {
    t->complete = FALSE;
    tell (t);
  }
  g_free (t);
  sim_body_tell_held (body);
}

static gboolean prepare_now (gpointer data)
{
  SimBody *body = data;
  body->preparing = FALSE;
  sim_scene_prepare (body->scene, sim_scene_sitter (body->scene), body->options->shot_width,
                     body->options->shot_height);
  if (body->options->warm)
    sim_live_warm (body);
  return G_SOURCE_REMOVE;
}

void sim_body_prepare (SimBody *body)
{
  if (body->preparing)
    return;
  body->preparing = TRUE;
  sim_body_after (body, PREPARE_MS, prepare_now, body, NULL);
}

void sim_body_next_sitter (SimBody *body)
{
  g_autofree char *line =
      g_strdup_printf ("sitter %u", sim_scene_sitter (body->scene) % (guint) body->options->sitters + 1);
  g_autofree char *ignored = NULL;
  sim_scene_control (body->scene, line, &ignored);
  sim_body_prepare (body);
}

static gboolean files_ready (gpointer data)
{
  Exposure *e = data;
  SimBody *body = e->body;
  SimObject *raw = keep (e, body->brand->raw_suffix, body->brand->raw_format, e->raw);
  SimObject *jpeg = keep (e, "JPG", SIM_FORMAT_JPEG, e->jpeg);

  body->pending--;
  if (jpeg != NULL || raw != NULL)
    write_took (e, jpeg != NULL ? jpeg : raw, jpeg != NULL ? raw : NULL, jpeg != NULL ? e->jpeg : e->raw);
  announce (e, jpeg, raw);
  if (body->options->auto_next && body->pending == 0)
    sim_body_next_sitter (body);
  return G_SOURCE_REMOVE;
}

/* ——— exposing ——— */

static gboolean develop_later (gpointer data)
{
  Exposure *e = data, *moved = g_memdup2 (e, sizeof *e);
  SimBody *body = e->body;
  gint64 left;

  develop (moved);
  left = MAX (moved->due - g_get_monotonic_time (), 0);
  sim_body_after (body, (guint) ((left + 999) / 1000), files_ready, moved, exposure_free);
  return G_SOURCE_REMOVE;
}

/* How long the body is blind and busy for one picture. */
static gint64 exposure_us (SimBody *body)
{
  gint64 open = (gint64) (sim_props_real (body->props, SIM_MEANS_SHUTTER, 0) * G_USEC_PER_SEC) + MIRROR_MS * 1000;
  return MIN (open, (gint64) body->shot_ms * 1000);
}

static void expose (Exposure *e)
{
  SimBody *body = e->body;
  gint64 now = g_get_monotonic_time ();

  e->local_us = sim_clock_now (&body->clock);
  e->wall_us = g_get_real_time ();
  e->boot_us = sim_boot_now ();
  e->number = body->number;
  e->sitter = sim_scene_sitter (body->scene);
  body->number = body->number % 9999 + 1;
  body->taken++;
  body->scheduled--;
  body->shutter_until = MAX (body->shutter_until, now + exposure_us (body));
  e->due = now + (gint64) body->shot_ms * 1000;
  if (body->brand->released != NULL)
    body->brand->released (body, e->ram);
  if (body->on_release != NULL)
    body->on_release (body->taken, body->on_release_data);
  /* The answer to the release goes out before the painting begins. */
  sim_body_after (body, 0, develop_later, g_memdup2 (e, sizeof *e), g_free);
}

static gboolean expose_later (gpointer data)
{
  expose (data);
  return G_SOURCE_REMOVE;
}

gboolean sim_body_shutter_open (SimBody *body)
{
  return g_get_monotonic_time () < body->shutter_until;
}

static gboolean manual_focus (SimBody *body)
{
  SimProp *focus = sim_props_means (body->props, SIM_MEANS_FOCUS);
  return focus != NULL && focus->spec->values != NULL && focus->number == focus->spec->values[0];
}

gboolean sim_body_focus (SimBody *body)
{
  return manual_focus (body) || !sim_spend (&body->faults.af_fail);
}

/* All pictures of one press: the first after `wait`, the others at the burst's pace. The mirror counts as up until the
 * last is taken. */
static void schedule (SimBody *body, const SimPress *press, gint64 wait_us)
{
  guint first_ms = (guint) ((wait_us + 999) / 1000), last_ms = first_ms + (press->count - 1) * BURST_MS;

  body->pending += press->count;
  body->scheduled += press->count;
  body->shutter_until = g_get_monotonic_time () + (gint64) last_ms * 1000 + exposure_us (body);
  for (guint i = 0; i < press->count; i++) {
    Exposure e = {
        .body = body, .host = press->host, .ram = press->ram, .with_raw = press->raw, .last = i + 1 == press->count};
    if (first_ms == 0 && i == 0)
      expose (&e);
    else
      sim_body_after (body, first_ms + i * BURST_MS, expose_later, g_memdup2 (&e, sizeof e), g_free);
  }
}

SimRelease sim_body_release (SimBody *body, const SimPress *press, guint *number)
{
  gint64 wait_us = MAX (body->shutter_until - g_get_monotonic_time (), 0);

  if (press->host && ((!press->armed && sim_spend (&body->faults.busy)) || wait_us > 0))
    return SIM_RELEASE_BUSY;
  if (!press->ram && body->faults.no_card)
    return SIM_RELEASE_NO_CARD;
  if (!press->ram && sim_body_shots_left (body) == 0)
    return SIM_RELEASE_CARD_FULL;
  if (!press->armed && !sim_body_focus (body))
    return SIM_RELEASE_NO_FOCUS;
  if (number != NULL)
    *number = (body->number + body->scheduled - 1) % 9999 + 1;
  schedule (body, press, wait_us);
  return SIM_RELEASED;
}

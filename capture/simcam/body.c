/* The body's state, and its settings. See body.h; releases are in release.c, live view in live.c. */
#include "capture/simcam/body.h"

#include <string.h>

#define MEAN_PICTURE_BYTES (12u << 20) /* what a body reckons with when it says how many shots are left */
#define BATTERY_EXHAUSTED  1u          /* percent at which live view is refused */
#define PROHIBIT_BATTERY   (1u << 8)
#define PROHIBIT_NO_CARD   (1u << 14)
#define PROHIBIT_TOO_HOT   (1u << 17)

static void timer_remove (gpointer id)
{
  g_source_remove (GPOINTER_TO_UINT (id));
}

/* The quality the table starts with is the brand's; --raw asks for the other. */
static void start_values (SimBody *body)
{
  const SimOptions *o = body->options;
  SimProp *quality = sim_props_means (body->props, SIM_MEANS_QUALITY);

  if (quality != NULL)
    sim_props_set (body->props, quality, o->raw ? body->brand->quality_with_raw : body->brand->quality_start);
  body->clock.offset_us = (gint64) o->clock_offset * G_USEC_PER_SEC;
  body->fps = o->fps;
  body->shot_ms = (guint) o->shot_ms;
  body->serial = g_strdup (o->serial != NULL ? o->serial : body->brand->serial);
  body->number = MAX ((guint) o->first_number, sim_card_last_number (body->card) + 1);
  sim_body_set_battery (body, (guint) o->battery);
}

SimBody *sim_body_new (const SimBrand *brand, const SimOptions *options, SimLedger *ledger, GError **error)
{
  SimCard *card = sim_card_new (options->card, brand->folder_suffix, brand->stem, error);
  SimBody *body;

  if (card == NULL)
    return NULL;
  body = g_new0 (SimBody, 1);
  body->brand = brand;
  body->options = options;
  body->ledger = ledger;
  body->card = card;
  body->props = sim_props_new (brand->props, brand->n_props);
  body->scene = sim_scene_new (1);
  body->events = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  body->ram = g_ptr_array_new_with_free_func ((GDestroyNotify) sim_object_free);
  body->timers = g_hash_table_new_full (NULL, NULL, timer_remove, NULL);
  body->live.last = -1;
  body->started_us = g_get_monotonic_time ();
  start_values (body);
  sim_body_prepare (body);
  return body;
}

void sim_body_free (SimBody *body)
{
  if (body == NULL)
    return;
  g_hash_table_unref (body->timers);
  if (body->live.warming != 0)
    g_source_remove (body->live.warming);
  g_clear_pointer (&body->brand_state, g_free);
  g_clear_pointer (&body->last_jpeg, g_bytes_unref);
  g_ptr_array_unref (body->events);
  g_ptr_array_unref (body->ram);
  sim_scene_free (body->scene);
  sim_props_free (body->props);
  sim_card_free (body->card);
  g_free (body->faults.wrong_serial);
  g_free (body->held);
  g_free (body->serial);
  g_free (body);
}

typedef struct {
  SimBody *body;
  GSourceFunc function;
  gpointer data;
  GDestroyNotify destroy;
  guint id;
} Timer;

static gboolean on_timer (gpointer data)
{
  Timer *timer = data;
  g_hash_table_steal (timer->body->timers, GUINT_TO_POINTER (timer->id));
  timer->function (timer->data);
  return G_SOURCE_REMOVE;
}

static void timer_free (gpointer data)
{
  Timer *timer = data;
  if (timer->destroy != NULL)
    timer->destroy (timer->data);
  g_free (timer);
}

void sim_body_after (SimBody *body, guint ms, GSourceFunc function, gpointer data, GDestroyNotify destroy)
{
  Timer *timer = g_new0 (Timer, 1);

  *timer = (Timer){.body = body, .function = function, .data = data, .destroy = destroy};
  timer->id = g_timeout_add_full (G_PRIORITY_DEFAULT, ms, on_timer, timer, timer_free);
  g_hash_table_add (body->timers, GUINT_TO_POINTER (timer->id));
}

guint32 sim_body_shots_left (SimBody *body)
{
  if (body->faults.card_full || body->faults.no_card)
    return 0;
  return (guint32) (sim_card_free_bytes (body->card) / MEAN_PICTURE_BYTES);
}

guint32 sim_body_live_prohibit (SimBody *body)
{
  guint32 bits = 0;

  if (body->battery <= BATTERY_EXHAUSTED)
    bits |= PROHIBIT_BATTERY;
  if (body->faults.too_hot)
    bits |= PROHIBIT_TOO_HOT;
  if (body->faults.no_card)
    bits |= PROHIBIT_NO_CARD;
  return bits;
}

static void set_text (SimProp *prop, const char *text)
{
  char *copy = g_strdup (text);
  g_free (prop->text);
  prop->text = copy;
}

void sim_body_refresh (SimBody *body, SimProp *prop)
{
  gint64 now = sim_clock_now (&body->clock);
  g_autofree char *text = NULL;

  switch (prop->spec->meaning) {
  case SIM_MEANS_CLOCK:
    text = sim_clock_ptp (now);
    prop->number = (guint32) (now / G_USEC_PER_SEC);
    break;
  case SIM_MEANS_UTC:
    prop->number = (guint32) ((g_get_real_time () + body->clock.offset_us) / G_USEC_PER_SEC);
    break;
  case SIM_MEANS_SERIAL:
    text = g_strdup (body->serial);
    break;
  case SIM_MEANS_SHOTS_LEFT:
    prop->number = sim_body_shots_left (body);
    break;
  case SIM_MEANS_LIVE_ON:
    prop->number = body->live.on;
    break;
  case SIM_MEANS_LIVE_PROHIBIT:
    prop->number = sim_body_live_prohibit (body);
    break;
  default:
    break;
  }
  if (text != NULL && prop->spec->type == SIM_TYPE_TEXT)
    set_text (prop, text);
}

void sim_body_set (SimBody *body, SimProp *prop, guint32 number)
{
  gboolean differs = prop->number != number;
  if (sim_props_set (body->props, prop, number) && differs && body->brand->changed != NULL)
    body->brand->changed (body, prop);
}

void sim_body_set_raw (SimBody *body, gboolean raw)
{
  SimProp *quality = sim_props_means (body->props, SIM_MEANS_QUALITY);
  if (quality != NULL)
    sim_body_set (body, quality, raw ? body->brand->quality_with_raw : body->brand->quality_start);
}

void sim_body_set_battery (SimBody *body, guint percent)
{
  SimProp *battery = sim_props_means (body->props, SIM_MEANS_BATTERY);
  body->battery = percent;
  if (percent <= BATTERY_EXHAUSTED)
    body->brand->end_live (body);
  if (battery != NULL)
    sim_body_set (body, battery, body->brand->battery (percent));
}

void sim_body_set_hot (SimBody *body, gboolean hot)
{
  SimProp *temperature = sim_props_means (body->props, SIM_MEANS_TEMPERATURE);
  body->faults.too_hot = hot;
  if (hot)
    body->brand->end_live (body);
  if (temperature != NULL)
    sim_body_set (body, temperature, hot ? SIM_TEMPERATURE_STOPS_LIVE : 0);
}

void sim_body_set_no_card (SimBody *body, gboolean none)
{
  if (body->faults.no_card == none)
    return;
  body->faults.no_card = none;
  if (none)
    body->brand->end_live (body);
  body->brand->card (body, !none);
}

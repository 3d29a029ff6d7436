/* Opening, closing and the brackets around each library call: see the header. */
#include "capture/host/body.h"

#include <string.h>
#include "capture/host/errors.h"
#include "capture/host/finder.h"
#include "capture/host/mishap.h"
#include "capture/host/setting.h"

#define NETWORK_TIMEOUT_US 2400000 /* the library's own is 2.5 s a read; a call this long on PTP/IP had one */

void lanmu_open_fault_clear (LanmuOpenFault *self)
{
  g_clear_pointer (&self->detail, g_free);
  g_clear_pointer (&self->port, g_free);
}

static void on_said (GPContext *context, const char *text, void *data)
{
  LanmuBody *self = data;
  g_string_append_printf (self->said, "%s%s", self->said->len > 0 ? "\n" : "", text);
}

void lanmu_body_begin (LanmuBody *self, LanmuOp op)
{
  g_string_truncate (self->said, 0);
  self->op = op;
  self->begun_us = g_get_monotonic_time ();
  atomic_store_explicit (&self->pulse->since_us, self->begun_us, memory_order_relaxed);
  atomic_store_explicit (&self->pulse->op, op, memory_order_release);
  lanmu_mishap_begin (op);
}

void lanmu_body_progress (LanmuBody *self)
{
  atomic_store_explicit (&self->pulse->since_us, g_get_monotonic_time (), memory_order_relaxed);
  lanmu_mishap_piece ();
}

static void set_fault (LanmuBody *self, LanmuTrouble trouble, gboolean broken, const char *detail)
{
  self->trouble = trouble;
  self->broken = self->broken || broken;
  g_free (self->detail);
  self->detail = g_utf8_make_valid (detail, -1);
}

/* Operations whose time is the camera's own; anything else that long on PTP/IP hid a timeout, and its late answer would
 * be taken for the next one. */
static gboolean overslept (const LanmuBody *self)
{
  gboolean live = self->op == LANMU_OP_LIVE || self->op == LANMU_OP_LIVE_START;
  gboolean bounded =
      self->op == LANMU_OP_EVENTS || self->op == LANMU_OP_SETTING || (live && !self->brand->waits_for_live);
  return self->network && bounded && g_get_monotonic_time () - self->begun_us >= NETWORK_TIMEOUT_US;
}

gboolean lanmu_body_end (LanmuBody *self, int result)
{
  gboolean late = overslept (self);
  atomic_store_explicit (&self->pulse->since_us, g_get_monotonic_time (), memory_order_relaxed);
  atomic_store_explicit (&self->pulse->op, LANMU_OP_WAITING, memory_order_release);
  if (result >= GP_OK && !late)
    return TRUE;
  if (late) {
    set_fault (self, LANMU_TROUBLE_TIMEOUT, TRUE, "the camera did not answer in time");
    return FALSE;
  }
  LanmuFault fault = lanmu_fault_from_result (result, self->said->str);
  g_autofree char *detail = g_strdup_printf ("%s (%d)%s%s", gp_result_as_string (result), result,
                                             self->said->len > 0 ? ": " : "", self->said->str);
  set_fault (self, fault.trouble, fault.broken, detail);
  return FALSE;
}

static void body_free (LanmuBody *self)
{
  g_clear_pointer (&self->camera, gp_camera_unref);
  g_clear_pointer (&self->context, gp_context_unref);
  g_clear_pointer (&self->announced, g_hash_table_unref);
  g_string_free (self->said, TRUE);
  g_free (self->port);
  g_free (self->model);
  g_free (self->maker);
  g_free (self->serial);
  g_free (self->detail);
  g_free (self);
}

static LanmuBody *body_new (LanmuPulse *pulse)
{
  LanmuBody *self = g_new0 (LanmuBody, 1);
  self->pulse = pulse;
  self->said = g_string_new (NULL);
  self->announced = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->context = gp_context_new ();
  self->brand = lanmu_brand_for_maker (NULL);
  self->battery = self->shots_left = -1;
  self->jpeg = TRUE;
  gp_context_set_error_func (self->context, on_said, self);
  return self;
}

static int connect_camera (LanmuBody *self)
{
  int result = gp_camera_new (&self->camera);
  if (result == GP_OK)
    result = lanmu_finder_prepare (self->camera, self->port);
  if (result == GP_OK)
    result = gp_camera_init (self->camera, self->context);
  return result;
}

/* Who it is. A missing serial is "", which matches no wanted serial. */
static void read_identity (LanmuBody *self)
{
  g_free (self->maker);
  self->maker = lanmu_setting_read_named (self, "manufacturer");
  self->brand = lanmu_brand_for_maker (self->maker);
  g_free (self->model);
  self->model = lanmu_setting_read (self, "model");
  g_free (self->serial);
  self->serial = lanmu_setting_read (self, "serial");
}

static void read_health (LanmuBody *self)
{
  g_autofree char *battery = lanmu_setting_read (self, "battery");
  g_autofree char *left = lanmu_setting_read (self, "shotsleft");
  if (battery != NULL)
    self->battery = lanmu_battery_parse (battery);
  if (left != NULL)
    self->shots_left = (int) CLAMP (g_ascii_strtoll (left, NULL, 10), 0, G_MAXINT);
  lanmu_setting_read_quality (self);
  if (!self->broken)
    lanmu_setting_read_shutter (self);
}

/* Everything between a session and a body that may be used. */
static gboolean settle (LanmuBody *self, const char *want_serial)
{
  read_identity (self);
  if (!self->broken && want_serial[0] != '\0' && self->serial == NULL) {
    set_fault (self, LANMU_TROUBLE_CABLE, TRUE, "the camera did not say its serial number");
    return FALSE;
  }
  if (!self->broken && want_serial[0] != '\0' && strcmp (self->serial, want_serial) != 0) {
    g_autofree char *detail = g_strdup_printf ("the camera found is number %s, not %s", self->serial, want_serial);
    set_fault (self, LANMU_TROUBLE_OTHER_BODY, FALSE, detail);
    return FALSE;
  }
  if (!self->broken)
    lanmu_setting_target_card (self);
  if (!self->broken)
    read_health (self);
  return !self->broken;
}

static LanmuBody *open_port (const char *port, const char *want_serial, LanmuPulse *pulse, LanmuOpenFault *fault)
{
  LanmuBody *self = body_new (pulse);
  self->port = g_strdup (port);
  self->network = g_str_has_prefix (port, "ptpip:");
  lanmu_body_begin (self, LANMU_OP_OPEN);
  if (lanmu_body_end (self, connect_camera (self)) && settle (self, want_serial)) {
    self->opened_us = g_get_monotonic_time ();
    return self;
  }
  lanmu_open_fault_clear (fault);
  fault->trouble = self->trouble;
  fault->detail = g_strdup (self->detail);
  fault->port = g_strdup (port);
  self->broken = self->broken || self->trouble != LANMU_TROUBLE_OTHER_BODY;
  lanmu_body_close (self);
  return NULL;
}

LanmuBody *lanmu_body_open (const char *spec, const char *want_serial, gboolean reset, LanmuPulse *pulse,
                            LanmuOpenFault *fault)
{
  atomic_store_explicit (&pulse->since_us, g_get_monotonic_time (), memory_order_relaxed);
  atomic_store_explicit (&pulse->op, LANMU_OP_OPEN, memory_order_release);
  g_auto (GStrv) ports = lanmu_finder_find (spec, want_serial, fault);
  LanmuBody *self = NULL;
  for (char **port = ports; self == NULL && port != NULL && *port != NULL; port++) {
    if (reset)
      lanmu_finder_reset (*port);
    self = open_port (*port, want_serial, pulse, fault);
  }
  return self;
}

void lanmu_body_close (LanmuBody *self)
{
  lanmu_body_begin (self, self->broken ? LANMU_OP_ABANDON : LANMU_OP_CLOSE);
  if (self->camera != NULL)
    gp_camera_exit (self->camera, self->context);
  LanmuPulse *pulse = self->pulse;
  body_free (self);
  atomic_store_explicit (&pulse->op, LANMU_OP_WAITING, memory_order_release);
}

gboolean lanmu_body_reopen (LanmuBody *self)
{
  lanmu_body_begin (self, LANMU_OP_OPEN);
  gp_camera_exit (self->camera, self->context);
  g_clear_pointer (&self->camera, gp_camera_unref);
  int result = connect_camera (self);
  if (!lanmu_body_end (self, result)) {
    self->broken = TRUE;
    return FALSE;
  }
  g_autofree char *serial = g_strdup (self->serial != NULL ? self->serial : "");
  self->opened_us = g_get_monotonic_time ();
  self->heard = FALSE;
  return settle (self, serial);
}

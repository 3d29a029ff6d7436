/* The body as a Canon EOS 700D: its operations, and its events, which a computer fetches as records (eos.h). Settings
 * live in those records alone: setting the event mode hands over all of them. */
#include "capture/simcam/body.h"
#include "capture/simcam/bytes.h"
#include "capture/simcam/eos.h"

#include <string.h>

#define LENGTH(a)          G_N_ELEMENTS (a)
#define LIVE_TO_PC         2u /* bit of EVFOutputDevice */
#define LIVE_BLOCK_JPEG    1u /* type of a live-view block */
#define LIVE_BLOCK_OTHER   14u
#define HALF_PRESS         1u /* bits of RemoteReleaseOn */
#define FULL_PRESS         2u
#define SHOTS_WITH_PC      9999u /* shots left when the pictures go to the computer */
#define TYPE_STORE_ADDED   0xC192u
#define TYPE_STORE_REMOVED 0xC193u
#define ENTRY_BYTES        56u /* of GetObjectInfoEx */

typedef struct {
  gboolean half;     /* the release is half pressed, focus found */
  gboolean pc_space; /* the computer has said it has room */
} Eos;

static const guint16 operations[] = {
    SIM_OP_GET_DEVICE_INFO,
    SIM_OP_OPEN_SESSION,
    SIM_OP_CLOSE_SESSION,
    SIM_OP_GET_STORAGE_IDS,
    SIM_OP_GET_STORAGE_INFO,
    SIM_OP_GET_NUM_OBJECTS,
    SIM_OP_GET_OBJECT_HANDLES,
    SIM_OP_GET_OBJECT_INFO,
    SIM_OP_GET_OBJECT,
    SIM_OP_GET_THUMB,
    SIM_OP_DELETE_OBJECT,
    SIM_OP_GET_PARTIAL_OBJECT,
    SIM_OP_EOS_GET_STORAGE_IDS,
    SIM_OP_EOS_GET_STORAGE_INFO,
    SIM_OP_EOS_GET_DEVICE_INFO_EX,
    SIM_OP_EOS_GET_OBJECT_INFO_EX,
    SIM_OP_EOS_SET_PROP,
    SIM_OP_EOS_SET_REMOTE_MODE,
    SIM_OP_EOS_SET_EVENT_MODE,
    SIM_OP_EOS_GET_EVENT,
    SIM_OP_EOS_TRANSFER_COMPLETE,
    SIM_OP_EOS_HDD_CAPACITY,
    SIM_OP_EOS_SET_UI_LOCK,
    SIM_OP_EOS_RESET_UI_LOCK,
    SIM_OP_EOS_KEEP_ON,
    SIM_OP_EOS_REQUEST_PROP,
    SIM_OP_EOS_RELEASE_ON,
    SIM_OP_EOS_RELEASE_OFF,
    SIM_OP_EOS_REQUEST_OLC,
    SIM_OP_EOS_START_LIVE,
    SIM_OP_EOS_END_LIVE,
    SIM_OP_EOS_GET_LIVE,
    SIM_OP_EOS_DO_AF,
    SIM_OP_EOS_AF_CANCEL,
};
static const guint16 events[] = {SIM_EVENT_OBJECT_ADDED, SIM_EVENT_OBJECT_REMOVED, SIM_EVENT_PROP_CHANGED};
static const guint16 formats[] = {SIM_FORMAT_JPEG, SIM_FORMAT_CR2, SIM_FORMAT_FOLDER};

static Eos *eos (SimBody *body)
{
  return body->brand_state;
}

static gboolean quality_jpeg (guint32 format)
{
  return (format & 0x0800) == 0 || (format & 0xFF) != 0;
}

static gboolean quality_raw (guint32 format)
{
  return (format & 0x0800) != 0;
}

/* D111 knows five steps only. */
static guint32 battery (guint percent)
{
  if (percent > 87)
    return 2;
  if (percent > 62)
    return 4;
  if (percent > 37)
    return 1;
  return percent > 12 ? 5 : 0;
}

/* ——— events ——— */

static void queue (SimBody *body, GBytes *record)
{
  if (record != NULL)
    g_ptr_array_add (body->events, record);
}

static gboolean to_pc (SimBody *body)
{
  return sim_props_means (body->props, SIM_MEANS_TARGET)->number == SIM_EOS_TARGET_PC;
}

static void queue_prop (SimBody *body, SimProp *prop)
{
  sim_body_refresh (body, prop);
  if (prop->spec->meaning == SIM_MEANS_SHOTS_LEFT && to_pc (body) && eos (body) != NULL)
    prop->number = eos (body)->pc_space ? SHOTS_WITH_PC : 0;
  queue (body, sim_eos_value (prop));
}

static void queue_all (SimBody *body)
{
  for (guint i = 0; i < sim_props_count (body->props); i++)
    queue_prop (body, sim_props_at (body->props, i));
  for (guint i = 0; i < sim_props_count (body->props); i++)
    queue (body, sim_eos_choices (sim_props_at (body->props, i)));
}

static void announce (SimBody *body, const SimObject *object)
{
  queue (body, object->bytes != NULL ? sim_eos_transfer (object) : sim_eos_added (object));
}

static void complete (SimBody *body, gboolean host, gboolean ram)
{
  queue_prop (body, sim_props_means (body->props, SIM_MEANS_SHOTS_LEFT));
  queue (body, sim_eos_status (0));
}

static void changed (SimBody *body, const SimProp *prop)
{
  queue (body, sim_eos_value (prop));
}

static void card (SimBody *body, gboolean in)
{
  queue (body, sim_eos_plain (in ? TYPE_STORE_ADDED : TYPE_STORE_REMOVED, SIM_STORE_CARD));
}

static void answer_events (SimBody *body, SimReply *reply)
{
  GByteArray *to = sim_reply_data (reply);

  for (guint i = 0; i < body->events->len; i++)
    g_byte_array_append (to, g_bytes_get_data (body->events->pdata[i], NULL),
                         (guint) g_bytes_get_size (body->events->pdata[i]));
  g_ptr_array_set_size (body->events, 0);
  sim_put32 (to, 8);
  sim_put32 (to, 0);
}

/* ——— settings ——— */

static void set_live_output (SimBody *body, guint32 output)
{
  if (output & LIVE_TO_PC)
    sim_live_start (body);
  else
    sim_live_stop (body);
}

static gboolean apply (SimBody *body, SimProp *prop, guint32 number)
{
  switch (prop->spec->meaning) {
  case SIM_MEANS_CLOCK:
    sim_clock_set (&body->clock, (gint64) number * G_USEC_PER_SEC);
    return TRUE;
  case SIM_MEANS_UTC:
    body->clock.offset_us = (gint64) number * G_USEC_PER_SEC - g_get_real_time ();
    return TRUE;
  case SIM_MEANS_LIVE_OUTPUT:
    if ((number & LIVE_TO_PC) != 0 && sim_body_live_prohibit (body) != 0)
      return FALSE;
    set_live_output (body, number);
    break;
  default:
    break;
  }
  return sim_props_set (body->props, prop, number);
}

static void set_prop (SimBody *body, const SimOp *op, SimReply *reply)
{
  SimReader reader = sim_reader (op->data != NULL ? op->data->data : NULL, op->data != NULL ? op->data->len : 0);
  SimProp *prop;
  guint32 number;
  g_autofree char *text = NULL;

  sim_get32 (&reader);
  prop = sim_props_find (body->props, (guint16) sim_get32 (&reader));
  reply->rc = SIM_RC_INVALID_PROP_VALUE;
  if (reader.bad || prop == NULL || !prop->spec->writable ||
      !sim_eos_parse (prop, op->data->data, op->data->len, &number, &text))
    return;
  if (text != NULL) {
    g_free (prop->text);
    prop->text = g_steal_pointer (&text);
  } else if (!apply (body, prop, number))
    return;
  reply->rc = SIM_RC_OK;
  queue_prop (body, prop);
  if (prop->spec->meaning == SIM_MEANS_TARGET)
    queue_prop (body, sim_props_means (body->props, SIM_MEANS_SHOTS_LEFT));
}

static void request_prop (SimBody *body, guint16 code, SimReply *reply)
{
  SimProp *prop = sim_props_find (body->props, code);

  if (prop == NULL)
    reply->rc = SIM_RC_GENERAL_ERROR;
  else
    queue_prop (body, prop);
}

/* ——— releases ——— */

static void half_press (SimBody *body, SimReply *reply)
{
  if (sim_spend (&body->faults.busy) || sim_body_shutter_open (body)) {
    reply->rc = SIM_RC_BUSY;
    return;
  }
  eos (body)->half = sim_body_focus (body);
  queue (body, sim_eos_focus (eos (body)->half));
}

static void full_press (SimBody *body, SimReply *reply)
{
  static const guint16 codes[] = {
      [SIM_RELEASED] = SIM_RC_OK,
      [SIM_RELEASE_BUSY] = SIM_RC_BUSY,
      [SIM_RELEASE_NO_FOCUS] = SIM_RC_GENERAL_ERROR,
      [SIM_RELEASE_CARD_FULL] = SIM_RC_STORE_FULL,
      [SIM_RELEASE_NO_CARD] = SIM_RC_STORE_NOT_AVAILABLE,
  };
  SimPress press = {.host = TRUE, .armed = eos (body)->half, .ram = to_pc (body), .count = 1};

  reply->rc = codes[sim_body_release (body, &press, NULL)];
}

static void released (SimBody *body, gboolean ram)
{
  queue (body, sim_eos_status (1));
}

/* ——— files ——— */

static void put_entry (const SimObject *object, GByteArray *to)
{
  gsize length = MIN (strlen (object->name), 15);

  sim_put32 (to, ENTRY_BYTES);
  sim_put32 (to, object->handle);
  sim_put32 (to, object->storage);
  sim_put32 (to, object->format);
  sim_put32 (to, 0);
  sim_put32 (to, 0);
  sim_put32 (to, sim_object_said_size (object));
  sim_put_zeros (to, 8);
  g_byte_array_append (to, (const guint8 *) object->name, (guint) length);
  sim_put_zeros (to, 16 - length);
  sim_put32 (to, (guint32) (object->local_us / G_USEC_PER_SEC));
}

static void answer_entries (SimBody *body, guint32 parent, SimReply *reply)
{
  g_autoptr (GPtrArray) children = NULL;
  GByteArray *to;

  if (body->faults.no_card) {
    reply->rc = SIM_RC_STORE_NOT_AVAILABLE;
    return;
  }
  children = sim_card_children (body->card, parent == SIM_HANDLE_ROOT ? 0 : parent);
  to = sim_reply_data (reply);
  sim_put32 (to, children->len);
  for (guint i = 0; i < children->len; i++)
    put_entry (children->pdata[i], to);
}

/* What the events and settings are called. */
static void answer_device_info_ex (SimReply *reply)
{
  static const guint32 records[] = {0xC181, 0xC186, 0xC189, 0xC18A, 0xC18B, TYPE_STORE_ADDED, TYPE_STORE_REMOVED,
                                    0xC1A5};
  GByteArray *to = sim_reply_data (reply);

  /* libgphoto2 refuses an empty list here, and then prepares the body anew at every call. */
  sim_put32 (to, 0);
  sim_put_array32 (to, records, LENGTH (records));
  sim_put32 (to, SIM_EOS_PROPS);
  for (guint i = 0; i < SIM_EOS_PROPS; i++)
    sim_put32 (to, sim_eos_props[i].code);
  sim_put32 (to, 1); /* something nobody has explained; one entry of it */
  sim_put32 (to, 0);
  sim_patch32 (to, 0, to->len);
}

static void transfer_complete (SimBody *body, guint32 handle, SimReply *reply)
{
  SimObject *object = sim_body_object (body, handle);

  if (object == NULL || object->bytes == NULL)
    reply->rc = SIM_RC_INVALID_HANDLE;
  else
    g_ptr_array_remove (body->ram, object);
}

/* ——— live view ——— */

static gboolean answer_live (SimBody *body, SimReply *reply, gint64 *wait_us)
{
  g_autoptr (GBytes) frame = NULL;
  GByteArray *to;

  if (!body->live.on || sim_live_starting (body) || sim_body_shutter_open (body)) {
    reply->rc = SIM_RC_EOS_NOT_READY;
    return TRUE;
  }
  frame = sim_live_frame (body, wait_us);
  if (frame == NULL)
    return FALSE;
  to = sim_reply_data (reply);
  sim_put32 (to, 16);
  sim_put32 (to, LIVE_BLOCK_OTHER);
  sim_put_zeros (to, 8);
  sim_put32 (to, (guint32) g_bytes_get_size (frame) + 8);
  sim_put32 (to, LIVE_BLOCK_JPEG);
  reply->bytes = g_steal_pointer (&frame);
  return TRUE;
}

static void stop_live (SimBody *body)
{
  SimProp *output = sim_props_means (body->props, SIM_MEANS_LIVE_OUTPUT);
  sim_live_stop (body);
  sim_body_set (body, output, output->number & ~LIVE_TO_PC);
}

static void start_live (SimBody *body, SimReply *reply)
{
  SimProp *output = sim_props_means (body->props, SIM_MEANS_LIVE_OUTPUT);
  if (!apply (body, output, output->number | LIVE_TO_PC))
    reply->rc = SIM_RC_GENERAL_ERROR;
  else
    queue_prop (body, output);
}

/* ——— operations ——— */

static void set_event_mode (SimBody *body, gboolean on)
{
  if (on)
    queue_all (body);
}

static void set_pc_space (SimBody *body)
{
  eos (body)->pc_space = TRUE;
  queue_prop (body, sim_props_means (body->props, SIM_MEANS_SHOTS_LEFT));
}

static gboolean handle_release (SimBody *body, const SimOp *op, SimReply *reply)
{
  if (op->code == SIM_OP_EOS_RELEASE_ON && (op->p[0] & HALF_PRESS) != 0)
    half_press (body, reply);
  if (op->code == SIM_OP_EOS_RELEASE_ON && reply->rc == SIM_RC_OK && (op->p[0] & FULL_PRESS) != 0)
    full_press (body, reply);
  if (op->code == SIM_OP_EOS_RELEASE_OFF && (op->p[0] & HALF_PRESS) != 0)
    eos (body)->half = FALSE;
  return TRUE;
}

static gboolean handle_live (SimBody *body, const SimOp *op, SimReply *reply, gint64 *wait_us)
{
  if (op->code == SIM_OP_EOS_GET_LIVE)
    return answer_live (body, reply, wait_us);
  if (op->code == SIM_OP_EOS_START_LIVE)
    start_live (body, reply);
  else
    stop_live (body);
  return TRUE;
}

static gboolean handle (SimBody *body, const SimOp *op, SimReply *reply, gint64 *wait_us)
{
  const guint32 store = SIM_STORE_CARD;

  switch (op->code) {
  case SIM_OP_EOS_SET_REMOTE_MODE:
  case SIM_OP_EOS_REQUEST_OLC:
  case SIM_OP_EOS_KEEP_ON:
  case SIM_OP_EOS_SET_UI_LOCK:
  case SIM_OP_EOS_RESET_UI_LOCK:
  case SIM_OP_EOS_AF_CANCEL:
    return TRUE;
  case SIM_OP_EOS_SET_EVENT_MODE:
    set_event_mode (body, op->p[0] != 0);
    return TRUE;
  case SIM_OP_EOS_GET_EVENT:
    answer_events (body, reply);
    return TRUE;
  case SIM_OP_EOS_REQUEST_PROP:
    request_prop (body, (guint16) op->p[0], reply);
    return TRUE;
  case SIM_OP_EOS_SET_PROP:
    set_prop (body, op, reply);
    return TRUE;
  case SIM_OP_EOS_HDD_CAPACITY:
    set_pc_space (body);
    return TRUE;
  case SIM_OP_EOS_GET_DEVICE_INFO_EX:
    answer_device_info_ex (reply);
    return TRUE;
  case SIM_OP_EOS_GET_STORAGE_IDS:
    sim_put_array32 (sim_reply_data (reply), &store, body->faults.no_card ? 0 : 1);
    return TRUE;
  case SIM_OP_EOS_GET_STORAGE_INFO:
    sim_put_zeros (sim_reply_data (reply), 32); /* fetched, never read */
    return TRUE;
  case SIM_OP_EOS_GET_OBJECT_INFO_EX:
    answer_entries (body, op->p[1], reply);
    return TRUE;
  case SIM_OP_EOS_TRANSFER_COMPLETE:
    transfer_complete (body, op->p[0], reply);
    return TRUE;
  case SIM_OP_EOS_RELEASE_ON:
  case SIM_OP_EOS_RELEASE_OFF:
    return handle_release (body, op, reply);
  case SIM_OP_EOS_DO_AF:
    queue (body, sim_eos_focus (sim_body_focus (body)));
    return TRUE;
  case SIM_OP_EOS_START_LIVE:
  case SIM_OP_EOS_END_LIVE:
  case SIM_OP_EOS_GET_LIVE:
    return handle_live (body, op, reply, wait_us);
  default:
    return sim_standard_handle (body, op, reply);
  }
}

static void opened (SimBody *body)
{
  body->brand_state = g_new0 (Eos, 1);
}

static void closed (SimBody *body)
{
  stop_live (body);
  /* Without a computer the pictures go to the card again. */
  sim_props_set (body->props, sim_props_means (body->props, SIM_MEANS_TARGET), SIM_EOS_TARGET_CARD);
  g_clear_pointer (&body->brand_state, g_free);
}

const SimBrand sim_canon = {
    .make = "Canon Inc.",
    .model = "Canon EOS 700D",
    .exif_make = "Canon",
    .exif_model = "Canon EOS 700D",
    .firmware = "3-1.1.5",
    .serial = "413052003456",
    .vendor = 0x0B,
    .extension = "",
    .folder_suffix = "CANON",
    .stem = "IMG_",
    .raw_suffix = "CR2",
    .raw_format = SIM_FORMAT_CR2,
    .live_width = 960,
    .live_height = 640,
    .operations = operations,
    .n_operations = LENGTH (operations),
    .events = events,
    .n_events = LENGTH (events),
    .formats = formats,
    .n_formats = LENGTH (formats),
    .props = sim_eos_props,
    .n_props = SIM_EOS_PROPS,
    .quality_jpeg = quality_jpeg,
    .quality_raw = quality_raw,
    .quality_start = 0x0300,
    .quality_with_raw = 0x0C03,
    .battery = battery,
    .to_ram = to_pc,
    .handle = handle,
    .opened = opened,
    .closed = closed,
    .released = released,
    .announce = announce,
    .complete = complete,
    .changed = changed,
    .end_live = stop_live,
    .card = card,
};

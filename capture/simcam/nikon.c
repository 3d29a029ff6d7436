/* The body as a Nikon D750: its settings as a table, its operations, and its events, which a computer fetches by
 * GetEvent. */
#include "capture/simcam/body.h"
#include "capture/simcam/bytes.h"

#define LIVE_HEADER     384u /* bytes in front of the JPEG of a live frame; holds no FF D8 */
#define RECORD_IN_MEDIA 0u   /* second parameter of InitiateCaptureRecInMedia: 0 card, 1 the body's memory */
#define LENGTH(a)       G_N_ELEMENTS (a)

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
    SIM_OP_INITIATE_CAPTURE,
    SIM_OP_GET_PROP_DESC,
    SIM_OP_GET_PROP_VALUE,
    SIM_OP_SET_PROP_VALUE,
    SIM_OP_GET_PARTIAL_OBJECT,
    SIM_OP_NIKON_CAPTURE_SDRAM,
    SIM_OP_NIKON_AF_DRIVE,
    SIM_OP_NIKON_CHANGE_CAMERA_MODE,
    SIM_OP_NIKON_DELETE_SDRAM,
    SIM_OP_NIKON_GET_EVENT,
    SIM_OP_NIKON_DEVICE_READY,
    SIM_OP_NIKON_GET_VENDOR_PROPS,
    SIM_OP_NIKON_START_LIVE,
    SIM_OP_NIKON_END_LIVE,
    SIM_OP_NIKON_GET_LIVE,
    SIM_OP_NIKON_CAPTURE_MEDIA,
};
static const guint16 events[] = {
    SIM_EVENT_OBJECT_ADDED,     SIM_EVENT_OBJECT_REMOVED,     SIM_EVENT_STORE_ADDED,
    SIM_EVENT_STORE_REMOVED,    SIM_EVENT_PROP_CHANGED,       SIM_EVENT_STORE_FULL,
    SIM_EVENT_CAPTURE_COMPLETE, SIM_EVENT_NIKON_ADDED_IN_RAM, SIM_EVENT_NIKON_COMPLETE_IN_RAM};
static const guint16 device_props[] = {0x5001, 0x5003, 0x5004, 0x5005, 0x5007, 0x500A,
                                       0x500B, 0x500D, 0x500E, 0x500F, 0x5011, 0x5013};
static const guint16 formats[] = {SIM_FORMAT_UNDEFINED, SIM_FORMAT_FOLDER, SIM_FORMAT_JPEG};

/* Shutter speeds come twice: 500D in units of 0.1 ms, D100 as numerator << 16 | denominator; the rows of both lists are
 * the same speeds. */
static const guint32 shutter_units[] = {5, 10, 20, 40, 50, 62, 80, 100, 125, 166, 333, 666, 1250, 2500, 5000, 10000};
static const guint32 shutter_ratio[] = {0x107D0, 0x103E8, 0x101F4, 0x100FA, 0x100C8, 0x100A0, 0x1007D, 0x10064,
                                        0x10050, 0x1003C, 0x1001E, 0x1000F, 0x10008, 0x10004, 0x10002, 0x10001};
static const double shutter_real[] = {1.0 / 2000, 1.0 / 1000, 1.0 / 500, 1.0 / 250, 1.0 / 200, 1.0 / 160,
                                      1.0 / 125,  1.0 / 100,  1.0 / 80,  1.0 / 60,  1.0 / 30,  1.0 / 15,
                                      1.0 / 8,    1.0 / 4,    1.0 / 2,   1.0};
static const guint32 iso[] = {100, 125, 160, 200, 250, 320, 400, 500, 640, 800, 1000, 1250, 1600, 3200, 6400, 12800};
static const double iso_real[] = {100, 125, 160,  200,  250,  320,  400,  500,
                                  640, 800, 1000, 1250, 1600, 3200, 6400, 12800};
static const guint32 aperture[] = {180, 200, 220, 250, 280, 350,  400,  450,  500,
                                   560, 630, 710, 800, 900, 1000, 1100, 1300, 1600};
static const double aperture_real[] = {1.8, 2, 2.2, 2.5, 2.8, 3.5, 4, 4.5, 5, 5.6, 6.3, 7.1, 8, 9, 10, 11, 13, 16};
static const guint32 quality[] = {0, 1, 2, 4, 5, 6, 7}; /* JPEG basic, normal, fine; NEF; NEF with each */
static const guint32 white[] = {2, 4, 5, 6, 7, 0x8010, 0x8011, 0x8012, 0x8013};
static const guint32 focus[] = {1, 0x8010, 0x8011, 0x8012}; /* manual first: see SIM_MEANS_FOCUS */
static const guint32 metering[] = {2, 3, 4};
static const guint32 programs[] = {1, 2, 3, 4};
static const guint32 drive[] = {1, 2, 0x8010, 0x8011, 0x8012};
static const guint32 media[] = {0, 1};
static const guint32 live_sizes[] = {1, 2, 3};
static const guint32 percent[] = {0, 100, 1};
static const char *const sizes[] = {"6016x4016", "4512x3008", "3008x2008", NULL};

#define CHOICE(list)     SIM_FORM_CHOICE, 0, list, LENGTH (list), NULL, NULL
#define FROM(list, i)    SIM_FORM_CHOICE, i, list, LENGTH (list), NULL, NULL
#define REAL(list, i, r) SIM_FORM_CHOICE, i, list, LENGTH (list), r, NULL
#define PLAIN            SIM_FORM_NONE, 0, NULL, 0, NULL, NULL

static const SimPropSpec props[] = {
    {0x5001, SIM_TYPE_U8, SIM_MEANS_BATTERY, FALSE, SIM_FORM_RANGE, 100, percent, 3, NULL, NULL},
    {0x5003, SIM_TYPE_TEXT, SIM_MEANS_NOTHING, TRUE, SIM_FORM_CHOICE, 0, NULL, 0, NULL, sizes},
    {0x5004, SIM_TYPE_U8, SIM_MEANS_QUALITY, TRUE, FROM (quality, 2)},
    {0x5005, SIM_TYPE_U16, SIM_MEANS_NOTHING, TRUE, FROM (white, 7)},
    {0x5007, SIM_TYPE_U16, SIM_MEANS_APERTURE, TRUE, REAL (aperture, 800, aperture_real)},
    {0x500A, SIM_TYPE_U16, SIM_MEANS_FOCUS, TRUE, FROM (focus, 0x8010)},
    {0x500B, SIM_TYPE_U16, SIM_MEANS_NOTHING, TRUE, FROM (metering, 3)},
    {0x500D, SIM_TYPE_U32, SIM_MEANS_SHUTTER, TRUE, REAL (shutter_units, 80, shutter_real)},
    {0x500E, SIM_TYPE_U16, SIM_MEANS_NOTHING, TRUE, FROM (programs, 1)},
    {0x500F, SIM_TYPE_U16, SIM_MEANS_ISO, TRUE, REAL (iso, 100, iso_real)},
    {0x5011, SIM_TYPE_TEXT, SIM_MEANS_CLOCK, TRUE, PLAIN},
    {0x5013, SIM_TYPE_U16, SIM_MEANS_NOTHING, TRUE, FROM (drive, 1)},
    {0xD100, SIM_TYPE_U32, SIM_MEANS_SHUTTER, TRUE, REAL (shutter_ratio, 0x1007D, shutter_real)},
    {0xD10B, SIM_TYPE_U8, SIM_MEANS_TARGET, TRUE, CHOICE (media)},
    {0xD1A2, SIM_TYPE_U8, SIM_MEANS_LIVE_ON, FALSE, PLAIN},
    {0xD1A4, SIM_TYPE_U32, SIM_MEANS_LIVE_PROHIBIT, FALSE, PLAIN},
    {0xD1AC, SIM_TYPE_U8, SIM_MEANS_LIVE_SIZE, TRUE, FROM (live_sizes, 2)},
    {0xD1F1, SIM_TYPE_U32, SIM_MEANS_SHOTS_LEFT, FALSE, PLAIN},
};

static gboolean quality_jpeg (guint32 q)
{
  return q != 4;
}

static gboolean quality_raw (guint32 q)
{
  return q >= 4;
}

static guint32 battery (guint value)
{
  return value;
}

/* ——— events: u16 code, u32 parameter ——— */

static void queue_event (SimBody *body, guint16 code, guint32 parameter)
{
  GByteArray *event = g_byte_array_new ();
  sim_put16 (event, code);
  sim_put32 (event, parameter);
  g_ptr_array_add (body->events, g_byte_array_free_to_bytes (event));
}

static void announce (SimBody *body, const SimObject *object)
{
  queue_event (body, object->bytes != NULL ? SIM_EVENT_NIKON_ADDED_IN_RAM : SIM_EVENT_OBJECT_ADDED, object->handle);
}

static void complete (SimBody *body, gboolean host, gboolean ram)
{
  queue_event (body, ram ? SIM_EVENT_NIKON_COMPLETE_IN_RAM : SIM_EVENT_CAPTURE_COMPLETE, 0);
}

static void changed (SimBody *body, const SimProp *prop)
{
  queue_event (body, SIM_EVENT_PROP_CHANGED, prop->spec->code);
}

static void card (SimBody *body, gboolean in)
{
  queue_event (body, in ? SIM_EVENT_STORE_ADDED : SIM_EVENT_STORE_REMOVED, SIM_STORE_CARD);
}

static void answer_events (SimBody *body, SimReply *reply)
{
  GByteArray *to = sim_reply_data (reply);

  sim_put16 (to, (guint16)MIN (body->events->len, 1000));
  for (guint i = 0; i < MIN (body->events->len, 1000); i++)
    g_byte_array_append (to, g_bytes_get_data (body->events->pdata[i], NULL),
                         (guint)g_bytes_get_size (body->events->pdata[i]));
  g_ptr_array_remove_range (body->events, 0, MIN (body->events->len, 1000));
}

/* ——— operations ——— */

static void release (SimBody *body, gboolean ram, SimReply *reply)
{
  static const guint16 codes[] = {
      [SIM_RELEASED] = SIM_RC_OK,
      [SIM_RELEASE_BUSY] = SIM_RC_BUSY,
      [SIM_RELEASE_NO_FOCUS] = SIM_RC_NIKON_OUT_OF_FOCUS,
      [SIM_RELEASE_CARD_FULL] = SIM_RC_STORE_FULL,
      [SIM_RELEASE_NO_CARD] = SIM_RC_STORE_NOT_AVAILABLE,
  };
  reply->rc = codes[sim_body_release (body, &(SimPress){.host = TRUE, .ram = ram, .count = 1}, NULL)];
}

static void answer_ready (SimBody *body, SimReply *reply)
{
  if (sim_body_shutter_open (body) || sim_live_starting (body))
    reply->rc = SIM_RC_BUSY;
  else if (sim_take (&body->focus_failed))
    reply->rc = SIM_RC_NIKON_OUT_OF_FOCUS;
}

static void answer_vendor_props (SimReply *reply)
{
  GByteArray *to = sim_reply_data (reply);
  guint32 count = 0;

  sim_put32 (to, 0);
  for (guint i = 0; i < LENGTH (props); i++)
    if (props[i].code >= 0xD000) {
      sim_put16 (to, props[i].code);
      count++;
    }
  sim_patch32 (to, 0, count);
}

static gboolean answer_live (SimBody *body, SimReply *reply, gint64 *wait_us)
{
  g_autoptr (GBytes) frame = NULL;

  if (!body->live.on) {
    reply->rc = SIM_RC_NIKON_NOT_LIVE;
    return TRUE;
  }
  if (sim_body_shutter_open (body) || sim_live_starting (body)) {
    reply->rc = SIM_RC_BUSY;
    return TRUE;
  }
  frame = sim_live_frame (body, wait_us);
  if (frame == NULL)
    return FALSE;
  sim_put_zeros (sim_reply_data (reply), LIVE_HEADER);
  reply->bytes = g_steal_pointer (&frame);
  return TRUE;
}

static void start_live (SimBody *body, SimReply *reply)
{
  if (sim_body_live_prohibit (body) != 0)
    reply->rc = SIM_RC_GENERAL_ERROR;
  else if (sim_body_shutter_open (body))
    reply->rc = SIM_RC_BUSY;
  else
    sim_live_start (body);
}

static gboolean handle (SimBody *body, const SimOp *op, SimReply *reply, gint64 *wait_us)
{
  switch (op->code) {
  case SIM_OP_NIKON_GET_VENDOR_PROPS:
    answer_vendor_props (reply);
    return TRUE;
  case SIM_OP_NIKON_GET_EVENT:
    answer_events (body, reply);
    return TRUE;
  case SIM_OP_NIKON_DEVICE_READY:
    answer_ready (body, reply);
    return TRUE;
  case SIM_OP_NIKON_CHANGE_CAMERA_MODE:
  case SIM_OP_NIKON_DELETE_SDRAM:
    return TRUE;
  case SIM_OP_NIKON_AF_DRIVE:
    body->focus_failed = !sim_body_focus (body);
    return TRUE;
  case SIM_OP_NIKON_START_LIVE:
    start_live (body, reply);
    return TRUE;
  case SIM_OP_NIKON_END_LIVE:
    sim_live_stop (body);
    return TRUE;
  case SIM_OP_NIKON_GET_LIVE:
    return answer_live (body, reply, wait_us);
  case SIM_OP_NIKON_CAPTURE_MEDIA:
    release (body, op->p[1] != RECORD_IN_MEDIA, reply);
    return TRUE;
  case SIM_OP_NIKON_CAPTURE_SDRAM:
    release (body, TRUE, reply);
    return TRUE;
  case SIM_OP_INITIATE_CAPTURE:
    release (body, FALSE, reply);
    return TRUE;
  default:
    return sim_standard_handle (body, op, reply);
  }
}

static void opened (SimBody *body)
{
  body->focus_failed = FALSE;
}

static void closed (SimBody *body)
{
  sim_live_stop (body);
}

const SimBrand sim_nikon = {
    .make = "Nikon Corporation",
    .model = "D750",
    .exif_make = "NIKON CORPORATION",
    .exif_model = "NIKON D750",
    .firmware = "V1.15",
    .serial = "2501234",
    .vendor = 0x0A,
    .extension = "", /* a Microsoft extension here would make libgphoto2 treat the body as a media player */
    .folder_suffix = "NCD75",
    .stem = "DSC_",
    .raw_suffix = "NEF",
    .raw_format = SIM_FORMAT_UNDEFINED,
    .live_width = 640,
    .live_height = 424,
    .operations = operations,
    .n_operations = LENGTH (operations),
    .events = events,
    .n_events = LENGTH (events),
    .device_props = device_props,
    .n_device_props = LENGTH (device_props),
    .formats = formats,
    .n_formats = LENGTH (formats),
    .props = props,
    .n_props = LENGTH (props),
    .quality_jpeg = quality_jpeg,
    .quality_raw = quality_raw,
    .quality_start = 2,
    .quality_with_raw = 7,
    .battery = battery,
    .handle = handle,
    .opened = opened,
    .closed = closed,
    .announce = announce,
    .complete = complete,
    .changed = changed,
    .end_live = sim_live_stop,
    .card = card,
};

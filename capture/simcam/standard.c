/* The operations of plain PTP that both brands share: identity, storage, objects, downloads, settings. */
#include "capture/simcam/body.h"
#include "capture/simcam/bytes.h"

#define PICTURE_READ 1024u /* reads above this are of the picture, below of its EXIF head */

void sim_put_device_info (SimBody *body, GByteArray *to)
{
  const SimBrand *brand = body->brand;

  sim_put16 (to, 100); /* PTP 1.00 */
  sim_put32 (to, brand->vendor);
  sim_put16 (to, 100);
  sim_put_text (to, brand->extension);
  sim_put16 (to, 0);
  sim_put_array16 (to, brand->operations, brand->n_operations);
  sim_put_array16 (to, brand->events, brand->n_events);
  sim_put_array16 (to, brand->device_props, brand->n_device_props);
  sim_put_array16 (to, brand->formats, brand->n_formats);
  sim_put_array16 (to, brand->formats, brand->n_formats);
  sim_put_text (to, brand->make);
  sim_put_text (to, brand->model);
  sim_put_text (to, brand->firmware);
  sim_put_text (to, body->serial);
}

SimObject *sim_body_object (SimBody *body, guint32 handle)
{
  for (guint i = 0; i < body->ram->len; i++)
    if (((SimObject *) body->ram->pdata[i])->handle == handle)
      return body->ram->pdata[i];
  return sim_card_find (body->card, handle);
}

static void put_storage_info (SimBody *body, GByteArray *to)
{
  sim_put16 (to, 4); /* removable RAM */
  sim_put16 (to, 3); /* DCF */
  sim_put16 (to, 0); /* read and write */
  sim_put64 (to, SIM_CARD_BYTES);
  sim_put64 (to, body->faults.card_full ? 0 : sim_card_free_bytes (body->card));
  sim_put32 (to, sim_body_shots_left (body));
  sim_put_text (to, "SD");
  sim_put_text (to, "");
}

/* A RAW file's thumbnail is that of the JPEG beside it. */
static const SimObject *with_thumb (SimBody *body, const SimObject *object)
{
  gboolean look = object->thumb_size == 0 && object->bytes == NULL && object->format != SIM_FORMAT_FOLDER;
  g_autoptr (GPtrArray) beside = look ? sim_card_children (body->card, object->parent) : NULL;

  for (guint i = 0; beside != NULL && i < beside->len; i++) {
    const SimObject *other = beside->pdata[i];
    if (other->number == object->number && other->thumb_size > 0)
      return other;
  }
  return object->thumb_size > 0 ? object : NULL;
}

/* A thumbnail's format is always given: without one, libgphoto2 takes a NEF for no picture and will not fetch it. */
static void put_object_info (SimBody *body, const SimObject *object, GByteArray *to)
{
  gboolean folder = object->format == SIM_FORMAT_FOLDER;
  const SimObject *thumb = with_thumb (body, object);
  g_autofree char *time = folder ? NULL : sim_clock_ptp (object->local_us);

  sim_put32 (to, object->storage);
  sim_put16 (to, object->format);
  sim_put16 (to, 0);
  sim_put32 (to, sim_object_said_size (object));
  sim_put16 (to, folder ? 0 : SIM_FORMAT_JPEG);
  sim_put32 (to, thumb != NULL ? thumb->thumb_size : 0);
  sim_put32 (to, thumb != NULL ? 160 : 0);
  sim_put32 (to, thumb != NULL ? 120 : 0);
  sim_put32 (to, (guint32) object->width);
  sim_put32 (to, (guint32) object->height);
  sim_put32 (to, folder ? 0 : 24);
  sim_put32 (to, object->parent);
  sim_put16 (to, folder ? 1 : 0);
  sim_put32 (to, 0);
  sim_put32 (to, object->number);
  sim_put_text (to, object->name);
  sim_put_text (to, time);
  sim_put_text (to, time);
  sim_put_text (to, "");
}

static GBytes *read_object (SimBody *body, const SimObject *object, guint64 offset, guint64 length)
{
  if (object->bytes == NULL)
    return sim_card_read (body->card, object, offset, length, NULL);
  if (offset >= object->size)
    return g_bytes_new (NULL, 0);
  return g_bytes_new_from_bytes (object->bytes, (gsize) offset, (gsize) MIN (length, object->size - offset));
}

/* Where an object ends for the computer: its size, unless a truncation has been put on this download. */
static guint64 end_of (SimBody *body, const SimObject *object, guint64 offset, gboolean picture)
{
  if (offset == 0 && picture) {
    body->cut_handle = 0;
    if (body->faults.cut == SIM_CUT_HONEST) {
      body->faults.cut = SIM_CUT_NONE;
      body->cut_handle = object->handle;
      body->cut_at = object->size / 2;
    }
  }
  return body->cut_handle == object->handle ? body->cut_at : object->size;
}

static GBytes *flip (GBytes *bytes, gsize at)
{
  gsize size;
  guint8 *copy = g_bytes_unref_to_data (bytes, &size);
  for (gsize i = at; i < MIN (at + 64, size); i++)
    copy[i] = (guint8) (copy[i] ^ 0x5a);
  return g_bytes_new_take (copy, size);
}

void sim_body_answer_part (SimBody *body, const SimObject *object, guint64 offset, guint64 length, SimReply *reply)
{
  gboolean picture = MIN (length, object->size) > PICTURE_READ;
  guint64 end = end_of (body, object, offset, picture), middle = object->size / 2;
  guint64 count = offset < end ? MIN (length, end - offset) : 0;

  reply->bytes = read_object (body, object, offset, count);
  if (reply->bytes == NULL) {
    reply->rc = SIM_RC_GENERAL_ERROR;
    return;
  }
  if (picture && body->faults.corrupt_wire && offset <= middle && middle < offset + count) {
    body->faults.corrupt_wire = FALSE;
    reply->bytes = flip (reply->bytes, (gsize) (middle - offset));
  }
  if (picture && body->faults.cut == SIM_CUT_LIE) {
    GBytes *half = g_bytes_new_from_bytes (reply->bytes, 0, (gsize) count / 2);
    body->faults.cut = SIM_CUT_NONE;
    reply->missing = count - count / 2;
    g_bytes_unref (reply->bytes);
    reply->bytes = half;
  }
  reply->n = 1;
  reply->p[0] = (guint32) count;
}

static void answer_handles (SimBody *body, const SimOp *op, SimReply *reply)
{
  guint32 parent = op->p[2] == SIM_HANDLE_ROOT ? 0 : op->p[2] == 0 ? SIM_HANDLE_ROOT : op->p[2];
  g_autoptr (GPtrArray) children = NULL;
  GByteArray *to;

  if (body->faults.no_card) {
    reply->rc = SIM_RC_STORE_NOT_AVAILABLE;
    return;
  }
  children = sim_card_children (body->card, parent);
  to = sim_reply_data (reply);
  sim_put32 (to, children->len);
  for (guint i = 0; i < children->len; i++)
    sim_put32 (to, ((SimObject *) children->pdata[i])->handle);
  if (op->code == SIM_OP_GET_NUM_OBJECTS) {
    g_byte_array_set_size (to, 0);
    reply->n = 1;
    reply->p[0] = children->len;
  }
}

static void answer_thumb (SimBody *body, const SimObject *object, SimReply *reply)
{
  const SimObject *from = with_thumb (body, object);

  reply->bytes = from != NULL ? read_object (body, from, from->thumb_at, from->thumb_size) : NULL;
  if (reply->bytes == NULL)
    reply->rc = SIM_RC_NO_THUMBNAIL;
}

static void delete_object (SimBody *body, guint32 handle, SimReply *reply)
{
  SimObject *object = sim_body_object (body, handle);
  gboolean done = FALSE;

  if (object != NULL && object->bytes != NULL)
    done = g_ptr_array_remove (body->ram, object);
  else if (object != NULL) {
    g_autofree char *name = g_strdup (object->name);
    GString *line = sim_ledger_line ("deleted");
    sim_ledger_text (line, "file", name);
    done = sim_card_delete (body->card, handle);
    sim_ledger_flag (line, "done", done);
    sim_ledger_write (body->ledger, line);
  }
  if (!done)
    reply->rc = object != NULL ? SIM_RC_GENERAL_ERROR : SIM_RC_INVALID_HANDLE;
}

/* Operations on one object, by its handle in the first parameter. */
static gboolean handle_object (SimBody *body, const SimOp *op, SimReply *reply)
{
  SimObject *object = sim_body_object (body, op->p[0]);

  if (object == NULL || (body->faults.no_card && object->bytes == NULL)) {
    reply->rc = SIM_RC_INVALID_HANDLE;
    return TRUE;
  }
  switch (op->code) {
  case SIM_OP_GET_OBJECT_INFO:
    put_object_info (body, object, sim_reply_data (reply));
    return TRUE;
  case SIM_OP_GET_OBJECT:
    sim_body_answer_part (body, object, 0, object->size, reply);
    reply->n = 0;
    return TRUE;
  case SIM_OP_GET_PARTIAL_OBJECT:
    sim_body_answer_part (body, object, op->p[1], op->p[2], reply);
    return TRUE;
  case SIM_OP_GET_THUMB:
    answer_thumb (body, object, reply);
    return TRUE;
  default:
    delete_object (body, op->p[0], reply);
    return TRUE;
  }
}

static void set_prop (SimBody *body, SimProp *prop, const SimOp *op, SimReply *reply)
{
  guint32 number;
  gint64 local_us;
  g_autofree char *text = NULL;

  reply->rc = SIM_RC_INVALID_PROP_VALUE;
  if (op->data == NULL || !prop->spec->writable ||
      !sim_prop_parse (prop, op->data->data, op->data->len, &number, &text))
    return;
  if (prop->spec->meaning == SIM_MEANS_CLOCK) {
    if (!sim_clock_parse_ptp (text, &local_us))
      return;
    sim_clock_set (&body->clock, local_us);
  } else if (prop->spec->type == SIM_TYPE_TEXT) {
    g_free (prop->text);
    prop->text = g_steal_pointer (&text);
  } else if (!sim_props_set (body->props, prop, number))
    return;
  reply->rc = SIM_RC_OK;
}

static gboolean handle_prop (SimBody *body, const SimOp *op, SimReply *reply)
{
  SimProp *prop = sim_props_find (body->props, (guint16) op->p[0]);

  if (prop == NULL) {
    reply->rc = SIM_RC_PROP_NOT_SUPPORTED;
    return TRUE;
  }
  sim_body_refresh (body, prop);
  if (op->code == SIM_OP_GET_PROP_DESC)
    sim_prop_put_desc (prop, sim_reply_data (reply));
  else if (op->code == SIM_OP_GET_PROP_VALUE)
    sim_prop_put_value (prop, sim_reply_data (reply));
  else
    set_prop (body, prop, op, reply);
  return TRUE;
}

static void answer_storage_ids (SimBody *body, SimReply *reply)
{
  const guint32 store = SIM_STORE_CARD;
  sim_put_array32 (sim_reply_data (reply), &store, body->faults.no_card ? 0 : 1);
}

gboolean sim_standard_handle (SimBody *body, const SimOp *op, SimReply *reply)
{
  switch (op->code) {
  case SIM_OP_GET_DEVICE_INFO:
    sim_put_device_info (body, sim_reply_data (reply));
    return TRUE;
  case SIM_OP_OPEN_SESSION:
  case SIM_OP_CLOSE_SESSION:
    return TRUE;
  case SIM_OP_GET_STORAGE_IDS:
    answer_storage_ids (body, reply);
    return TRUE;
  case SIM_OP_GET_STORAGE_INFO:
    if (op->p[0] != SIM_STORE_CARD || body->faults.no_card)
      reply->rc = SIM_RC_INVALID_STORAGE;
    else
      put_storage_info (body, sim_reply_data (reply));
    return TRUE;
  case SIM_OP_GET_NUM_OBJECTS:
  case SIM_OP_GET_OBJECT_HANDLES:
    answer_handles (body, op, reply);
    return TRUE;
  case SIM_OP_GET_OBJECT_INFO:
  case SIM_OP_GET_OBJECT:
  case SIM_OP_GET_PARTIAL_OBJECT:
  case SIM_OP_GET_THUMB:
  case SIM_OP_DELETE_OBJECT:
    return handle_object (body, op, reply);
  case SIM_OP_GET_PROP_DESC:
  case SIM_OP_GET_PROP_VALUE:
  case SIM_OP_SET_PROP_VALUE:
    return handle_prop (body, op, reply);
  default:
    reply->rc = SIM_RC_OPERATION_NOT_SUPPORTED;
    return TRUE;
  }
}

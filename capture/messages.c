/* Messages of the camera host: see the header. Pure; fuzzed as a whole through lanmu_message_parse. */
#include "capture/messages.h"

#include <string.h>

typedef struct {
  guint type;
  const char *signature;
} Form;

static const Form forms[] = {
    {LANMU_MESSAGE_OPEN, "(ssb)"},
    {LANMU_MESSAGE_SHOOT, "(t)"},
    {LANMU_MESSAGE_FETCH, "(ss)"},
    {LANMU_MESSAGE_LIST, "(b)"},
    {LANMU_MESSAGE_GET_SETTINGS, "()"},
    {LANMU_MESSAGE_SET_SETTING, "(ss)"},
    {LANMU_MESSAGE_LIVE, "(b)"},
    {LANMU_MESSAGE_CLOSE, "()"},
    {LANMU_MESSAGE_QUIT, "()"},
    {LANMU_MESSAGE_HELLO, "(u)"},
    {LANMU_MESSAGE_OPENED, "(ssssiibb)"},
    {LANMU_MESSAGE_OPEN_FAILED, "(uss)"},
    {LANMU_MESSAGE_LOST, "(us)"},
    {LANMU_MESSAGE_STATUS, "(busii)"},
    {LANMU_MESSAGE_FRAME, "(uuuutx)"},
    {LANMU_MESSAGE_CLOCK, "(xxx)"},
    {LANMU_MESSAGE_TRIGGERED, "(txx)"},
    {LANMU_MESSAGE_ANNOUNCED, "(tsstxx)"},
    {LANMU_MESSAGE_PIECE, "(t)"},
    {LANMU_MESSAGE_SHOT, "(usb)"},
    {LANMU_MESSAGE_FETCHED, "(usutt)"},
    {LANMU_MESSAGE_LISTED, "(usa(sstx))"},
    {LANMU_MESSAGE_SETTINGS, "(usa(sssasb))"},
    {LANMU_MESSAGE_SET_DONE, "(us)"},
    {LANMU_MESSAGE_BYE, "(us)"},
};

void lanmu_message_clear (LanmuMessage *self)
{
  g_clear_pointer (&self->body, g_variant_unref);
}

const char *lanmu_message_signature (guint type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    if (forms[i].type == type)
      return forms[i].signature;
  return NULL;
}

gboolean lanmu_message_has_fd (guint type)
{
  return type == LANMU_MESSAGE_FETCH;
}

static void put_le (guint8 *out, guint64 value, int bytes)
{
  for (int i = 0; i < bytes; i++)
    out[i] = (guint8) (value >> (8 * i));
}

static guint64 get_le (const guint8 *in, int bytes)
{
  guint64 value = 0;
  for (int i = 0; i < bytes; i++)
    value |= (guint64) in[i] << (8 * i);
  return value;
}

void lanmu_message_append (GByteArray *out, LanmuMessageType type, guint64 id, GVariant *body)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (body);
  g_return_if_fail (g_strcmp0 (g_variant_get_type_string (owned), lanmu_message_signature (type)) == 0);
  gsize size = g_variant_get_size (owned);
  g_return_if_fail (size <= LANMU_MESSAGE_MAX_BODY);
  guint at = out->len;
  g_byte_array_set_size (out, (guint) (at + LANMU_MESSAGE_HEADER + size));
  put_le (out->data + at, size, 4);
  put_le (out->data + at + 4, type, 4);
  put_le (out->data + at + 8, id, 8);
  if (size > 0) /* not g_variant_store: behind another message the place need not be aligned */
    memcpy (out->data + at + LANMU_MESSAGE_HEADER, g_variant_get_data (owned), size);
}

static gboolean refuse (GError **error, const char *why)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "not a message of the camera host: %s", why);
  return FALSE;
}

gboolean lanmu_message_parse (const guint8 *data, gsize length, LanmuMessage *out, gsize *used, GError **error)
{
  if (length < LANMU_MESSAGE_HEADER)
    return FALSE;
  guint64 size = get_le (data, 4);
  guint type = (guint) get_le (data + 4, 4);
  const char *signature = lanmu_message_signature (type);
  if (signature == NULL)
    return refuse (error, "unknown type");
  if (size > LANMU_MESSAGE_MAX_BODY)
    return refuse (error, "too long");
  if (length - LANMU_MESSAGE_HEADER < size)
    return FALSE;
  g_autoptr (GBytes) bytes = g_bytes_new (data + LANMU_MESSAGE_HEADER, (gsize) size);
  g_autoptr (GVariant) body = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (signature), bytes, FALSE));
  if (!g_variant_is_normal_form (body))
    return refuse (error, "body not in normal form");
  out->type = (LanmuMessageType) type;
  out->id = get_le (data + 8, 8);
  out->body = g_steal_pointer (&body);
  *used = LANMU_MESSAGE_HEADER + (gsize) size;
  return TRUE;
}

char *lanmu_message_text (const char *foreign)
{
  return g_utf8_make_valid (foreign != NULL ? foreign : "", -1);
}

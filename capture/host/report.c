/* Messages to the parent: see the header. */
#include "capture/host/report.h"

#include <time.h>

gint64 lanmu_boot_us (void)
{
  struct timespec now;
  clock_gettime (CLOCK_BOOTTIME, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

void lanmu_report (LanmuReport *self, LanmuMessageType type, guint64 id, GVariant *body)
{
  g_autoptr (GError) error = NULL;
  if (!lanmu_channel_send (self->channel, type, id, body, -1, &error))
    self->gone = TRUE;
}

static const char *text (const char *maybe)
{
  return maybe != NULL ? maybe : "";
}

void lanmu_report_opened (LanmuReport *self, const LanmuBody *body)
{
  lanmu_report (self, LANMU_MESSAGE_OPENED, 0,
                g_variant_new ("(ssssiibb)", text (body->model), text (body->maker), text (body->serial), body->port,
                               body->battery, body->shots_left, body->raw && body->jpeg, body->jpeg));
}

void lanmu_report_open_failed (LanmuReport *self, const LanmuOpenFault *fault)
{
  g_autofree char *detail = lanmu_message_text (fault->detail);
  lanmu_report (self, LANMU_MESSAGE_OPEN_FAILED, 0,
                g_variant_new ("(uss)", (guint32) fault->trouble, detail, text (fault->port)));
}

void lanmu_report_lost (LanmuReport *self, LanmuTrouble trouble, const char *detail)
{
  g_autofree char *valid = lanmu_message_text (detail);
  lanmu_report (self, LANMU_MESSAGE_LOST, 0, g_variant_new ("(us)", (guint32) trouble, valid));
}

void lanmu_report_announced (LanmuReport *self, guint64 tag, const LanmuCameraFile *file, gint64 boot_us)
{
  lanmu_report (self, LANMU_MESSAGE_ANNOUNCED, 0,
                g_variant_new ("(tsstxx)", tag, file->folder, file->name, file->size, file->mtime, boot_us));
}

void lanmu_report_shot (LanmuReport *self, guint64 id, LanmuTrouble trouble, const char *detail, gboolean released)
{
  g_autofree char *valid = lanmu_message_text (detail);
  lanmu_report (self, LANMU_MESSAGE_SHOT, id, g_variant_new ("(usb)", (guint32) trouble, valid, released));
}

void lanmu_report_fetched (LanmuReport *self, guint64 id, LanmuTrouble trouble, const char *detail, int error_number,
                           guint64 size_said, guint64 size_got)
{
  g_autofree char *valid = lanmu_message_text (detail);
  lanmu_report (self, LANMU_MESSAGE_FETCHED, id,
                g_variant_new ("(usutt)", (guint32) trouble, valid, (guint32) error_number, size_said, size_got));
}

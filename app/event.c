/* See event.h. */
#include "app/event.h"

G_DEFINE_BOXED_TYPE (LanmuEvent, lanmu_event, lanmu_event_copy, lanmu_event_free)

LanmuEvent *lanmu_event_new (LanmuEventKind kind)
{
  LanmuEvent *self = g_new0 (LanmuEvent, 1);
  self->kind = kind;
  self->wall_us = g_get_real_time ();
  self->ms = (LanmuShotTimes) { -1, -1, -1, -1, -1, -1, -1 };
  return self;
}

LanmuEvent *lanmu_event_copy (const LanmuEvent *self)
{
  LanmuEvent *copy = g_memdup2 (self, sizeof *self);
  char **strings[] = { &copy->state,  &copy->ticket, &copy->shot,    &copy->student_no, &copy->sha256, &copy->origin,
                       &copy->reason, &copy->likely, &copy->message, &copy->token };
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    *strings[i] = g_strdup (*strings[i]);
  return copy;
}

void lanmu_event_free (LanmuEvent *self)
{
  char *strings[] = { self->state,  self->ticket, self->shot,    self->student_no, self->sha256, self->origin,
                      self->reason, self->likely, self->message, self->token };
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    g_free (strings[i]);
  g_free (self);
}

const char *lanmu_event_kind_to_string (LanmuEventKind kind)
{
  static const char *const words[] = { "camera",      "bound",  "unbound",  "ticket",     "shot",   "raw",
                                       "quarantined", "failed", "accepted", "reconciled", "checks", "repaired", "copies", "countersigned", "trouble", "portrait" };
  return (guint) kind < G_N_ELEMENTS (words) ? words[kind] : "unknown";
}

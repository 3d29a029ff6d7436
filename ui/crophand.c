/* See crophand.h. */
#include "ui/crophand.h"

#include <glib/gi18n.h>
#include <math.h>

struct _LanmuCropHand {
  GObject parent;
  LanmuStation *station;
  LanmuLivePicture *picture; /* not owned */
  LanmuPrompt *prompt;       /* not owned */
  LanmuAdjustment grabbed;   /* where it lay when the drag began */
};

G_DEFINE_FINAL_TYPE (LanmuCropHand, lanmu_crop_hand, G_TYPE_OBJECT)

static LanmuTake *take_of (LanmuCropHand *self)
{
  gboolean review = self->station != NULL && lanmu_station_get_phase (self->station) == LANMU_PHASE_REVIEW;
  return review ? lanmu_station_get_take (self->station) : NULL;
}

static void wish (LanmuCropHand *self, const LanmuAdjustment *place)
{
  g_autoptr (GError) error = NULL;
  if (lanmu_station_crop (self->station, place, &error))
    lanmu_prompt_unsay (self->prompt);
  else
    lanmu_prompt_say (self->prompt, lanmu_advice_for_error (error), "warn");
}

void lanmu_crop_hand_step (LanmuCropHand *self, const char *step)
{
  static const struct {
    const char *word;
    double dx, dy, zoom;
  } steps[] = {{"left", -1, 0, 1}, {"right", 1, 0, 1}, {"up", 0, -1, 1}, {"down", 0, 1, 1}, {"larger", 0, 0, 1.01}, {"smaller", 0, 0, 1 / 1.01}};
  LanmuTake *take = take_of (self);
  LanmuAdjustment place = {0, 0, 1};
  if (take == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_str_equal (steps[i].word, step)) {
      place = *lanmu_take_get_crop (take);
      place.dx += steps[i].dx;
      place.dy += steps[i].dy;
      place.zoom *= steps[i].zoom;
    }
  wish (self, &place);
}

/* -- the mouse -- */

static void on_drag_begin (GtkGestureDrag *drag, double x, double y, LanmuCropHand *self)
{
  LanmuTake *take = take_of (self);
  if (take == NULL || lanmu_take_get_inspection (take) == NULL)
    gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
  else
    self->grabbed = *lanmu_take_get_crop (take);
}

static void on_drag_update (GtkGestureDrag *drag, double x, double y, LanmuCropHand *self)
{
  graphene_rect_t crop = lanmu_live_picture_get_crop (self->picture);
  LanmuProfile *profile = self->station != NULL ? lanmu_station_get_profile (self->station) : NULL;
  if (take_of (self) == NULL || profile == NULL || crop.size.width < 1)
    return;
  double pixel = profile->width / (double) crop.size.width;
  LanmuAdjustment place = self->grabbed;
  place.dx += x * pixel;
  place.dy += y * pixel;
  wish (self, &place);
}

static gboolean on_scroll (GtkEventControllerScroll *scroll, double dx, double dy, LanmuCropHand *self)
{
  if (take_of (self) == NULL || dy == 0)
    return FALSE;
  lanmu_crop_hand_step (self, dy < 0 ? "larger" : "smaller");
  return TRUE;
}

void lanmu_crop_hand_set_station (LanmuCropHand *self, LanmuStation *station)
{
  g_set_object (&self->station, station);
}

static void lanmu_crop_hand_dispose (GObject *object)
{
  g_clear_object (&LANMU_CROP_HAND (object)->station);
  G_OBJECT_CLASS (lanmu_crop_hand_parent_class)->dispose (object);
}

static void lanmu_crop_hand_class_init (LanmuCropHandClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanmu_crop_hand_dispose;
}

static void lanmu_crop_hand_init (LanmuCropHand *self)
{
}

LanmuCropHand *lanmu_crop_hand_new (LanmuLivePicture *picture, LanmuPrompt *prompt)
{
  LanmuCropHand *self = g_object_new (LANMU_TYPE_CROP_HAND, NULL);
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL | GTK_EVENT_CONTROLLER_SCROLL_DISCRETE);
  self->picture = picture;
  self->prompt = prompt;
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (on_drag_begin), self, 0);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (on_drag_update), self, 0);
  g_signal_connect_object (scroll, "scroll", G_CALLBACK (on_scroll), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (picture), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (picture), scroll);
  return self;
}

/* LanmuLivePicture: what the camera sees, or the take on review, so that its 3:4 diploma crop stands as tall as the
 * widget.
 *
 * Main thread. Newest frame wins: a frame that was not drawn when the next one comes is never drawn. A frame's buffer
 * is held only while it may be on the screen.
 *
 * Promises:
 *  1. A still picture is shown only between show_still and clear_still; clear_still is drawn with the very next frame
 * of the screen.
 *  2. No pixel of a frame is copied here on a GL screen: the texture reads the ring's memory.
 *  3. A new frame redraws this widget's rectangle and nothing else.
 */
#pragma once

#include <gtk/gtk.h>
#include "capture/frame.h"
#include "capture/live/guidance.h"
#include "ui/faultmarks.h"

G_BEGIN_DECLS

#define LANMU_TYPE_LIVE_PICTURE (lanmu_live_picture_get_type ())
G_DECLARE_FINAL_TYPE (LanmuLivePicture, lanmu_live_picture, LANMU, LIVE_PICTURE, GtkWidget)

GtkWidget *lanmu_live_picture_new (void);

/* A live frame arrived; referenced until a newer one is on the screen. */
void lanmu_live_picture_push (LanmuLivePicture *self, LanmuFrame *frame);
/* Nothing is known of what stands before the camera: no picture rather than an old one. */
void lanmu_live_picture_forget (LanmuLivePicture *self);
/* The camera is away: what is shown is old; drawn dark until a frame comes. */
void lanmu_live_picture_set_stale (LanmuLivePicture *self, gboolean stale);

/* What is drawn over the live picture from now on; copied. NULL: nothing. */
/* Whose bands are drawn; the diploma's until told. NULL changes nothing. */
void lanmu_live_picture_set_standard (LanmuLivePicture *self, LanmuProfile *profile);
void lanmu_live_picture_set_guide (LanmuLivePicture *self, const LanmuGuide *guide);

/* A take instead of the live picture; orientation: EXIF 1–8, applied by a transform. */
void lanmu_live_picture_show_still (LanmuLivePicture *self, LanmuFrame *frame, int orientation);
/* After show_still: the part of the shot that becomes the portrait fills the crop, and its faults are marked; copied. width, height: of the shot, upright. */
void lanmu_live_picture_show_portrait (LanmuLivePicture *self, const LanmuShotPart *part, int width, int height, const LanmuFault *faults, guint n_faults);
gboolean lanmu_live_picture_has_portrait (LanmuLivePicture *self);
void lanmu_live_picture_clear_still (LanmuLivePicture *self);
gboolean lanmu_live_picture_has_still (LanmuLivePicture *self);
gboolean lanmu_live_picture_has_live (LanmuLivePicture *self);

guint64 lanmu_live_picture_get_pushed (LanmuLivePicture *self); /* live frames that came */
guint64 lanmu_live_picture_get_shown (LanmuLivePicture *self);  /* of these, drawn */
/* The crop in widget coordinates. */
graphene_rect_t lanmu_live_picture_get_crop (LanmuLivePicture *self);

G_END_DECLS

/* LanmuStoredPicture: one picture of the vault on a page, its diploma crop as tall as the widget. Main thread.
 *
 * Promise: it shows the picture that was asked for last, or nothing; while a picture is loading the one before is gone,
 * so that no face ever stands under another name.
 * Signal "changed": shown or gone. */
#pragma once

#include <gtk/gtk.h>
#include "app/station.h"

G_BEGIN_DECLS

#define LANMU_TYPE_STORED_PICTURE (lanmu_stored_picture_get_type ())
G_DECLARE_FINAL_TYPE (LanmuStoredPicture, lanmu_stored_picture, LANMU, STORED_PICTURE, GtkWidget)

/* A thumbnail: less is decoded and less room asked for. Before the first show. */
void lanmu_stored_picture_set_small (LanmuStoredPicture *self);
/* path: below the data folder; NULL = nothing. */
void lanmu_stored_picture_show (LanmuStoredPicture *self, LanmuStation *station, const char *path);
/* Nothing was asked for, or it is on the page. */
gboolean lanmu_stored_picture_is_settled (LanmuStoredPicture *self);
gboolean lanmu_stored_picture_is_shown (LanmuStoredPicture *self);

G_END_DECLS

/* The lines about whoever sits before the camera, a student of the list or a capture code, as the record pane shows
 * them. Main thread; pure: the station's properties in, words out. */
#pragma once

#include "app/station.h"

G_BEGIN_DECLS

typedef struct {
  char *caption, *name, *number, *class_name, *major, *id_no; /* NULL: an empty line */
} LanmuSitter;

void lanmu_sitter_read (LanmuSitter *self, LanmuStation *station);
void lanmu_sitter_clear (LanmuSitter *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanmuSitter, lanmu_sitter_clear)

/* Does this code belong to a capture code (and not to a mistyped 学号)? Only in a campaign that takes codes; and all
 * digits, as many as the list's numbers have, is a number of the list that was not found. */
gboolean lanmu_sitter_may_be_code (LanmuStation *station, const char *scanned);
gboolean lanmu_sitter_takes_codes (LanmuStation *station);

G_END_DECLS

/* LanmuMark: the little shape beside a state's word, so that no state is told by colour alone. Takes its colour from
 * CSS ("color"). Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum {
  LANMU_MARK_NONE,     /* keeps its place */
  LANMU_MARK_RING,     /* at rest, waiting */
  LANMU_MARK_DOT,      /* good, live */
  LANMU_MARK_HALF,     /* begun: shot, not accepted */
  LANMU_MARK_CHECK,    /* done */
  LANMU_MARK_PLAY,     /* the current one */
  LANMU_MARK_TRIANGLE, /* look at it */
  LANMU_MARK_CROSS,    /* stopped */
  LANMU_MARK_SKIP,     /* passed over */
  LANMU_MARK_BAR,      /* not here */
} LanmuMarkShape;

#define LANMU_TYPE_MARK (lanmu_mark_get_type ())
G_DECLARE_FINAL_TYPE (LanmuMark, lanmu_mark, LANMU, MARK, GtkWidget)

GtkWidget *lanmu_mark_new (LanmuMarkShape shape);
/* tone: CSS class "good" "warn" "bad" "rest" or NULL; replaces the one before. */
void lanmu_mark_set (LanmuMark *self, LanmuMarkShape shape, const char *tone);
/* The same replacing of tones for any widget: words carry the colour of their shape. */
void lanmu_tone_set (GtkWidget *widget, const char *tone);

G_END_DECLS

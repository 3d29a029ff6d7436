/* The actions of the review, as group "review": "move" (s: a step of ui/crophand.h) and "checks" (every check with its figures, or the faults alone). Main thread. */
#pragma once

#include "ui/shootpage.h"

G_BEGIN_DECLS

void lanmu_review_actions_insert (LanmuShootPage *page, GtkWidget *window);

G_END_DECLS

/* Which of GTK's renderers draws. Call before GTK starts. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* OpenGL where a graphics card does it; plain memory where OpenGL itself would be done by the processor, which costs
 * several times as much a frame. $GSK_RENDERER, when set, is left alone. */
void lanmu_renderer_choose (void);

G_END_DECLS

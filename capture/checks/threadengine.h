/* A face engine for each thread that asks: made on first use, freed when the thread ends. Any thread. */
#pragma once

#include "capture/face/engine.h"

G_BEGIN_DECLS

/* Owned by the thread. NULL: there are no usable models; then nobody in this process is asked to read them again, and *error says why (each time). */
LanmuFaceEngine *lanmu_thread_engine (GError **error);

G_END_DECLS

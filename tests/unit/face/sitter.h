/* A synthetic sitter before the engine: one line of controls, one picture, one face. */
#pragma once

#include "capture/face/engine.h"
#include "capture/simcam/scene.h"

typedef struct {
  guint8 *rgb;
  LanmuFaceView view;
} SitterPicture;

/* controls: lines of scene.h, separated by ';', "" = none. 480×640 is the diploma crop itself. */
SitterPicture sitter_picture (guint seed, const char *controls, int width, int height);
void sitter_picture_clear (SitterPicture *self);

/* The sitter's face, or the test fails saying who was not seen. */
LanmuFace sitter_face (LanmuFaceEngine *engine, guint seed, const char *controls);

/* The engine with the real models; NULL: they were not fetched, and the test is to be skipped by name. */
LanmuFaceEngine *sitter_engine (void);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SitterPicture, sitter_picture_clear)

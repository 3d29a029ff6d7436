/* LanmuModelReader: what the two halves of the reader of model.h share while a file is read. Internal to them. */
#pragma once

#include "capture/face/flat.h"
#include "capture/face/flex.h"
#include "capture/face/model.h"

G_BEGIN_DECLS

/* Codes of the .tflite schema, those that are understood; CUSTOM ones go by name. */
typedef enum {
  LANMU_CODE_ADD = 0,
  LANMU_CODE_AVERAGE_POOL = 1,
  LANMU_CODE_CONCAT = 2,
  LANMU_CODE_CONV = 3,
  LANMU_CODE_DEPTHWISE = 4,
  LANMU_CODE_DEQUANTIZE = 6,
  LANMU_CODE_LOGISTIC = 14,
  LANMU_CODE_MAX_POOL = 17,
  LANMU_CODE_MUL = 18,
  LANMU_CODE_RELU = 19,
  LANMU_CODE_RESHAPE = 22,
  LANMU_CODE_RESIZE_BILINEAR = 23,
  LANMU_CODE_CUSTOM = 32,
  LANMU_CODE_PAD = 34,
  LANMU_CODE_MEAN = 40,
  LANMU_CODE_STRIDED_SLICE = 45,
  LANMU_CODE_PRELU = 54,
  LANMU_CODE_HARD_SWISH = 117,
} LanmuModelCode;

typedef struct {
  LanmuFlat flat;
  LanmuModel *model;
  gsize table;   /* the operator being read */
  gsize options; /* its table of options, 0 = none */
  LanmuFlex custom;
  int code;
  char name[32]; /* of a custom operator */
} LanmuModelReader;

/* Fills kind, options and windows of an operator whose tensors are set. NULL, or what is not understood. */
const char *lanmu_model_reader_options (LanmuModelReader *self, LanmuOp *op);

G_END_DECLS

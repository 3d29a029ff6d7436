/* LanmuPlan: where each computed tensor of a model lies in one block of memory. Two tensors that are alive at the same
 * step never overlap. Internal to capture/face. Pure, any thread. */
#pragma once

#include "capture/face/model.h"

G_BEGIN_DECLS

#define LANMU_PLAN_ALIGN   64 /* bytes; a cache line, and XNNPACK's widest vector */
#define LANMU_PLAN_SLACK   64 /* bytes behind each tensor that XNNPACK may read but not use */
#define LANMU_PLAN_NOWHERE G_MAXSIZE

typedef struct {
  gsize *offsets; /* a tensor; NOWHERE: constant or unused */
  gsize size;     /* bytes of the block */
} LanmuPlan;

void lanmu_plan_init (LanmuPlan *self, const LanmuModel *model);
void lanmu_plan_clear (LanmuPlan *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanmuPlan, lanmu_plan_clear)

G_END_DECLS

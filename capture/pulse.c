/* Reading a pulse: see the header. Any thread. */
#include "capture/pulse.h"
#include "capture/deadlines.h"

guint lanmu_pulse_deadline_ms (const LanmuPulse *self, guint32 op)
{
  guint32 allowed = atomic_load_explicit (&self->release_ms, memory_order_relaxed);
  if (op >= LANMU_N_OPS)
    op = LANMU_OP_WAITING;
  if (op != LANMU_OP_RELEASE || allowed == 0)
    return lanmu_op_deadline_ms[op];
  return CLAMP (allowed, LANMU_RELEASE_MS, LANMU_RELEASE_MOST_MS);
}

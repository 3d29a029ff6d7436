/* Where the head comes to lie in the portrait: the standard's bands. Without a face the outline gives the crown; the
 * rest is then an estimate: unsure. */
#include "capture/checks/table.h"

void lanmu_check_resolution (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out)
{
  out->measure = scene->placement.scale;
  lanmu_check_at (out, scene->placement.x, scene->placement.y, scene->placement.width, scene->placement.height);
}

void lanmu_check_crown (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out)
{
  const LanmuPlacement *p = &scene->placement;
  if (scene->head.kind == LANMU_HEAD_NONE || !scene->head.has_crown) {
    out->verdict = LANMU_VERDICT_UNSURE;
    out->why = scene->head.kind == LANMU_HEAD_NONE ? "nobody" : "hair-not-seen";
    return;
  }
  out->measure = p->crown;
  if (scene->head.crown <= scene->wide.y + scene->factor)
    out->why = "cut-off";
  else
    out->why = p->crown < out->warn ? "high" : p->crown > out->fail ? "low" : "";
  lanmu_check_at (out, p->x, scene->head.crown - 2 * p->scale, p->width, 4 * p->scale);
}

static gboolean is_measured (const LanmuScene *scene, LanmuCheck *out)
{
  if (scene->head.kind == LANMU_HEAD_FACE)
    return TRUE;
  out->verdict = scene->n_faces < 0 ? LANMU_VERDICT_NOT_CHECKED : LANMU_VERDICT_UNSURE;
  out->why = scene->n_faces < 0 ? "no-models" : "no-face";
  return FALSE;
}

void lanmu_check_eyes (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out)
{
  const LanmuPlacement *p = &scene->placement;
  if (!is_measured (scene, out))
    return;
  out->measure = p->eyes;
  out->why = p->eyes < out->warn ? "high" : p->eyes > out->fail ? "low" : "";
  lanmu_check_at (out, p->x, scene->head.eyes - 2 * p->scale, p->width, 4 * p->scale);
}

void lanmu_check_face_width (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out)
{
  const LanmuHead *head = &scene->head;
  if (!is_measured (scene, out))
    return;
  out->measure = scene->placement.face_width;
  out->why = out->measure < out->warn ? "small" : out->measure > out->fail ? "large" : "";
  lanmu_check_at (out, head->middle - head->face_width / 2, head->eyes - head->face_width / 2, head->face_width,
                  1.3 * head->face_width);
}

void lanmu_check_centring (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out)
{
  const LanmuPlacement *p = &scene->placement;
  if (scene->head.kind == LANMU_HEAD_NONE) {
    out->verdict = LANMU_VERDICT_UNSURE;
    out->why = "nobody";
    return;
  }
  out->measure = ABS (p->off_centre);
  out->why = p->off_centre > 1 ? "right" : p->off_centre < -1 ? "left" : "";
}

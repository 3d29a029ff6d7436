/* See checkjson.h. */
#include "app/standard/checkjson.h"

#include "app/standard/checkwords.h"
#include <math.h>

static void add_number (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  if (isfinite (value))
    json_builder_add_double_value (builder, round (value * 10000) / 10000);
  else
    json_builder_add_null_value (builder);
}

static void add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void add_limits (const LanmuCheck *self, JsonBuilder *builder)
{
  gboolean band = lanmu_check_kind (self->id)->sense == LANMU_CHECK_IN_BAND;
  json_builder_set_member_name (builder, "limits");
  json_builder_begin_object (builder);
  add_number (builder, band ? "low" : "warn", self->warn);
  add_number (builder, band ? "high" : "fail", self->fail);
  json_builder_end_object (builder);
}

static void add_where (const LanmuCheck *self, JsonBuilder *builder)
{
  const double values[] = {self->x, self->y, self->width, self->height};
  if (!(self->width > 0))
    return;
  json_builder_set_member_name (builder, "where");
  json_builder_begin_array (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    json_builder_add_double_value (builder, round (values[i]));
  json_builder_end_array (builder);
}

void lanmu_check_to_json (const LanmuCheck *self, JsonBuilder *builder)
{
  json_builder_begin_object (builder);
  add_string (builder, "name", lanmu_check_kind (self->id)->name);
  add_string (builder, "title", lanmu_check_title (self->id));
  add_number (builder, "measure", self->measure);
  add_string (builder, "unit", lanmu_check_kind (self->id)->unit);
  add_limits (self, builder);
  add_string (builder, "verdict", lanmu_verdict_to_string (self->verdict));
  add_string (builder, "why", self->why);
  add_string (builder, "message", lanmu_check_sentence (self->id, self->verdict, self->why));
  add_where (self, builder);
  json_builder_end_object (builder);
}

void lanmu_placement_to_json (const LanmuPlacement *self, JsonBuilder *builder)
{
  json_builder_begin_object (builder);
  add_string (builder, "by", lanmu_head_kind_to_string (self->kind));
  add_number (builder, "x", self->x);
  add_number (builder, "y", self->y);
  add_number (builder, "width", self->width);
  add_number (builder, "height", self->height);
  add_number (builder, "scale", self->scale);
  add_number (builder, "crown", self->crown);
  add_number (builder, "eyes", self->eyes);
  add_number (builder, "face_width", self->face_width);
  add_number (builder, "off_centre", self->off_centre);
  json_builder_set_member_name (builder, "in_bands");
  json_builder_add_boolean_value (builder, self->in_bands);
  json_builder_end_object (builder);
}

void lanmu_inspection_to_json (const LanmuInspection *self, JsonBuilder *builder)
{
  add_string (builder, "verdict", lanmu_verdict_to_string (self->worst));
  add_number (builder, "faces", self->faces);
  add_number (builder, "width", self->width);
  add_number (builder, "height", self->height);
  json_builder_set_member_name (builder, "placement");
  lanmu_placement_to_json (&self->placement, builder);
  json_builder_set_member_name (builder, "checks");
  json_builder_begin_array (builder);
  for (int i = 0; i < LANMU_N_CHECKS; i++)
    lanmu_check_to_json (&self->checks[i], builder);
  json_builder_end_array (builder);
}

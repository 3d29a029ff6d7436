/* The pattern of ui/lentsurface.h: what it lends is its callback data, one reference a copy. */
#include "ui/lentsurface.h"

static cairo_surface_t *acquire (cairo_pattern_t *pattern, void *data, cairo_surface_t *target,
                                 const cairo_rectangle_int_t *extents)
{
  return cairo_surface_reference (data);
}

static void release (cairo_pattern_t *pattern, void *data, cairo_surface_t *surface)
{
  cairo_surface_destroy (surface);
}

static cairo_status_t copy (cairo_pattern_t *pattern, void *data, const cairo_pattern_t *other)
{
  cairo_surface_reference (data);
  return CAIRO_STATUS_SUCCESS;
}

static void finish (cairo_pattern_t *pattern, void *data)
{
  cairo_surface_destroy (data);
}

cairo_pattern_t *lanmu_lent_surface_new (cairo_surface_t *surface)
{
  cairo_pattern_t *self = cairo_pattern_create_raster_source (
      cairo_surface_reference (surface), CAIRO_CONTENT_COLOR, cairo_image_surface_get_width (surface),
      cairo_image_surface_get_height (surface));
  cairo_raster_source_pattern_set_acquire (self, acquire, release);
  cairo_raster_source_pattern_set_copy (self, copy);
  cairo_raster_source_pattern_set_finish (self, finish);
  return self;
}

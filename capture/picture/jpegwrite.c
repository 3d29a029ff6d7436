/* See jpegwrite.h. It cannot fail but for memory: libjpeg's own handler would end the program, as g_malloc does. */
#include "capture/picture/jpegwrite.h"

#include <stdio.h>
#include <stdlib.h>
#include <jpeglib.h>

static void configure (struct jpeg_compress_struct *encoder, const LanmuJpegPixels *pixels, int quality)
{
  encoder->image_width = (JDIMENSION) pixels->width;
  encoder->image_height = (JDIMENSION) pixels->height;
  encoder->input_components = 3;
  encoder->in_color_space = JCS_RGB;
  jpeg_set_defaults (encoder);
  jpeg_set_quality (encoder, quality, TRUE);
  encoder->optimize_coding = TRUE;
  encoder->density_unit = 1; /* dots per inch */
  encoder->X_density = encoder->Y_density = (UINT16) pixels->dpi;
  encoder->comp_info[0].h_samp_factor = encoder->comp_info[0].v_samp_factor = pixels->half_chroma ? 2 : 1;
}

GBytes *lanmu_jpeg_write (const LanmuJpegPixels *pixels, int quality)
{
  struct jpeg_compress_struct encoder = {0};
  struct jpeg_error_mgr errors;
  unsigned char *bytes = NULL;
  unsigned long size = 0;
  encoder.err = jpeg_std_error (&errors);
  jpeg_create_compress (&encoder);
  jpeg_mem_dest (&encoder, &bytes, &size);
  configure (&encoder, pixels, quality);
  jpeg_start_compress (&encoder, TRUE);
  while (encoder.next_scanline < encoder.image_height) {
    JSAMPROW row = (JSAMPROW) (pixels->rgb + (gsize) encoder.next_scanline * (gsize) pixels->width * 3);
    jpeg_write_scanlines (&encoder, &row, 1);
  }
  jpeg_finish_compress (&encoder);
  jpeg_destroy_compress (&encoder);
  return g_bytes_new_with_free_func (bytes, size, free, bytes);
}

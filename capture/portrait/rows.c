/* Decoding a part of a JPEG: see the header. libjpeg reports by longjmp; nothing that needs freeing lives between
 * setjmp and the end but the decoder. */
#include "capture/portrait/rows.h"

#include <setjmp.h>
#include <stdio.h>
#include <jpeglib.h>

#define MOST_SCANS 500 /* a hostile progressive file has thousands, each over the whole picture */
#define MARGIN     32  /* columns beside the part: the decoder smooths chroma over its neighbours */

typedef struct {
  struct jpeg_error_mgr manager; /* first: libjpeg hands this one back */
  jmp_buf out;
  char message[JMSG_LENGTH_MAX];
} Errors;

typedef struct {
  struct jpeg_decompress_struct decoder;
  struct jpeg_progress_mgr progress;
  Errors errors;
  guint8 *row; /* owned */
} Rows;

static void on_error (j_common_ptr common)
{
  Errors *errors = (Errors *) common->err;
  errors->manager.format_message (common, errors->message);
  longjmp (errors->out, 1);
}

static void on_message (j_common_ptr common, int level)
{
  if (level < 0) /* a warning: the picture is not what the camera wrote */
    on_error (common);
}

static void on_progress (j_common_ptr common)
{
  Errors *errors = (Errors *) common->err;
  if (common->is_decompressor && ((j_decompress_ptr) common)->input_scan_number > MOST_SCANS) {
    g_strlcpy (errors->message, "more scans than any camera writes", sizeof errors->message);
    longjmp (errors->out, 1);
  }
}

static void cut (const struct jpeg_decompress_struct *decoder, const LanmuRowsPart *wanted, LanmuRowsPart *part)
{
  int width = (int) decoder->output_width, height = (int) decoder->output_height;
  part->left = CLAMP (wanted->left - MARGIN, 0, width - 1);
  part->right = CLAMP (wanted->right + MARGIN, part->left + 1, width);
  part->top = CLAMP (wanted->top, 0, height - 1);
  part->bottom = CLAMP (wanted->bottom, part->top + 1, height);
}

static void read_rows (Rows *self, const LanmuRowsPart *wanted, LanmuRowsFunc func, gpointer user_data)
{
  struct jpeg_decompress_struct *decoder = &self->decoder;
  LanmuRowsPart part;
  cut (decoder, wanted, &part);
  JDIMENSION left = (JDIMENSION) part.left, count = (JDIMENSION) (part.right - part.left);
  if (count < decoder->output_width)
    jpeg_crop_scanline (decoder, &left, &count);
  self->row = g_malloc ((gsize) decoder->output_width * 4);
  if (part.top > 0)
    jpeg_skip_scanlines (decoder, (JDIMENSION) part.top);
  for (int row = part.top; row < part.bottom; row++) {
    JSAMPROW line = self->row;
    jpeg_read_scanlines (decoder, &line, 1);
    func (row, (int) left, (int) count, self->row, user_data);
  }
}

static void decode (Rows *self, const guint8 *data, gsize size, int denominator, const LanmuRowsPart *part,
                    LanmuRowsFunc func, gpointer user_data)
{
  struct jpeg_decompress_struct *decoder = &self->decoder;
  jpeg_mem_src (decoder, data, (unsigned long) size);
  jpeg_read_header (decoder, TRUE);
  decoder->scale_num = 1;
  decoder->scale_denom = (unsigned) denominator;
  decoder->out_color_space = JCS_EXT_BGRX;
  jpeg_start_decompress (decoder);
  read_rows (self, part, func, user_data);
  jpeg_abort_decompress (decoder); /* what lies below the part is not read */
}

gboolean lanmu_rows_decode (const guint8 *data, gsize size, int denominator, const LanmuRowsPart *part,
                            LanmuRowsFunc func, gpointer user_data, GError **error)
{
  Rows self = {0};
  volatile gboolean well = FALSE;
  self.decoder.err = jpeg_std_error (&self.errors.manager);
  self.errors.manager.error_exit = on_error;
  self.errors.manager.emit_message = on_message;
  if (setjmp (self.errors.out) == 0) {
    jpeg_create_decompress (&self.decoder);
    self.decoder.progress = &self.progress;
    self.progress.progress_monitor = on_progress;
    decode (&self, data, size, denominator, part, func, user_data);
    well = TRUE;
  }
  jpeg_destroy_decompress (&self.decoder);
  g_free (self.row);
  if (!well)
    g_set_error_literal (error, LANMU_PICTURE_ERROR, LANMU_PICTURE_ERROR_DAMAGED, self.errors.message);
  return well;
}

/* Decoding what arrives: see the header. libjpeg reports by longjmp; nothing that needs freeing lives between setjmp and
 * the end but the decoder and the picture's memory, which is kept in `early`. */
#include "capture/picture/arrivingdecode.h"

#include <setjmp.h>
#include <stdio.h>
#include <jpeglib.h>
#include <jerror.h>

#define ALIGNMENT  64u
#define MOST_SCANS 500 /* as TurboJPEG: a hostile file has thousands, each over the whole picture */

typedef struct {
  struct jpeg_error_mgr manager; /* first: libjpeg hands this one back */
  jmp_buf out;
  LanmuShotEarly *early;
} Errors;

typedef struct {
  struct jpeg_source_mgr manager; /* first, too */
  LanmuArrivingBytes *bytes;
} Source;

typedef struct {
  struct jpeg_decompress_struct decoder;
  struct jpeg_progress_mgr progress;
  Errors errors;
  Source source;
} Decode;

static void give_up (j_common_ptr common)
{
  Errors *errors = (Errors *) common->err;
  char message[JMSG_LENGTH_MAX];
  errors->manager.format_message (common, message);
  g_strlcpy (errors->early->complaint, message, sizeof errors->early->complaint);
  longjmp (errors->out, 1);
}

static void on_message (j_common_ptr common, int level)
{
  if (level < 0) /* a warning: the picture is not what the camera wrote */
    give_up (common);
}

static void on_progress (j_common_ptr common)
{
  Errors *errors = (Errors *) common->err;
  if (((j_decompress_ptr) common)->input_scan_number <= MOST_SCANS)
    return;
  g_strlcpy (errors->early->complaint, "more scans than any camera writes", sizeof errors->early->complaint);
  longjmp (errors->out, 1);
}

static void nothing (j_decompress_ptr decoder)
{
}

/* As libjpeg's own source in memory does: behind the last byte the picture is cut off. */
static boolean fill (j_decompress_ptr decoder)
{
  static const JOCTET end[2] = {0xff, JPEG_EOI};
  Source *source = (Source *) decoder->src;
  guint64 before = source->bytes->filled;
  if (lanmu_arriving_bytes_more (source->bytes)) {
    source->manager.next_input_byte = source->bytes->data + before;
    source->manager.bytes_in_buffer = (size_t) (source->bytes->filled - before);
    return TRUE;
  }
  source->manager.next_input_byte = end;
  source->manager.bytes_in_buffer = sizeof end;
  WARNMS (decoder, JWRN_JPEG_EOF);
  return TRUE;
}

static void skip (j_decompress_ptr decoder, long count)
{
  struct jpeg_source_mgr *source = decoder->src;
  if (count <= 0)
    return;
  while ((size_t) count > source->bytes_in_buffer) {
    count -= (long) source->bytes_in_buffer;
    fill (decoder);
  }
  source->next_input_byte += count;
  source->bytes_in_buffer -= (size_t) count;
}

static void begin (Decode *self, LanmuArrivingBytes *bytes)
{
  jpeg_create_decompress (&self->decoder);
  self->source = (Source){.bytes = bytes,
                          .manager = {.init_source = nothing,
                                      .fill_input_buffer = fill,
                                      .skip_input_data = skip,
                                      .resync_to_restart = jpeg_resync_to_restart,
                                      .term_source = nothing,
                                      .next_input_byte = bytes->data,
                                      .bytes_in_buffer = (size_t) bytes->filled}};
  self->decoder.src = &self->source.manager;
  self->progress.progress_monitor = on_progress;
  self->decoder.progress = &self->progress;
}

static void make_room (Decode *self, LanmuPicture *picture)
{
  picture->width = (int) self->decoder.output_width;
  picture->height = (int) self->decoder.output_height;
  picture->stride = ((gsize) picture->width * 4 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  picture->orientation = 1;
  gsize size = picture->stride * (gsize) picture->height;
  guint8 *pixels = g_aligned_alloc (size, 1, ALIGNMENT);
  picture->pixels = g_bytes_new_with_free_func (pixels, size, g_aligned_free, pixels);
}

static void read_rows (Decode *self, LanmuPicture *picture)
{
  guint8 *pixels = (guint8 *) g_bytes_get_data (picture->pixels, NULL);
  while (self->decoder.output_scanline < self->decoder.output_height) {
    JSAMPROW row = pixels + picture->stride * self->decoder.output_scanline;
    jpeg_read_scanlines (&self->decoder, &row, 1);
  }
}

static void decode (Decode *self, const LanmuJpegMarkers *markers, LanmuShotEarly *early)
{
  jpeg_read_header (&self->decoder, TRUE);
  if ((int) self->decoder.image_width != markers->width || (int) self->decoder.image_height != markers->height) {
    g_strlcpy (early->complaint, "the file gives two sizes of its picture", sizeof early->complaint);
    longjmp (self->errors.out, 1);
  }
  self->decoder.scale_num = 1;
  self->decoder.scale_denom = (unsigned) early->denominator;
  self->decoder.out_color_space = JCS_EXT_BGRA;
  jpeg_start_decompress (&self->decoder);
  make_room (self, &early->review);
  read_rows (self, &early->review);
  jpeg_finish_decompress (&self->decoder);
}

void lanmu_arriving_decode (LanmuArrivingBytes *bytes, const LanmuJpegMarkers *markers, LanmuShotEarly *early)
{
  g_autofree Decode *self = g_new0 (Decode, 1);
  early->tried = TRUE;
  early->denominator = lanmu_shot_facts_denominator (markers->width, markers->height);
  self->errors.early = early;
  self->decoder.err = jpeg_std_error (&self->errors.manager);
  self->errors.manager.error_exit = give_up;
  self->errors.manager.emit_message = on_message;
  if (setjmp (self->errors.out) == 0) {
    begin (self, bytes);
    decode (self, markers, early);
    early->decoded = TRUE;
  } else {
    lanmu_picture_clear (&early->review);
  }
  jpeg_destroy_decompress (&self->decoder);
}

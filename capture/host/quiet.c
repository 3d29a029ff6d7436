/* The library's hex dumps, switched off.
 *
 * Why: libgphoto2 2.5.30 formats a hexadecimal dump of everything that goes over a PTP/IP line, each live picture
 * included, before it looks whether anybody listens to its log (nobody does here). The dump is four times the data and
 * costs more than a tenth of a picture's decoding. This program's own gp_log_data takes the place of the library's, by
 * the linker's usual order.
 */
#include <gphoto2/gphoto2-port-log.h>

void gp_log_data (const char *domain, const char *data, unsigned int size, const char *format, ...)
{
}

/* Names of the store's errors. */
#include "db/error.h"

G_DEFINE_QUARK (lanmu - db - error - quark, lanmu_db_error)

const char *lanmu_db_error_to_string (LanmuDbError code)
{
  switch (code) {
  case LANMU_DB_ERROR_IN_USE:
    return "in_use";
  case LANMU_DB_ERROR_READ_ONLY:
    return "read_only";
  case LANMU_DB_ERROR_FULL:
    return "full";
  case LANMU_DB_ERROR_IO:
    return "io";
  case LANMU_DB_ERROR_CORRUPT:
    return "corrupt";
  case LANMU_DB_ERROR_NEWER:
    return "newer";
  case LANMU_DB_ERROR_NOT_FOUND:
    return "not_found";
  case LANMU_DB_ERROR_NO_ROW:
    return "no_row";
  case LANMU_DB_ERROR_EXISTS:
    return "exists";
  case LANMU_DB_ERROR_CONSTRAINT:
    return "constraint";
  case LANMU_DB_ERROR_CLOSED:
    return "closed";
  case LANMU_DB_ERROR_PASSPHRASE:
    return "passphrase";
  case LANMU_DB_ERROR_STOPPED:
    return "stopped";
  case LANMU_DB_ERROR_REFUSED:
    return "refused";
  case LANMU_DB_ERROR_FAILED:
  default:
    return "failed";
  }
}

/* Every promise recomputed; see app/verify.h. Loads the rows, then asks each part. */
#include "app/verify/verifying.h"

#include "db/audit.h"
#include "db/seal.h"

void lanmu_verify_say (LanmuVerifying *self, const char *kind, gboolean broken, const LanmuSubject *subject,
                       const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  const LanmuShotRow *shot = subject->shot;
  const LanmuTicketRow *ticket = subject->ticket;
  gint64 student = subject->student_id != 0 ? subject->student_id
                   : shot != NULL           ? shot->student_id
                   : ticket != NULL         ? ticket->student_id
                                            : 0;
  LanmuFinding finding = {
      .kind = kind,
      .broken = broken,
      .student_no = lanmu_verify_no (self, student),
      .shot = shot != NULL ? shot->id : "",
      .ticket = ticket != NULL ? ticket->id
                : shot != NULL ? shot->ticket_id
                               : "",
      .path = subject->path != NULL ? subject->path
              : shot != NULL        ? shot->path
                                    : "",
      .message = message,
  };
  if (broken)
    self->out->broken++;
  else
    self->out->notes++;
  self->func (&finding, self->data);
}

const char *lanmu_verify_no (LanmuVerifying *self, gint64 student_id)
{
  const LanmuStudentRow *row = student_id != 0 ? g_hash_table_lookup (self->students, &student_id) : NULL;
  return row != NULL ? row->student_no : "";
}

static gboolean keep_student (const LanmuStudentRow *row, gpointer data)
{
  LanmuVerifying *self = data;
  LanmuStudentRow *copy = lanmu_student_row_copy (row);
  g_hash_table_insert (self->students, &copy->id, copy);
  return TRUE;
}

static gboolean load (LanmuVerifying *self, GError **error)
{
  /* Tickets before shots: a shot that a running station commits in between then still finds its ticket, if an open one.
   */
  g_autoptr (GPtrArray) tickets = lanmu_tickets_get_all (self->db, LANMU_TICKET_ANY_STATE, error);
  g_autoptr (GPtrArray) shots = tickets != NULL ? lanmu_shots_get_all (self->db, 0, LANMU_SHOT_ANY_STATE, error) : NULL;
  if (shots == NULL || !lanmu_students_list (self->db, 0, LANMU_STUDENT_ANY_STATE, keep_student, self, error))
    return FALSE;
  g_ptr_array_set_free_func (tickets, NULL);
  g_ptr_array_set_free_func (shots, NULL);
  for (guint i = 0; i < tickets->len; i++) {
    LanmuTicketRow *ticket = g_ptr_array_index (tickets, i);
    g_hash_table_insert (self->tickets, ticket->id, ticket);
  }
  for (guint i = 0; i < shots->len; i++) {
    LanmuShotRow *shot = g_ptr_array_index (shots, i);
    g_hash_table_insert (self->shots, shot->id, shot);
    g_ptr_array_add (self->shot_list, shot);
  }
  self->out->tickets = tickets->len;
  self->out->shots = shots->len;
  self->out->students = g_hash_table_size (self->students);
  return TRUE;
}

/* A damaged database file is a finding; one that cannot be read is an error. */
static gboolean check_database (LanmuVerifying *self, GError **error)
{
  g_autoptr (GError) why = NULL;
  const LanmuSubject whole = {0};
  if (lanmu_db_check (self->db, TRUE, &why))
    return TRUE;
  if (!g_error_matches (why, LANMU_DB_ERROR, LANMU_DB_ERROR_CORRUPT)) {
    g_propagate_error (error, g_steal_pointer (&why));
    return FALSE;
  }
  lanmu_verify_say (self, "corrupt_database", TRUE, &whole, "%s.", why->message);
  return TRUE;
}

static gboolean keep_last (const LanmuAuditRow *row, gpointer data)
{
  LanmuVerified *out = data;
  g_strlcpy (out->audit_hash, row->hash, sizeof out->audit_hash);
  return TRUE;
}

static gboolean check_audit (LanmuVerifying *self, GError **error)
{
  g_autoptr (GError) why = NULL;
  gint64 bad = 0;
  const LanmuSubject whole = {0};
  if (!lanmu_audit_list (self->db, 0, keep_last, self->out, error))
    return FALSE;
  if (lanmu_audit_verify (self->db, &self->out->audit_rows, &bad, &why))
    return TRUE;
  if (!g_error_matches (why, LANMU_DB_ERROR, LANMU_DB_ERROR_CORRUPT)) {
    g_propagate_error (error, g_steal_pointer (&why));
    return FALSE;
  }
  lanmu_verify_say (self, "broken_audit", TRUE, &whole, "%s.", why->message);
  return TRUE;
}

static void free_student (gpointer row)
{
  lanmu_student_row_free (row);
}

static void free_ticket (gpointer row)
{
  lanmu_ticket_row_free (row);
}

static void free_shot (gpointer row)
{
  lanmu_shot_row_free (row);
}

static void free_chain (gpointer chain)
{
  g_ptr_array_unref (chain);
}

/* What cannot be read cannot be proved. */
static gboolean check_seal (LanmuVerifying *self, GError **error)
{
  LanmuSealState state;
  if (!lanmu_seal_get_state (self->db, &state, error))
    return FALSE;
  self->sealed = state == LANMU_SEAL_SEALED;
  return lanmu_seal_require_open (self->db, error);
}

gboolean lanmu_verify (LanmuDb *db, LanmuFindingFunc func, gpointer data, LanmuVerified *out, GError **error)
{
  *out = (LanmuVerified){0};
  LanmuVerifying self = {.db = db, .dir = lanmu_db_get_data_dir (db), .func = func, .data = data, .out = out};
  self.students = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, free_student);
  self.tickets = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_ticket);
  self.shots = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_shot);
  self.shot_list = g_ptr_array_new ();
  self.repaired = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_chain);
  self.words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gboolean done = check_seal (&self, error) && check_database (&self, error) && load (&self, error) && lanmu_verify_load_repairs (&self, error);
  if (done) {
    lanmu_verify_rows (&self);
    lanmu_verify_repairs (&self);
    done = lanmu_verify_codes (&self, error) && lanmu_verify_bindings (&self, error) &&
           lanmu_verify_files (&self, error) && check_audit (&self, error) &&
           lanmu_verify_copies (&self, error);
  }
  g_hash_table_unref (self.words);
  g_hash_table_unref (self.written);
  g_hash_table_unref (self.repaired);
  g_clear_pointer (&self.repairs, g_ptr_array_unref);
  g_ptr_array_unref (self.shot_list);
  g_hash_table_unref (self.shots);
  g_hash_table_unref (self.tickets);
  g_hash_table_unref (self.students);
  return done;
}

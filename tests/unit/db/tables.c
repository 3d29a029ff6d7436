/* The ways of the table modules: what is written is what is read, and each rule of a header refuses. */
#include "tests/unit/db/fixture.h"
#include "db/codes.h"
#include "db/audit.h"
#include "db/cardfiles.h"
#include "db/settings.h"

#include <string.h>

typedef struct {
  char *dir;
  LanmuDb *db;
} Fixture;

static void set_up (Fixture *f, gconstpointer data)
{
  f->dir = make_folder ();
  f->db = open_campaign (f->dir, 65);
}

static void tear_down (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lanmu_audit_verify (f->db, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (lanmu_db_check (f->db, TRUE, &error));
  g_assert_no_error (error);
  lanmu_db_close (f->db);
  remove_folder (f->dir);
  g_free (f->dir);
}

static void test_campaign (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuCampaignRow) row = lanmu_campaign_get (f->db, &error);
  LanmuCampaignRow second = {.name = (char *)"x", .school_code = (char *)"10618", .profile = (char *)"diploma"};

  g_assert_no_error (error);
  g_assert_cmpstr (row->name, ==, "2027 届");
  g_assert_null (row->delete_after);
  g_assert_true (g_uuid_string_is_valid (row->uuid));
  g_assert_false (lanmu_campaign_create (f->db, &second, ACTOR, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_EXISTS);
  g_clear_error (&error);
  second.delete_after = (char *)"2027-02-30";
  g_assert_false (lanmu_campaign_create (f->db, &second, ACTOR, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
}

static void test_students (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) classes = lanmu_classes_list (f->db, &error);
  g_autoptr (GPtrArray) all = lanmu_students_get_all (f->db, 0, LANMU_STUDENT_ANY_STATE, &error);
  g_autoptr (LanmuStudentRow) missing = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (classes->len, ==, 3);
  g_assert_cmpuint (all->len, ==, 65);
  const LanmuClassRow *last = classes->pdata[2];
  g_assert_cmpstr (last->name, ==, "3班");
  g_assert_cmpint (last->total, ==, 5);
  g_assert_cmpint (last->counts[LANMU_STUDENT_WAITING], ==, 5);
  const LanmuStudentRow *row = all->pdata[64];
  g_assert_cmpstr (row->student_no, ==, "20210065");
  g_assert_cmpint (row->position, ==, 5);
  g_assert_cmpstr (row->college_name, ==, "信息学院");
  g_assert_cmpint (row->takes, ==, 0);
  g_autoptr (GPtrArray) second = lanmu_students_get_all (f->db, last->id, LANMU_STUDENT_WAITING, &error);
  g_assert_cmpuint (second->len, ==, 5);
  missing = lanmu_student_get_by_no (f->db, "2021065", &error);
  g_assert_null (missing);
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW);
}

static char *next_no (LanmuDb *db, const char *after, gboolean same_class)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuStudentRow) here = after ? lanmu_student_get_by_no (db, after, &error) : NULL;
  g_autoptr (LanmuStudentRow) next = NULL;

  g_assert_true (lanmu_students_next_waiting (db, here ? here->id : 0, same_class, &next, &error));
  g_assert_no_error (error);
  return next ? g_strdup (next->student_no) : g_strdup ("nobody");
}

static void set_state (LanmuDb *db, const char *student_no, LanmuStudentState state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuStudentRow) row = lanmu_student_get_by_no (db, student_no, &error);

  g_assert_true (lanmu_student_set_state (db, row->id, state, ACTOR, &error));
  g_assert_no_error (error);
}

static void test_next_waiting (Fixture *f, gconstpointer data)
{
  static const struct {
    const char *after;
    gboolean same_class;
    const char *next;
  } cases[] = {
      {NULL, FALSE, "20210002"},       {"20210001", FALSE, "20210002"}, {"20210002", FALSE, "20210004"},
      {"20210030", FALSE, "20210031"}, {"20210030", TRUE, "nobody"},    {"20210029", TRUE, "20210030"},
      {"20210065", FALSE, "nobody"},   {"20210001", TRUE, "20210002"},
  };

  set_state (f->db, "20210001", LANMU_STUDENT_ABSENT);
  set_state (f->db, "20210003", LANMU_STUDENT_SKIPPED);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *next = next_no (f->db, cases[i].after, cases[i].same_class);
    g_assert_cmpstr (next, ==, cases[i].next);
  }
}

static void test_states (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (lanmu_student_set_state (f->db, 1, LANMU_STUDENT_ACCEPTED, ACTOR, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (lanmu_student_set_state (f->db, 1, LANMU_STUDENT_SHOT, ACTOR, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (lanmu_student_set_state (f->db, 1, LANMU_STUDENT_ABSENT, ACTOR, &error));
  g_assert_cmpint (lanmu_students_count (f->db, LANMU_STUDENT_ABSENT, &error), ==, 1);
  g_assert_cmpint (lanmu_students_count (f->db, LANMU_STUDENT_ANY_STATE, &error), ==, 65);
  g_assert_true (lanmu_student_set_state (f->db, 1, LANMU_STUDENT_WAITING, ACTOR, &error));
  g_assert_false (lanmu_student_set_state (f->db, 999, LANMU_STUDENT_ABSENT, ACTOR, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW);
}

static void test_bindings (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuBindingRow) open = NULL;
  gint64 first = bind_student (f->db, "20210001", 100), second = bind_student (f->db, "20210002", 200), found;

  g_assert_true (lanmu_binding_get_open (f->db, &open, &error));
  g_assert_cmpint (open->id, ==, second);
  g_assert_cmpint (open->ended.wall_us, ==, 0);
  g_autoptr (LanmuBindingRow) closed = lanmu_binding_get (f->db, first, &error);
  g_assert_cmpint (closed->ended.boot_us, ==, 200);
  g_assert_cmpint (lanmu_binding_begin (f->db, 1, 0, "", "scan", at (250), ACTOR, &error), ==, 0);
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_clear_error (&error);
  gint64 token = lanmu_binding_begin (f->db, 1, 0, "CODE\"1", "scan", at (300), ACTOR, &error);
  g_assert_no_error (error);
  g_assert_true (lanmu_bindings_find_token (f->db, "CODE\"1", &found, &error));
  g_assert_cmpint (found, ==, token);
  g_assert_true (lanmu_bindings_find_token (f->db, "CODE", &found, &error));
  g_assert_cmpint (found, ==, 0);
  g_assert_true (lanmu_binding_end (f->db, at (400), ACTOR, &error));
  g_assert_true (lanmu_binding_end (f->db, at (500), ACTOR, &error));
  g_clear_pointer (&open, lanmu_binding_row_free);
  g_assert_true (lanmu_binding_get_open (f->db, &open, &error));
  g_assert_null (open);
}

static guint count_overlaps (LanmuDb *db, const char *boot_id, gint64 lo, gint64 hi)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = lanmu_bindings_overlapping (db, boot_id, lo, hi, &error);

  g_assert_no_error (error);
  return rows->len;
}

static void test_overlaps (Fixture *f, gconstpointer data)
{
  const char *boot = lanmu_boot_id ();

  bind_student (f->db, "20210001", 100);
  bind_student (f->db, "20210002", 200);
  g_assert_cmpuint (count_overlaps (f->db, boot, 0, 99), ==, 0);
  g_assert_cmpuint (count_overlaps (f->db, boot, 0, 100), ==, 1);
  g_assert_cmpuint (count_overlaps (f->db, boot, 150, 199), ==, 1);
  g_assert_cmpuint (count_overlaps (f->db, boot, 199, 200), ==, 2);
  g_assert_cmpuint (count_overlaps (f->db, boot, 200, 200), ==, 1); /* half-open: the first ended there */
  g_assert_cmpuint (count_overlaps (f->db, boot, 1000, 2000), ==, 1);
  g_assert_cmpuint (count_overlaps (f->db, "another boot", 0, 2000), ==, 0);
  g_assert_cmpuint (count_overlaps (f->db, NULL, 199, 200), ==, 2);
}

static void test_stale_bindings (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 first = bind_student (f->db, "20210001", 100), closed;

  g_assert_true (lanmu_bindings_close_stale (f->db, 1, at (300), ACTOR, &closed, &error));
  g_assert_cmpint (closed, ==, 0); /* our own stays */
  gint64 session = lanmu_session_begin (f->db, "lanmu", ACTOR, at (290), &error);
  g_assert_true (lanmu_bindings_close_stale (f->db, session, at (300), ACTOR, &closed, &error));
  g_assert_no_error (error);
  g_assert_cmpint (closed, ==, first);
  g_autoptr (LanmuBindingRow) row = lanmu_binding_get (f->db, first, &error);
  g_assert_cmpint (row->ended.boot_us, ==, 300);
}

/* A session of a boot that is over: its binding lasted until the end of that boot, and no longer than the given wall
 * time. */
static void test_stale_of_other_boot (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 first = bind_student (f->db, "20210001", 100);

  run_raw (f->dir, "UPDATE session SET boot_id = 'yesterday' WHERE id = 1");
  gint64 session = lanmu_session_begin (f->db, "lanmu", ACTOR, at (5), &error);
  g_assert_true (lanmu_bindings_close_stale (f->db, session, at (300), ACTOR, NULL, &error));
  g_autoptr (LanmuBindingRow) row = lanmu_binding_get (f->db, first, &error);
  g_assert_cmpint (row->ended.wall_us, ==, 300);
  g_assert_cmpint (row->ended.boot_us, ==, 0);
  g_assert_cmpuint (count_overlaps (f->db, "yesterday", 5000, 6000), ==, 1);
  g_assert_cmpuint (count_overlaps (f->db, lanmu_boot_id (), 0, 6000), ==, 0);
  g_assert_cmpuint (count_overlaps (f->db, NULL, 301, 6000), ==, 0);
}

static void test_tickets (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  bind_student (f->db, "20210001", 100);
  g_autoptr (LanmuTicketRow) ticket = open_host_ticket (f->db, 110);
  g_autoptr (LanmuTicketRow) second = open_host_ticket (f->db, 120);
  g_assert_cmpint (second->number, ==, ticket->number + 1);
  g_assert_cmpstr (ticket->id, <, second->id);
  g_assert_true (lanmu_ticket_set_triggered (f->db, ticket->id, 130, &error));
  g_assert_true (lanmu_ticket_set_announced (f->db, ticket->id, "/store/DCIM/DSC_0001.JPG", &error));
  g_assert_true (lanmu_ticket_set_settled (f->db, ticket->id, 140, &error));
  g_assert_false (lanmu_ticket_fail (f->db, ticket->id, "", 150, ACTOR, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (lanmu_ticket_fail (f->db, ticket->id, "no-picture", 150, ACTOR, &error));
  g_assert_false (lanmu_ticket_fail (f->db, ticket->id, "no-picture", 150, ACTOR, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (lanmu_ticket_set_triggered (f->db, "nothing", 1, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW);
  g_clear_error (&error);

  g_autoptr (LanmuTicketRow) read = lanmu_ticket_get_by_number (f->db, ticket->number, &error);
  g_assert_cmpstr (read->id, ==, ticket->id);
  g_assert_cmpint (read->state, ==, LANMU_TICKET_FAILED);
  g_assert_cmpstr (read->reason, ==, "no-picture");
  g_assert_cmpstr (read->camera_file, ==, "/store/DCIM/DSC_0001.JPG");
  g_assert_cmpint (read->triggered_boot_us, ==, 130);
  g_assert_cmpint (read->settled_boot_us, ==, 140);
  g_assert_cmpint (read->opened.boot_us, ==, 110);
  g_assert_cmpstr (read->boot_id, ==, lanmu_boot_id ());
  g_autoptr (GPtrArray) open = lanmu_tickets_get_all (f->db, LANMU_TICKET_OPEN, &error);
  g_assert_cmpuint (open->len, ==, 1);
}

static void expect_no_ticket (LanmuDb *db, gint64 student_id, gint64 binding_id)
{
  g_autoptr (GError) error = NULL;
  const LanmuTicketRow wanted = {.origin = LANMU_ORIGIN_HOST,
                                 .student_id = student_id,
                                 .binding_id = binding_id,
                                 .session_id = 1,
                                 .operator_name = (char *)ACTOR,
                                 .camera_serial = (char *)"1",
                                 .opened = at (1)};
  g_autoptr (LanmuTicketRow) ticket = lanmu_ticket_open (db, &wanted, ACTOR, &error);

  g_assert_null (ticket);
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
}

/* No trigger for anybody but the one who is bound this moment. */
static void test_ticket_binding (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  expect_no_ticket (f->db, 1, 0);
  gint64 first = bind_student (f->db, "20210001", 100), second = bind_student (f->db, "20210002", 200);
  g_autoptr (LanmuBindingRow) row = lanmu_binding_get (f->db, first, &error);
  expect_no_ticket (f->db, row->student_id, first);  /* bound before */
  expect_no_ticket (f->db, row->student_id, second); /* another's binding */
  expect_no_ticket (f->db, 0, second);
  g_assert_cmpint (query_int (f->dir, "SELECT count(*) FROM ticket"), ==, 0);
}

static void test_attach (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 number = 0;

  bind_student (f->db, "20210001", 100);
  g_autoptr (LanmuTicketRow) ticket = open_host_ticket (f->db, 110);
  g_autoptr (LanmuShotRow) shot = make_shot (ticket, ticket->student_id);
  shot->camera_folder = g_strdup ("/DCIM");
  shot->camera_file = g_strdup ("DSC_0001.JPG");
  shot->camera_serial = g_strdup ("6001234");
  shot->exposed_lo_us = 111;
  shot->exposed_hi_us = 115;
  shot->raw_file = g_strdup ("DSC_0001.NEF");
  g_assert_true (lanmu_shot_attach (f->db, shot, ACTOR, &number, &error));
  g_assert_no_error (error);
  g_assert_cmpint (number, ==, 1);

  g_autoptr (LanmuShotRow) read = lanmu_shot_get (f->db, shot->id, &error);
  g_assert_cmpint (read->state, ==, LANMU_SHOT_ATTACHED);
  g_assert_cmpint (read->student_id, ==, ticket->student_id);
  g_assert_cmpstr (read->path, ==, shot->path);
  g_assert_cmpint (read->size, ==, 1234567);
  g_assert_cmpint (read->width, ==, 6000);
  g_assert_cmpint (read->exposed_lo_us, ==, 111);
  g_assert_cmpint (read->exposed_hi_us, ==, 115);
  g_assert_cmpstr (read->proof, ==, "size,decode,time,serial,number,new");
  g_assert_cmpstr (read->raw_path, ==, "");
  g_assert_cmpstr (read->checks, ==, "{}");
  g_assert_cmpstr (read->camera_file, ==, "DSC_0001.JPG");
  g_assert_false (read->chosen);
  g_autoptr (LanmuTicketRow) ended = lanmu_ticket_get (f->db, ticket->id, &error);
  g_assert_cmpint (ended->state, ==, LANMU_TICKET_ATTACHED);
  g_autoptr (LanmuStudentRow) student = lanmu_student_get (f->db, ticket->student_id, &error);
  g_assert_cmpint (student->state, ==, LANMU_STUDENT_SHOT);
  g_assert_cmpint (student->takes, ==, 1);
  g_autoptr (GHashTable) known = lanmu_card_files_known (f->db, "6001234", &error);
  g_autofree char *key = lanmu_card_file_key ("/DCIM", "DSC_0001.JPG", 1234567);
  g_assert_cmpint (GPOINTER_TO_INT (g_hash_table_lookup (known, key)), ==, LANMU_CARD_SHOT + 1);

  g_autoptr (GPtrArray) pending = lanmu_shots_get_raw_pending (f->db, &error);
  g_assert_cmpuint (pending->len, ==, 1);
  g_assert_true (
      lanmu_shot_set_raw (f->db, shot->id, "DSC_0001.NEF", "shots/20270501/x.nef", "rawsum", 99, ACTOR, &error));
  g_assert_false (
      lanmu_shot_set_raw (f->db, shot->id, "DSC_0001.NEF", "shots/20270501/x.nef", "rawsum", 99, ACTOR, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_clear_error (&error);
  g_autofree char *owner = NULL;
  g_assert_true (lanmu_shots_find_sha256 (f->db, "rawsum", &owner, &error));
  g_assert_cmpstr (owner, ==, shot->id);
  gboolean has;
  g_assert_true (lanmu_shots_has_sha256 (f->db, "", &has, &error));
  g_assert_false (has);
  g_assert_true (lanmu_shot_set_checks (f->db, shot->id, "{\"crown\":80}", &error));
  g_assert_false (lanmu_shot_set_checks (f->db, shot->id, "{crown", &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
}

/* `why`: in the message, so that it is the rule of the code that refuses, with words for people, and not only the schema behind it. */
static void expect_no_attach (LanmuDb *db, const LanmuShotRow *shot, LanmuDbError code, const char *why)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (lanmu_shot_attach (db, shot, ACTOR, NULL, &error));
  g_assert_error (error, LANMU_DB_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, why));
}

/* The first promise. */
static void test_attach_refuses (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  bind_student (f->db, "20210001", 100);
  g_autoptr (LanmuTicketRow) ticket = open_host_ticket (f->db, 110);
  g_autoptr (LanmuShotRow) shot = make_shot (ticket, ticket->student_id);
  shot->student_id = ticket->student_id + 1;
  expect_no_attach (f->db, shot, LANMU_DB_ERROR_REFUSED, "another student");
  shot->student_id = 0;
  expect_no_attach (f->db, shot, LANMU_DB_ERROR_REFUSED, "another student");
  g_assert_cmpint (query_int (f->dir, "SELECT count(*) FROM shot"), ==, 0);
  g_assert_cmpint (query_int (f->dir, "SELECT count(*) FROM ticket WHERE state='open'"), ==, 1);
  shot->student_id = ticket->student_id;
  g_assert_true (lanmu_shot_attach (f->db, shot, ACTOR, NULL, &error));
  expect_no_attach (f->db, shot, LANMU_DB_ERROR_REFUSED, "has ended already"); /* a ticket ends once */

  g_autoptr (LanmuTicketRow) second = open_host_ticket (f->db, 120);
  g_autoptr (LanmuShotRow) stale = make_shot (second, second->student_id);
  g_free (stale->sha256);
  stale->sha256 = g_strdup (shot->sha256);
  expect_no_attach (f->db, stale, LANMU_DB_ERROR_EXISTS, "its bytes are those of shot"); /* the picture before under a new name */
  g_free (stale->ticket_id);
  stale->ticket_id = g_strdup ("nothing");
  expect_no_attach (f->db, stale, LANMU_DB_ERROR_NO_ROW, "There is no ticket");
}

static LanmuTicketRow *open_body_ticket (LanmuDb *db, gint64 us)
{
  g_autoptr (GError) error = NULL;
  const LanmuTicketRow wanted = {.origin = LANMU_ORIGIN_BODY,
                                 .session_id = 1,
                                 .operator_name = (char *)ACTOR,
                                 .camera_serial = (char *)"6001234",
                                 .camera_file = (char *)"/DCIM/DSC_0007.JPG",
                                 .opened = at (us)};
  LanmuTicketRow *ticket = lanmu_ticket_open (db, &wanted, ACTOR, &error);

  g_assert_no_error (error);
  return ticket;
}

static void test_body_ticket (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuTicketRow) ticket = open_body_ticket (f->db, 110);
  g_autoptr (LanmuShotRow) shot = make_shot (ticket, 7);

  g_assert_true (lanmu_shot_attach (f->db, shot, ACTOR, NULL, &error));
  g_assert_no_error (error);
  g_autoptr (LanmuTicketRow) ended = lanmu_ticket_get (f->db, ticket->id, &error);
  g_assert_cmpint (ended->student_id, ==, 7);
  g_autoptr (LanmuShotRow) read = lanmu_shot_get (f->db, shot->id, &error);
  g_assert_cmpint (read->origin, ==, LANMU_ORIGIN_BODY);
}

/* A capture code without a list: the shot carries the code of its binding. */
static void test_token_shot (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  lanmu_binding_begin (f->db, 1, 0, "CODE", "scan", at (100), ACTOR, &error);
  g_autoptr (LanmuTicketRow) ticket = open_host_ticket (f->db, 110);
  g_autoptr (LanmuShotRow) shot = make_shot (ticket, 3);
  expect_no_attach (f->db, shot, LANMU_DB_ERROR_REFUSED, "not for a student");
  shot->student_id = 0;
  g_assert_true (lanmu_shot_attach (f->db, shot, ACTOR, NULL, &error));
  g_assert_no_error (error);
  g_autoptr (LanmuShotRow) read = lanmu_shot_get (f->db, shot->id, &error);
  g_assert_cmpstr (read->token, ==, "CODE");
  g_assert_cmpint (read->student_id, ==, 0);
}

static char *attach_under_code (LanmuDb *db, gint64 us)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuTicketRow) ticket = open_host_ticket (db, us);
  g_autoptr (LanmuShotRow) shot = make_shot (ticket, 0);

  g_assert_true (lanmu_shot_attach (db, shot, ACTOR, NULL, &error));
  g_assert_no_error (error);
  return g_strdup (shot->id);
}

/* What is decided about a code: the same as about a student, and never with somebody else's take. */
static void test_codes (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  lanmu_binding_begin (f->db, 1, 0, "B", "scan", at (100), ACTOR, &error);
  g_autofree char *one = attach_under_code (f->db, 110), *two = attach_under_code (f->db, 120);
  lanmu_binding_begin (f->db, 1, 0, "A", "scan", at (200), ACTOR, &error);
  g_autofree char *other = attach_under_code (f->db, 210);
  lanmu_binding_begin (f->db, 1, 0, "B", "scan", at (300), ACTOR, &error); /* called back: no second row */
  g_autoptr (GPtrArray) codes = lanmu_codes_get_all (f->db, &error);
  g_assert_cmpuint (codes->len, ==, 2);
  g_assert_cmpstr (((LanmuCodeRow *)codes->pdata[0])->token, ==, "B");
  g_assert_cmpint (((LanmuCodeRow *)codes->pdata[0])->state, ==, LANMU_CODE_SHOT);
  g_assert_cmpint (((LanmuCodeRow *)codes->pdata[0])->takes, ==, 2);

  g_assert_false (lanmu_code_accept (f->db, "B", other, ACTOR, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (lanmu_code_accept (f->db, "B", one, ACTOR, &error));
  g_assert_true (lanmu_code_accept (f->db, "B", two, ACTOR, &error));
  g_autoptr (LanmuCodeRow) accepted = lanmu_code_get (f->db, "B", &error);
  g_assert_cmpstr (accepted->chosen_shot, ==, two);
  g_assert_cmpint (accepted->chosen_sequence_no, ==, 2);
  g_autoptr (GPtrArray) takes = lanmu_code_get_shots (f->db, "B", &error);
  g_assert_cmpuint (takes->len, ==, 2);
  g_assert_false (((LanmuShotRow *)takes->pdata[0])->chosen);
  g_assert_true (((LanmuShotRow *)takes->pdata[1])->chosen);
  g_assert_false (lanmu_code_set_state (f->db, "B", LANMU_CODE_SKIPPED, ACTOR, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (lanmu_code_unaccept (f->db, "B", ACTOR, &error));
  g_assert_true (lanmu_code_set_state (f->db, "B", LANMU_CODE_SKIPPED, ACTOR, &error));
  g_assert_true (lanmu_code_set_state (f->db, "B", LANMU_CODE_SHOT, ACTOR, &error));
  g_assert_false (lanmu_code_unaccept (f->db, "B", ACTOR, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
}

static void test_quarantine (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  bind_student (f->db, "20210001", 100);
  g_autoptr (LanmuTicketRow) ticket = open_host_ticket (f->db, 110);
  g_autoptr (LanmuShotRow) shot = make_shot (ticket, ticket->student_id);
  g_assert_false (lanmu_shot_quarantine (f->db, shot, ACTOR, NULL, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_clear_error (&error);
  shot->reason = g_strdup ("time");
  shot->likely_student_id = 2;
  g_assert_true (lanmu_shot_quarantine (f->db, shot, ACTOR, NULL, &error));
  g_assert_no_error (error);
  g_autoptr (LanmuShotRow) read = lanmu_shot_get (f->db, shot->id, &error);
  g_assert_cmpint (read->student_id, ==, 0);
  g_assert_cmpint (read->likely_student_id, ==, 2);
  g_autoptr (LanmuStudentRow) student = lanmu_student_get (f->db, ticket->student_id, &error);
  g_assert_cmpint (student->state, ==, LANMU_STUDENT_WAITING);

  g_assert_true (lanmu_shot_assign (f->db, shot->id, 2, "shots/20270501/moved.jpg", ACTOR, &error));
  g_assert_no_error (error);
  g_clear_pointer (&read, lanmu_shot_row_free);
  read = lanmu_shot_get (f->db, shot->id, &error);
  g_assert_cmpint (read->student_id, ==, 2);
  g_assert_cmpint (read->state, ==, LANMU_SHOT_ATTACHED);
  g_assert_cmpstr (read->path, ==, "shots/20270501/moved.jpg");
  g_assert_false (
      lanmu_shot_assign (f->db, shot->id, 3, NULL, ACTOR, &error)); /* an attached shot never changes hands */
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (lanmu_shot_discard (f->db, shot->id, "test shot", ACTOR, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
}

static void test_discard (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuTicketRow) ticket = open_body_ticket (f->db, 110);
  g_autoptr (LanmuShotRow) shot = make_shot (ticket, 0);

  shot->reason = g_strdup ("nobody-bound");
  g_assert_true (lanmu_shot_quarantine (f->db, shot, ACTOR, NULL, &error));
  g_assert_false (lanmu_shot_discard (f->db, shot->id, "", ACTOR, &error));
  g_clear_error (&error);
  g_assert_true (lanmu_shot_discard (f->db, shot->id, "test shot", ACTOR, &error));
  g_autoptr (GPtrArray) tray = lanmu_shots_get_all (f->db, 0, LANMU_SHOT_QUARANTINED, &error);
  g_assert_cmpuint (tray->len, ==, 0);
  g_autoptr (GPtrArray) all = lanmu_shots_get_all (f->db, 0, LANMU_SHOT_ANY_STATE, &error);
  g_assert_cmpuint (all->len, ==, 1);
}

static void test_accept (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  bind_student (f->db, "20210001", 100);
  g_autoptr (LanmuTicketRow) first = open_host_ticket (f->db, 110);
  g_autoptr (LanmuTicketRow) second = open_host_ticket (f->db, 120);
  g_autoptr (LanmuShotRow) one = make_shot (first, first->student_id);
  g_autoptr (LanmuShotRow) two = make_shot (second, second->student_id);
  gint64 id = first->student_id;
  g_assert_true (lanmu_shot_attach (f->db, one, ACTOR, NULL, &error));
  g_assert_false (lanmu_shot_accept (f->db, id + 1, one->id, ACTOR, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "not an attached shot of this student"));
  g_clear_error (&error);
  g_assert_true (lanmu_shot_accept (f->db, id, one->id, ACTOR, &error));
  g_assert_true (lanmu_shot_attach (f->db, two, ACTOR, NULL, &error)); /* a late take does not undo the choice */
  g_autoptr (LanmuStudentRow) student = lanmu_student_get (f->db, id, &error);
  g_assert_cmpint (student->state, ==, LANMU_STUDENT_ACCEPTED);
  g_assert_cmpstr (student->chosen_shot, ==, one->id);
  g_assert_cmpint (student->takes, ==, 2);
  g_assert_false (lanmu_student_set_state (f->db, id, LANMU_STUDENT_ABSENT, ACTOR, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (lanmu_shot_accept (f->db, id, two->id, ACTOR, &error));
  g_autoptr (GPtrArray) takes = lanmu_shots_get_all (f->db, id, LANMU_SHOT_ANY_STATE, &error);
  g_assert_false (((LanmuShotRow *)takes->pdata[0])->chosen);
  g_assert_true (((LanmuShotRow *)takes->pdata[1])->chosen);
  g_assert_true (lanmu_shot_unaccept (f->db, id, ACTOR, &error));
  g_assert_false (lanmu_shot_unaccept (f->db, id, ACTOR, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
}

static void test_card_files (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  LanmuCardFileRow rows[] = {
      {.camera_serial = (char *)"1", .folder = (char *)"/a", .name = (char *)"A.JPG", .size = 10},
      {.camera_serial = (char *)"1",
       .folder = (char *)"/a",
       .name = (char *)"B.JPG",
       .size = 10,
       .state = LANMU_CARD_UNREADABLE},
  };
  gsize added = 0;

  g_assert_true (lanmu_card_file_set (f->db, &rows[1], ACTOR, &error));
  rows[1].state = LANMU_CARD_FOREIGN;
  g_assert_true (lanmu_card_files_baseline (f->db, rows, 2, ACTOR, &added, &error));
  g_assert_cmpuint (added, ==, 1);
  g_assert_true (lanmu_card_files_baseline (f->db, rows, 0, ACTOR, &added, &error));
  g_assert_cmpuint (added, ==, 0);
  g_autoptr (GHashTable) known = lanmu_card_files_known (f->db, "1", &error);
  g_assert_cmpuint (g_hash_table_size (known), ==, 2);
  g_assert_cmpint (GPOINTER_TO_INT (g_hash_table_lookup (known, "/a/B.JPG/10")), ==, LANMU_CARD_UNREADABLE + 1);
}

static void test_settings (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *unset = lanmu_setting_get (f->db, "capture.iso", "200", &error);
  gint64 before = query_int (f->dir, "SELECT count(*) FROM audit");

  g_assert_cmpstr (unset, ==, "200");
  g_assert_true (lanmu_setting_set (f->db, "capture.iso", "400", ACTOR, &error));
  g_assert_true (lanmu_setting_set (f->db, "capture.iso", "400", ACTOR, &error));
  g_assert_cmpint (query_int (f->dir, "SELECT count(*) FROM audit"), ==, before + 1);
  g_autofree char *value = lanmu_setting_get (f->db, "capture.iso", NULL, &error);
  g_assert_cmpstr (value, ==, "400");
  g_assert_true (lanmu_setting_set (f->db, "capture.iso", NULL, ACTOR, &error));
  g_autofree char *gone = lanmu_setting_get (f->db, "capture.iso", NULL, &error);
  g_assert_null (gone);
  g_assert_no_error (error);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/db/campaign", test_campaign);
  ADD ("/db/students/read", test_students);
  ADD ("/db/students/next-waiting", test_next_waiting);
  ADD ("/db/students/states", test_states);
  ADD ("/db/bindings/begin-end", test_bindings);
  ADD ("/db/bindings/overlaps", test_overlaps);
  ADD ("/db/bindings/stale", test_stale_bindings);
  ADD ("/db/bindings/stale-of-other-boot", test_stale_of_other_boot);
  ADD ("/db/tickets/life", test_tickets);
  ADD ("/db/tickets/only-for-the-bound", test_ticket_binding);
  ADD ("/db/shots/attach", test_attach);
  ADD ("/db/shots/attach-refuses", test_attach_refuses);
  ADD ("/db/shots/body", test_body_ticket);
  ADD ("/db/shots/capture-code", test_token_shot);
  ADD ("/db/codes", test_codes);
  ADD ("/db/shots/quarantine-assign", test_quarantine);
  ADD ("/db/shots/discard", test_discard);
  ADD ("/db/shots/accept", test_accept);
  ADD ("/db/card-files", test_card_files);
  ADD ("/db/settings", test_settings);
  return g_test_run ();
}

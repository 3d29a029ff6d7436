/* Dates as cameras write them. */
#include "capture/picture/exif.h"

static void expect (const char *date, const char *sub, gint64 time_us, gint64 resolution_us)
{
  gint64 time, resolution;
  g_assert_true (lanmu_exif_time_parse (date, sub, &time, &resolution));
  g_assert_cmpint (time, ==, time_us);
  g_assert_cmpint (resolution, ==, resolution_us);
}

static void test_known (void)
{
  expect ("1970:01:01 00:00:00", "", 0, 1000000);
  expect ("2000:02:29 12:00:00", "", G_GINT64_CONSTANT (951825600000000), 1000000);
  expect ("2018:09:03 10:11:12", "", G_GINT64_CONSTANT (1535969472000000), 1000000);
  expect ("2018:09:03 10:11:12", "5", G_GINT64_CONSTANT (1535969472500000), 100000);
  expect ("2018:09:03 10:11:12", "05", G_GINT64_CONSTANT (1535969472050000), 10000);
  expect ("2018:09:03 10:11:12", "123", G_GINT64_CONSTANT (1535969472123000), 1000);
  expect ("2018:09:03 10:11:12", "123456789", G_GINT64_CONSTANT (1535969472123456), 1);
  expect ("2018:09:03 10:11:12", "34 \n", G_GINT64_CONSTANT (1535969472340000), 10000);
}

/* A body that always writes 00 must not be believed to 10 ms. */
static void test_zeros_are_no_digits (void)
{
  expect ("2018:09:03 10:11:12", "00", G_GINT64_CONSTANT (1535969472000000), 1000000);
  expect ("2018:09:03 10:11:12", "000", G_GINT64_CONSTANT (1535969472000000), 1000000);
}

/* Every day of 400 years against GLib's calendar. */
static void test_calendar (void)
{
  GDate date;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 1, 1, 1970);
  guint32 epoch = g_date_get_julian (&date);
  for (guint32 day = 0; day < 146097; day++) {
    g_date_set_julian (&date, epoch + day);
    char text[32];
    g_snprintf (text, sizeof text, "%04d:%02d:%02d 23:59:59", g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date));
    expect (text, "", ((gint64) day * 86400 + 86399) * 1000000, 1000000);
  }
}

static void test_refused (void)
{
  static const char *const bad[] = {"", "    :  :     :  :  ", "0000:00:00 00:00:00", "2018:02:29 10:11:12", "2018:13:01 10:11:12",
                                    "2018:09:03 24:00:00", "2018:09:03 10:60:12", "2018:09:03 10:11:60", "2018-09-03 10:11:12",
                                    "2018:09:03T10:11:12", "2018:09:03 10:11:1", "2018:09:03 10:11:12 ", "1969:12:31 23:59:59",
                                    "201a:09:03 10:11:12"};
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    gint64 time, resolution;
    g_assert_false (lanmu_exif_time_parse (bad[i], "", &time, &resolution));
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/exiftime/known", test_known);
  g_test_add_func ("/picture/exiftime/zeros-are-no-digits", test_zeros_are_no_digits);
  g_test_add_func ("/picture/exiftime/calendar", test_calendar);
  g_test_add_func ("/picture/exiftime/refused", test_refused);
  return g_test_run ();
}

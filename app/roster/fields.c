/* Names of columns; see fields.h. Pure. Codes are those of the student register (CHSI, STANDARD §4). */
#include "app/roster/fields.h"

#include <string.h>

#include "app/format.h"

typedef struct {
  const char *name, *code, *chinese;
  const char *aliases; /* folded, with a bar before, between and behind */
} Facts;

static const Facts facts[LANMU_N_FIELDS] = {
    [LANMU_FIELD_STUDENT_NO] = {"student_no", "XH", "学号",
                                "|studentnumber|studentid|studentno|學號|学生学号|学生号|学籍号|学生编号|stuno|"},
    [LANMU_FIELD_NAME] = {"name", "XM", "姓名", "|studentname|fullname|学生姓名|學生姓名|名字|中文姓名|考生姓名|"},
    [LANMU_FIELD_CLASS] = {"class", "BJ", "班级",
                           "|classname|班級|班级名称|班級名稱|行政班|行政班级|所在班级|班|bjmc|班名|学生班|"},
    [LANMU_FIELD_SEX] = {"sex", "XB", "性别", "|gender|性別|学生性别|"},
    [LANMU_FIELD_ID_NO] = {"id_no", "SFZH", "证件号码",
                           "|idno|idnumber|idcard|idcardno|身份证号|身份证号码|身份证|证件号|身份證號|身分證號|"
                           "身份證號碼|證件號碼|公民身份号码|居民身份证号|"
                           "身份证件号|身份证件号码|zjhm|sfzjh|有效证件号|"},
    [LANMU_FIELD_EXAM_NO] = {"exam_no", "KSH", "考生号",
                             "|examno|examnumber|candidateno|考生號|高考考生号|高考报名号|"},
    [LANMU_FIELD_COLLEGE] = {"college", "FY", "学院",
                             "|學院|院系所|分院|collegename|学院名称|院系|院系名称|所在学院|二级学院|教学院|faculty|"},
    [LANMU_FIELD_DEPARTMENT] = {"department", "XSH", "系所", "|系|系名称|系所函|xsmc|"},
    [LANMU_FIELD_MAJOR_CODE] = {"major_code", "ZYDM", "专业代码", "|majorcode|"},
    [LANMU_FIELD_MAJOR] = {"major", "ZYMC", "专业名称", "|专业|專業|系所专业|majorname|所学专业|programme|program|"},
    [LANMU_FIELD_CLASS_CODE] = {"class_code", "BH", "班号", "|classcode|classno|班级编号|班级代码|班级号|"},
    [LANMU_FIELD_BIRTH] = {"birth", "CSRQ", "出生日期", "|birthdate|dateofbirth|birthday|出生年月|"},
    [LANMU_FIELD_ETHNICITY] = {"ethnicity", "MZ", "民族", "|"},
    [LANMU_FIELD_POLITICS] = {"politics", "ZZMM", "政治面貌", "|"},
    [LANMU_FIELD_SCHOOL_CODE] = {"school_code", "YXDM", "院校代码", "|schoolcode|学校代码|"},
    [LANMU_FIELD_SCHOOL] = {"school", "YXMC", "院校名称", "|schoolname|学校名称|学校|"},
    [LANMU_FIELD_LEVEL] = {"level", "CC", "层次", "|培养层次|学历层次|"},
    [LANMU_FIELD_YEARS] = {"years", "XZ", "学制", "|"},
    [LANMU_FIELD_FORM] = {"form", "XXXS", "学习形式", "|"},
    [LANMU_FIELD_ENTERED] = {"entered", "RXRQ", "入学日期", "|入学时间|入学年月|"},
    [LANMU_FIELD_GRADUATES] = {"graduates", "YJBYRQ", "预计毕业日期", "|毕业日期|预计毕业时间|毕业时间|"},
    [LANMU_FIELD_ID_KIND] = {"id_kind", "ZJLX", "证件类型", "|身份证件类型|证件种类|"},
    [LANMU_FIELD_GRADE] = {"grade", "NJ", "年级", "|当前所在级|所在年级|"},
    [LANMU_FIELD_CAMPUS] = {"campus", "XQ", "校区", "|"},
    [LANMU_FIELD_PHONE] = {"phone", "SJH", "手机号", "|手机|联系电话|电话|手机号码|"},
    [LANMU_FIELD_NOTE] = {"note", "BZ", "备注", "|remark|remarks|notes|说明|"},
};

/* Drops a star and everything in brackets, joins "student no" and "student_no". */
char *lanmu_field_fold (const char *text)
{
  g_autofree char *plain = lanmu_format_fold (text);
  GString *out = g_string_sized_new (strlen (plain));
  int depth = 0;
  for (const char *p = plain; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (c == '(' || c == '[' || c == 0x3010)
      depth++;
    else if (c == ')' || c == ']' || c == 0x3011)
      depth = MAX (depth - 1, 0);
    else if (depth == 0 && strchr ("*:._-/\"'", (int) MIN (c, 127)) == NULL && c != 0xB7 && c != 0x200B && c != 0xFEFF)
      g_string_append_unichar (out, c);
  }
  return g_string_free (out, FALSE);
}

static gboolean is_called (const Facts *field, const char *folded)
{
  g_autofree char *name = lanmu_field_fold (field->name);
  if (g_str_equal (folded, name) || g_ascii_strcasecmp (folded, field->code) == 0 ||
      g_str_equal (folded, field->chinese))
    return TRUE;
  g_autofree char *fenced = g_strconcat ("|", folded, "|", NULL);
  return strstr (field->aliases, fenced) != NULL;
}

LanmuField lanmu_field_from_text (const char *text)
{
  g_autofree char *folded = lanmu_field_fold (text);
  if (*folded == '\0')
    return LANMU_FIELD_NONE;
  for (int i = 0; i < LANMU_N_FIELDS; i++)
    if (is_called (&facts[i], folded))
      return i;
  return LANMU_FIELD_NONE;
}

const char *lanmu_field_to_string (LanmuField field)
{
  return facts[field].name;
}

const char *lanmu_field_get_chinese (LanmuField field)
{
  return facts[field].chinese;
}

const char *lanmu_field_get_code (LanmuField field)
{
  return facts[field].code;
}

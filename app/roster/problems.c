/* The kinds of problems as data; see problems.h. */
#include "app/roster/problems.h"

#include <string.h>

#define E LANMU_SEVERITY_ERROR
#define W LANMU_SEVERITY_WARNING
#define N LANMU_SEVERITY_NOTE

const LanmuProblemFacts lanmu_problem_facts[LANMU_N_PROBLEMS] = {
    [LANMU_PROBLEM_TOO_LARGE] =
        {"too_large", E, FALSE,
         "The file is too large for a student list ({v}; at most {o}): check that it is the right file.",
         "文件太大（{v}，最多 {o}），不像是名单：请确认选对了文件。"},
    [LANMU_PROBLEM_NO_FILE] = {"no_file", E, FALSE, "{v} cannot be opened ({o}): check its name and permissions.",
                               "无法打开 {v}（{o}）：请检查文件名和权限。"},
    [LANMU_PROBLEM_NOT_A_FILE] = {"corrupt_file", E, FALSE,
                                  "{v} is no ordinary file: give the list itself (xlsx, xls, CSV or DBF).",
                                  "{v} 不是普通文件：请给出名单文件（xlsx、xls、CSV 或 DBF）。"},
    [LANMU_PROBLEM_EMPTY_FILE] = {"corrupt_file", E, FALSE, "The file is empty: check that it was saved.",
                                  "文件是空的：请确认已保存。"},
    [LANMU_PROBLEM_BINARY] = {"corrupt_file", E, FALSE,
                              "The file is no text (byte {o} is {v}): it is damaged, or not a student list.",
                              "文件不是文本（第 {o} 字节为 {v}）：可能已损坏，或不是名单。"},
    [LANMU_PROBLEM_OPEN_QUOTE] =
        {"corrupt_file", E, FALSE,
         "A quotation mark that opens in this row is never closed: look at the row in a text editor.",
         "该行有一个引号没有结束：请用文本编辑器查看该行。"},
    [LANMU_PROBLEM_DAMAGED] =
        {"corrupt_file", E, FALSE,
         "The {v} file is damaged or was cut off on its way: ask for it again, or open it and save it as .xlsx.",
         "{v} 文件已损坏或传输不完整：请重新索取，或打开后另存为 .xlsx。"},
    [LANMU_PROBLEM_PASSWORD] = {"password", E, FALSE,
                                "The {v} file has a password: take the password off in Excel and save it again.",
                                "{v} 文件设有密码：请在 Excel 中取消密码后重新保存。"},
    [LANMU_PROBLEM_OTHER_FORMAT] =
        {"other_format", E, FALSE,
         "The file is {v}, no list this station reads: open it and save it as .xlsx or “CSV UTF-8”.",
         "文件是 {v}，本站无法读取：请打开后另存为 .xlsx 或“CSV UTF-8”。"},
    [LANMU_PROBLEM_ENCODING] =
        {"encoding", E, FALSE,
         "The text is neither UTF-8 nor GB18030 (first wrong byte in line {v}): save the list again as “CSV UTF-8”.",
         "文字编码既不是 UTF-8 也不是 GB18030（第 {v} 行起）：请另存为“CSV UTF-8”。"},
    [LANMU_PROBLEM_HEADER_NOT_FOUND] =
        {"header_not_found", E, FALSE,
         "The list has no column for {v}; found: {o}. Name it in the header, or by --map COLUMN=FIELD.",
         "名单缺少{v}列；已识别：{o}。请在表头写明，或用 --map 列名=字段 指定。"},
    [LANMU_PROBLEM_DUPLICATE_COLUMN] =
        {"duplicate_column", E, FALSE,
         "Two columns are both {v} (“{o}” is the other one): rename one, or choose by --map.",
         "有两列都是{v}（另一列为“{o}”）：请改名，或用 --map 指定。"},
    [LANMU_PROBLEM_NO_STUDENTS] = {"no_students", E, FALSE, "The list has a header but no students below it.",
                                   "名单只有表头，没有学生。"},
    [LANMU_PROBLEM_NO_SHEET] = {"no_sheet", E, FALSE, "The file has no sheet “{v}”; it has: {o}.",
                                "文件中没有工作表“{v}”；现有：{o}。"},
    [LANMU_PROBLEM_SHEET_LEFT_OUT] =
        {"sheet_left_out", W, FALSE,
         "This sheet has no header with {v} and was left out: check that no students stand in it.",
         "该工作表的表头缺少{v}，未导入：请确认其中没有学生。"},
    [LANMU_PROBLEM_HIDDEN_SHEET] =
        {"hidden_sheet", W, FALSE,
         "This sheet is hidden and was left out: to import it, show it in Excel, or choose it by --sheet.",
         "该工作表被隐藏，未导入：如需导入请在 Excel 中取消隐藏，或用 --sheet 指定。"},
    [LANMU_PROBLEM_HIDDEN_ROWS] =
        {"hidden_rows", E, TRUE,
         "{v} rows are hidden from here on (a filter?): show them and check whether these students belong to the list.",
         "从该行起有 {v} 行被隐藏（可能是筛选）：请取消隐藏并确认这些学生是否属于名单。"},
    [LANMU_PROBLEM_HIDDEN_COLUMN] =
        {"hidden_column", W, FALSE, "The column is hidden in the file and was read: check that it is the one you mean.",
         "该列在文件中被隐藏，但已读取：请确认就是需要的那一列。"},
    [LANMU_PROBLEM_MEMO_COLUMN] = {"memo_column", W, FALSE,
                                   "The texts of this column lie in another file (.dbt or .fpt) and were not read: "
                                   "save the list as .xlsx if they "
                                   "are needed.",
                                   "该列的内容存放在另一个文件（.dbt 或 .fpt）中，未读取：如需要请另存为 .xlsx。"},
    [LANMU_PROBLEM_CLASS_FROM_SHEET] =
        {"class_from_sheet", E, TRUE,
         "There is no column for the class; “{v}” ({o}) would be taken as the class of everybody here: accept it after "
         "looking, or add the column.",
         "没有班级列；将以“{v}”（{o}）作为这里所有学生的班级：请核对后接受，或补上班级列。"},
    [LANMU_PROBLEM_TOO_MANY_CELLS] =
        {"too_many_cells", E, FALSE,
         "The row has {v} cells, the header {o}: a comma inside a cell may have shifted it.",
         "该行有 {v} 格，表头只有 {o} 格：可能有单元格里的逗号使整行错位。"},
    [LANMU_PROBLEM_MISSING_REQUIRED] = {"missing_required", E, FALSE, "{v} is empty: fill it in.", "{v}为空：请补填。"},
    [LANMU_PROBLEM_BAD_STUDENT_NO] = {"bad_student_no", E, FALSE,
                                      "“{v}” cannot be a student number: letters, digits, - and _ only, at most 32.",
                                      "“{v}”不能作为学号：只能是字母、数字、- 和 _，最多 32 位。"},
    [LANMU_PROBLEM_EXCEL_SCIENTIFIC] =
        {"excel_scientific", E, FALSE,
         "“{v}”: Excel made a number of it and its last digits are gone; set the column to text and fill it again from "
         "the source.",
         "“{v}”：被 Excel 变成科学计数，末尾数字已丢失；请把该列设为文本后从原始名单重填。"},
    [LANMU_PROBLEM_EXCEL_DECIMAL] =
        {"excel_decimal", E, FALSE,
         "“{v}” went through a decimal column: set the column to text and fill it again from the source.",
         "“{v}”经过了小数格式：请把该列设为文本后从原始名单重填。"},
    [LANMU_PROBLEM_EXCEL_ZERO_TAIL] =
        {"excel_zero_tail", E, FALSE,
         "{v} ends in digits that Excel invented (it keeps fifteen): set the column to text and fill it again from the "
         "source.",
         "{v} 的末尾数字是 Excel 补的（只保留前 15 位）：请把该列设为文本后从原始名单重填。"},
    [LANMU_PROBLEM_EXCEL_DATE] =
        {"excel_date", E, TRUE,
         "“{v}” is a date in the file, Excel made one of what was typed (1-2, 3/4): set the column to text and fill it "
         "again from the source.",
         "“{v}”在文件中是日期，可能是 Excel 把录入内容（如 1-2、3/4）变成了日期：请把该列设为文本后从原始名单重填。"},
    [LANMU_PROBLEM_DRESSED_NUMBER] =
        {"dressed_number", E, FALSE,
         "The cell shows more than it holds: its number is “{v}”, the rest comes from the cell's format; set the "
         "column "
         "to text and fill it again from the source.",
         "单元格显示的内容多于实际内容：实际数值为“{v}”，其余来自单元格格式；请把该列设为文本后从原始名单重填。"},
    [LANMU_PROBLEM_FORMULA] = {"formula", E, FALSE,
                               "“{v}” is a formula or its error, not text: save the list with values only.",
                               "“{v}”是公式或公式错误，不是文字：请只保留数值后另存。"},
    [LANMU_PROBLEM_LOST_LEADING_ZERO] =
        {"lost_leading_zero", E, TRUE,
         "“{v}” seems to have lost the zeros in front: the others have {o} digits and begin with 0.",
         "“{v}”可能丢了开头的 0：其他学号为 {o} 位且以 0 开头。"},
    [LANMU_PROBLEM_ID_AS_STUDENT_NO] =
        {"id_as_student_no", E, TRUE,
         "The student number {v} is a resident's ID number: check that the columns are not swapped.",
         "学号 {v} 是身份证号：请检查列是否对调。"},
    [LANMU_PROBLEM_CLASS_ABOVE] =
        {"class_above", E, TRUE,
         "The class is empty here; “{v}” of the row above would be taken: accept it after looking, or fill it in.",
         "此处班级为空；将沿用上一行的“{v}”：请核对后接受，或补填班级。"},
    [LANMU_PROBLEM_DUPLICATE_STUDENT_NO] = {"duplicate_student_no", E, FALSE,
                                            "Student number {v} is in row {o} already: one of them is wrong.",
                                            "学号 {v} 与第 {o} 行重复：其中必有一处错误。"},
    [LANMU_PROBLEM_DUPLICATE_ID_NO] = {"duplicate_id_no", E, TRUE,
                                       "ID number {v} is in row {o} already: one of them is wrong.",
                                       "证件号 {v} 与第 {o} 行重复：其中必有一处错误。"},
    [LANMU_PROBLEM_BAD_ID_LENGTH] = {"bad_id_length", E, TRUE,
                                     "ID number {v} has {o} characters instead of 18: check it against the card.",
                                     "身份证号 {v} 有 {o} 位，应为 18 位：请与证件核对。"},
    [LANMU_PROBLEM_BAD_ID_DATE] = {"bad_id_date", E, TRUE,
                                   "The birth date inside ID number {v} is no date: check it against the card.",
                                   "身份证号 {v} 中的出生日期不存在：请与证件核对。"},
    [LANMU_PROBLEM_BAD_CHECK_DIGIT] =
        {"bad_check_digit", E, TRUE,
         "The last character of ID number {v} does not fit the others: check it against the card.",
         "身份证号 {v} 的校验位不对：请与证件核对。"},
    [LANMU_PROBLEM_SEX_MISMATCH] = {"sex_mismatch", E, TRUE,
                                    "The list says {v}, the ID number says {o}: check that the row belongs together.",
                                    "名单写“{v}”，证件号显示“{o}”：请核对该行是否错位。"},
    [LANMU_PROBLEM_BAD_SEX] = {"bad_sex", W, FALSE,
                               "“{v}” is no sex this list knows (男 女, 1 2, M F): it was left empty.",
                               "性别“{v}”无法识别（男 女、1 2、M F），按空处理。"},
    [LANMU_PROBLEM_MISSING_GLYPH] =
        {"missing_glyph", E, TRUE,
         "Name “{v}” has {o} where a rare character seems to be missing: type the name again.",
         "姓名“{v}”含有{o}，可能是缺失的生僻字：请重新录入姓名。"},
    [LANMU_PROBLEM_WRONG_CHARACTERS] = {"wrong_characters", E, TRUE,
                                        "Name “{v}” seems to be “{o}” read in a wrong encoding: ask for the list "
                                        "again, saved as “CSV UTF-8” or .xlsx.",
                                        "姓名“{v}”像是编码错误的“{o}”：请让学院重新另存为“CSV UTF-8”或 .xlsx。"},
    [LANMU_PROBLEM_DIGITS_IN_NAME] = {"digits_in_name", W, FALSE,
                                      "Name “{v}” has digits in it: check that the columns are not swapped.",
                                      "姓名“{v}”中有数字：请检查列是否对调。"},
    [LANMU_PROBLEM_TOO_LONG] =
        {"too_long", E, FALSE,
         "The text has {v} characters, at most {o} are allowed: check that the columns are not shifted.",
         "内容有 {v} 个字符，最多 {o} 个：请检查列是否错位。"},
    [LANMU_PROBLEM_OTHER_DOCUMENT] = {"other_document", W, FALSE,
                                      "{v} is no resident's ID number ({o}): it is kept as it is and not checked.",
                                      "{v} 不是居民身份证号（{o}）：按原样保留，不做校验。"},
    [LANMU_PROBLEM_SAME_NAME] = {"same_name", W, FALSE,
                                 "There is another {v} in this class (row {o}): call them by student number.",
                                 "本班还有一位{v}（第 {o} 行）：请按学号叫号。"},
    [LANMU_PROBLEM_LOOK_ALIKE_DOT] =
        {"look_alike_dot", N, FALSE,
         "Name “{v}” has “{o}” for the separator ·: it is kept as it is, searching finds both.",
         "姓名“{v}”用“{o}”代替间隔号·：按原样保留，两种写法都能查到。"},
    [LANMU_PROBLEM_NEW_STUDENT] = {"new_student", N, FALSE,
                                   "Student {v} ({o}) was not in the station's list and is added.",
                                   "学生 {v}（{o}）不在现有名单中，将新增。"},
    [LANMU_PROBLEM_CHANGED_STUDENT] = {"changed_student", E, TRUE,
                                       "The station's list has “{o}” here, the file “{v}”: accept what the file says "
                                       "after looking, or correct the file.",
                                       "现有名单为“{o}”，文件为“{v}”：请核对后接受文件内容，或更正文件。"},
    [LANMU_PROBLEM_CHANGED_SHOT_STUDENT] = {"changed_shot_student", E, TRUE,
                                            "This student was photographed as “{o}”, the file says “{v}”: look at the "
                                            "pictures first; rows may have slipped.",
                                            "该学生已按“{o}”拍照，文件为“{v}”：请先核对照片，名单可能错行。"},
    [LANMU_PROBLEM_MOVED_CLASS] =
        {"moved_class", E, TRUE,
         "The student stands in “{o}”, the file says “{v}”: accept the move after looking, or correct the file.",
         "该学生现在“{o}”，文件为“{v}”：请核对后接受调整，或更正文件。"},
    [LANMU_PROBLEM_NOT_IN_FILE] = {"not_in_file", W, FALSE,
                                   "Student {v} ({o}) is in the station's list but not in the file: the student stays.",
                                   "学生 {v}（{o}）在现有名单中而不在文件中：予以保留。"},
    [LANMU_PROBLEM_SCHEDULE_HEADER] = {"schedule_header", E, FALSE,
                                       "No header with 班级 (class), 日期 (date) and 时间 (time) was found in the first "
                                       "40 rows: put one above the classes.",
                                       "前 40 行没有找到含“班级、日期、时间”的表头：请在各班上方加表头。"},
    [LANMU_PROBLEM_NO_SLOTS] = {"no_slots", E, FALSE, "There is no class below the header.", "表头下面没有班级。"},
    [LANMU_PROBLEM_UNKNOWN_CLASS] = {"unknown_class", E, FALSE,
                                     "There is no class “{v}” in the student list{o}: correct the name, or import the "
                                     "class's students first.",
                                     "学生名单中没有班级“{v}”{o}：请更正班名，或先导入该班学生。"},
    [LANMU_PROBLEM_AMBIGUOUS_CLASS] = {"ambiguous_class", E, FALSE,
                                       "There are several classes “{v}” in the student list: give the college too.",
                                       "学生名单中有多个班级“{v}”：请同时写明学院。"},
    [LANMU_PROBLEM_CLASS_TWICE] = {"class_twice", E, FALSE,
                                   "Class “{v}” has a slot already in row {o}: leave one of the two.",
                                   "班级“{v}”在第 {o} 行已有场次：请只保留一个。"},
    [LANMU_PROBLEM_BAD_DATE] = {"bad_date", E, FALSE,
                                "“{v}” is no date: write 2027-03-01 or 3月1日.", "“{v}”不是日期：请写成 2027-03-01 或 3月1日。"},
    [LANMU_PROBLEM_BAD_TIME] = {"bad_time", E, FALSE, "“{v}” is no time of one day: write 9:00-9:40.",
                                "“{v}”不是一天之内的时间：请写成 9:00-9:40。"},
    [LANMU_PROBLEM_DATE_OUTSIDE] = {"date_outside", E, FALSE,
                                    "{v} is outside the campaign ({o}): correct the date.",
                                    "{v} 不在采集活动期内（{o}）：请更正日期。"},
    [LANMU_PROBLEM_ROOM_TAKEN] = {"room_taken", E, FALSE,
                                  "At {v} “{o}” has the same room: move one of the two.",
                                  "{v} 同一地点已安排“{o}”：请调整其中一个。"},
    [LANMU_PROBLEM_UNSCHEDULED_CLASS] = {"unscheduled_class", W, FALSE,
                                         "Class “{v}” of the student list ({o} students) has no slot.",
                                         "学生名单中的班级“{v}”（{o} 人）没有场次。"},
    [LANMU_PROBLEM_CLOSED_CLASS] = {"closed_class", E, FALSE,
                                    "Class “{v}” is closed (sheet {o}): reopen it before giving it another slot.",
                                    "班级“{v}”已结单（{o} 号）：改场次前请先重开。"},
    [LANMU_PROBLEM_TRIMMED] = {"trimmed", N, FALSE, "Spaces or invisible characters were removed: “{v}”.",
                               "去掉了空格或不可见字符：“{v}”。"},
    [LANMU_PROBLEM_FULL_WIDTH] = {"full_width", N, FALSE, "Full-width characters were made plain: “{v}”.",
                                  "全角字符已转为半角：“{v}”。"},
    [LANMU_PROBLEM_LOWER_CASE_X] = {"lower_case_x", N, FALSE, "The x at the end of {v} was made X.",
                                    "{v} 末尾的小写 x 已改为 X。"},
    [LANMU_PROBLEM_UNWRAPPED] = {"unwrapped", N, FALSE, "Excel's text mark around “{v}” was removed.",
                                 "已去掉 Excel 的文本标记：“{v}”。"},
    [LANMU_PROBLEM_IGNORED_ROW] = {"ignored_row", N, FALSE, "The row is no student and was left out: “{v}”.",
                                   "该行不是学生，已略过：“{v}”。"},
};

const char *lanmu_problem_kind_to_string (LanmuProblemKind kind)
{
  return lanmu_problem_facts[kind].name;
}

gboolean lanmu_problem_kind_from_string (const char *text, LanmuProblemKind *kind)
{
  for (int i = 0; i < LANMU_N_PROBLEMS; i++)
    if (g_str_equal (lanmu_problem_facts[i].name, text)) {
      *kind = i;
      return TRUE;
    }
  return FALSE;
}

gboolean lanmu_problem_kind_is_acceptable (LanmuProblemKind kind)
{
  return lanmu_problem_facts[kind].acceptable;
}

const char *lanmu_severity_to_string (LanmuSeverity severity)
{
  return severity == E ? "error" : severity == W ? "warning" : "note";
}

char *lanmu_problem_dup_message (const LanmuProblem *self, gboolean chinese)
{
  const LanmuProblemFacts *facts = &lanmu_problem_facts[self->kind];
  GString *out = g_string_new (NULL);
  for (const char *p = chinese ? facts->chinese : facts->english; *p != '\0'; p++) {
    if (g_str_has_prefix (p, "{v}") || g_str_has_prefix (p, "{o}")) {
      g_string_append (out, p[1] == 'v' ? self->value : self->other);
      p += 2;
    } else {
      g_string_append_c (out, *p);
    }
  }
  return g_string_free (out, FALSE);
}

"""Lists as colleges really send them, damaged in every way we know: each must come in right, or be refused with a sentence that names its cell.

The files are written here by hand, byte for byte (kept ones of other programs' making are in tests/data/rosters). A case says what must come of it: the students,
and every problem by kind and cell; what is not named must not be said.
"""
import io
import json
import os
import random
import resource
import struct
import subprocess
import sys
import tempfile
import zipfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from rig import BUILD, run  # noqa: E402

DUMP = os.path.join(BUILD, "tests/unit/app/listdump")
HEAD = ["学号", "姓名", "性别", "身份证号", "班级"]
ROWS = [["0631001", "张三", "女", "11010519491231002X", "一班"],
        ["0631002", "李四", "男", "440524188001010014", "一班"],
        ["0631003", "阿里·买买提", "男", "34052419800101001X", "二班"]]
SOUND = [HEAD] + ROWS
MEMORY = 300 << 20


def alter(**cells):
    """SOUND with cells set by name: A2="…"."""
    table = [list(row) for row in SOUND]
    for name, value in cells.items():
        table[int(name[1:]) - 1]["ABCDE".index(name[0])] = value
    return table


def csv(table, delimiter=",", end="\n", encoding="utf-8"):
    def cell(text):
        return '"' + text.replace('"', '""') + '"' if any(c in text for c in (delimiter, '"', "\n")) else text
    return "".join(delimiter.join(cell(c) for c in row) + end for row in table).encode(encoding)


# -- writers --

def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def cell_xml(reference, value):
    """A text; a number; or (attributes, inside) as it stands."""
    if isinstance(value, tuple):
        return f'<c r="{reference}" {value[0]}>{value[1]}</c>'
    if isinstance(value, (int, float)):
        return f'<c r="{reference}"><v>{value!r}</v></c>'
    return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>' if value else ""


def letters(i):
    return letters(i // 26 - 1) + chr(65 + i % 26) if i > 25 else chr(65 + i)


def sheet_xml(table, before="", after="", row_attributes=None, ns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"):
    rows = "".join(f'<row r="{y}" {(row_attributes or {}).get(y, "")}>' + "".join(cell_xml(f"{letters(x)}{y}", v) for x, v in enumerate(row)) + "</row>"
                   for y, row in enumerate(table, 1))
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="{ns}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def xlsx(*sheets, names=None, strings=None, styles=None, workbook="", strict=False, more=(), states=None):
    """sheets: tables or XML."""
    base = "http://purl.oclc.org/ooxml/officeDocument/relationships" if strict else "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://purl.oclc.org/ooxml/spreadsheetml/main" if strict else "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    pack = "http://schemas.openxmlformats.org/package/2006/relationships"
    names = names or [f"Sheet{i + 1}" for i in range(len(sheets))]
    parts = {"_rels/.rels": f'<Relationships xmlns="{pack}"><Relationship Id="r" Type="{base}/officeDocument" Target="xl/workbook.xml"/></Relationships>'}
    listed = "".join(f'<sheet name="{escape(n)}" sheetId="{i + 1}" {(states or {}).get(n, "")} r:id="s{i}"/>' for i, n in enumerate(names))
    parts["xl/workbook.xml"] = f'<workbook xmlns="{main}" xmlns:r="{base}">{workbook}<sheets>{listed}</sheets></workbook>'
    relations = "".join(f'<Relationship Id="s{i}" Type="{base}/worksheet" Target="worksheets/sheet{i + 1}.xml"/>' for i in range(len(sheets)))
    if strings:
        relations += f'<Relationship Id="t" Type="{base}/sharedStrings" Target="sharedStrings.xml"/>'
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{strings}</sst>'
    if styles:
        relations += f'<Relationship Id="y" Type="{base}/styles" Target="styles.xml"/>'
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{main}">{styles}</styleSheet>'
    parts["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{pack}">{relations}</Relationships>'
    for i, sheet in enumerate(sheets):
        parts[f"xl/worksheets/sheet{i + 1}.xml"] = sheet if isinstance(sheet, str) else sheet_xml(sheet, ns=main)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in (*parts.items(), *more):
            file.writestr(name, text)
    return out.getvalue()


def formats(*codes):
    listed = "".join(f'<numFmt numFmtId="{200 + i}" formatCode="{escape(code)}"/>' for i, code in enumerate(codes))
    return f"<numFmts>{listed}</numFmts><cellXfs><xf numFmtId=\"0\"/>" + "".join(f'<xf numFmtId="{200 + i}"/>' for i in range(len(codes))) + "</cellXfs>"


def number(value, style=0):
    return (f's="{style}"', f"<v>{value}</v>")


def shared(table):
    """The same table with its texts in sharedStrings: plain, rich and with a phonetic guide by turns."""
    items, out = [], []
    for row in table:
        line = []
        for text in row:
            i = len(items)
            plain = f"<t>{escape(text)}</t>"
            rich = f"<r><rPr><b/></rPr><t xml:space=\"preserve\">{escape(text[:1])}</t></r><r><t xml:space=\"preserve\">{escape(text[1:])}</t></r>"
            items.append("<si>" + (plain, rich, plain + '<rPh sb="0" eb="1"><t>yomi</t></rPh>')[i % 3] + "</si>")
            line.append(('t="s"', f"<v>{i}</v>"))
        out.append(line)
    return out, "".join(items)


def spreadsheetml(table, encoding="utf-8", head="", names=("名单",), raw=None):
    def cell(value):
        return value if value.startswith("<Cell") else f'<Cell><Data ss:Type="String">{escape(value)}</Data></Cell>'
    rows = raw or "".join("<Row>" + "".join(cell(c) for c in row) + "</Row>" for row in table)
    sheets = "".join(f'<Worksheet ss:Name="{n}"><Table>{rows}</Table></Worksheet>' for n in names)
    return (f'<?xml version="1.0" encoding="{encoding}"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
            f'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">{head}{sheets}</Workbook>').encode(encoding)


def html(rows, charset="gb2312", encoding="gb18030"):
    return (f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><body><table border="1">{rows}</table></body></html>').encode(encoding)


def html_rows(table):
    return "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in table)


def dbf(table, encoding="gb18030", mark=0, types=None, version=3, fields=None):
    """types: by column, "C" with a width of its own unless given; a cell may be bytes."""
    head, rows = table[0], table[1:]
    kinds = types or ["C"] * len(head)
    widths = [{"I": 4, "T": 8, "B": 8, "Y": 8, "M": 10, "D": 8}.get(k, 40) for k in kinds]
    described = b"".join(struct.pack("<11sc4xBB14x", n.encode(encoding)[:10], k.encode(), w, 0) for n, k, w in zip(fields or head, kinds, widths))
    body = b"".join(b" " + b"".join((c if isinstance(c, bytes) else c.encode(encoding)).ljust(w) for c, w in zip(row, widths)) for row in rows)
    return struct.pack("<BBBBIHH17xB2x", version, 126, 6, 1, len(rows), 33 + len(described), 1 + sum(widths), mark) + described + b"\r" + body + b"\x1a"


# -- the cases: name → (bytes, students or None, problems) --

S = ROWS                     # they came in right
NOTES = ("trimmed", "full_width", "unwrapped", "ignored_row", "look_alike_dot", "lower_case_x")


def table_cases():
    long_name = "买买提" * 17 + "·阿卜杜拉"
    yield "plain", SOUND, S, ""
    yield "titles above", [["2027 届毕业生图像采集名单"], ["交通学院", "", "", "2027-06-01"], []] + SOUND, S, ""
    yield "header in two lines", [["学号", "姓名", "基本信息", "", "所在单位"], ["", "", "性别", "身份证号", "班级"]] + ROWS, S, ""
    yield "header on every page", SOUND[:3] + [HEAD] + SOUND[3:], S, "ignored_row 0"
    yield "columns in another order", [row[::-1] for row in SOUND], S, ""
    yield "columns we do not know", [row[:2] + [f"x{i}"] + row[2:] for i, row in enumerate(SOUND)], S, ""
    yield "empty columns", [row[:1] + ["", ""] + row[1:] for row in SOUND], S, ""
    yield "empty rows", SOUND[:2] + [[], ["", "　"]] + SOUND[2:], S, ""
    yield "CHSI codes", [["XH", "XM", "XB", "SFZH", "BJ"]] + ROWS, S, ""
    yield "English", [["Student No.", "Name", "Sex", "ID number", "Class"]] + ROWS, S, ""
    yield "aliases and stars", [["*学生学号（必填）", "姓 名", "性 别", "公民身份号码", "行政班级"]] + ROWS, S, ""
    yield "totals", SOUND + [["合计", "3 人"], ["合计：", "", "", "", "3"], ["制表人：王", "", "审核：李"], ["第 1 页 共 1 页"]], S, "ignored_row 0 ×4, full_width A6, full_width A7, trimmed A8"
    yield "notes below", SOUND + [[], ["注：请核对后签字"], ["", "", "", "", "辅导员签名"]], S, "ignored_row 0 ×2, full_width A6"
    yield "spaces in names", alter(B2="张　三", B3="李  四"), S, "trimmed B2, trimmed B3"
    yield "blanks of every kind", alter(A2="\u00a00631001\u200b", B3="\ufeff李四", E4="二班\u3000", A4="063\u20091003"), S, "trimmed A2, trimmed B3, trimmed A4, trimmed E4"
    yield "full width", alter(A2="０６３１００１", D2="１１０１０５１９４９１２３１００２Ｘ"), S, "full_width A2, full_width D2"
    yield "marks of text", alter(A2="'0631001", D3="'440524188001010014"), S, "unwrapped A2, unwrapped D3"
    yield "small x", alter(D2="11010519491231002x"), S, "lower_case_x D2"
    yield "sex by number", alter(C2="2", C3="1", C4="M"), S, ""
    yield "sex by word", alter(C2="女性", C3="男生", C4="Male"), S, ""
    yield "no sex", alter(C2="未知"), [["0631001", "张三", "", "11010519491231002X", "一班"]] + S[1:], "bad_sex C2"
    for dot in "‧•・．∙⋅･":
        name = f"阿里{dot}买买提"
        yield f"dot {ord(dot):04X}", alter(B4=name), S[:2] + [[S[2][0], name] + S[2][2:]], "look_alike_dot B4"
    for name in (long_name, "𠮷田", "司徒𬭎", "Anna Maria Müller-Lüdenscheidt", "〇", "𫝈𰻞"):
        yield f"name {name[:8]}", alter(B2=name), [[S[0][0], name] + S[0][2:]] + S[1:], ""
    for date in ("2001-02-03", "2001/2/3", "2001.02.03", "20010203", "2001年2月3日", "二〇〇一年二月三日", "03/02/2001", "2001-02", "Feb 3, 2001", "36925"):
        yield f"date {date}", [HEAD + ["出生日期"]] + [row + [date] for row in ROWS], S, ""
    # damage
    yield "science", alter(D3="4.40524E+17", A4="6.31003E+05"), None, "excel_scientific D3, excel_scientific A4"
    yield "trailing .0", alter(A3="631002.0"), None, "excel_decimal A3"
    yield "tail of zeros", alter(D3="440524188001010000"), None, "excel_zero_tail D3"
    yield "lost zero", alter(A4="631003"), None, "lost_leading_zero A4"
    yield "check digit", alter(D3="440524188001010015"), None, "bad_check_digit D3"
    yield "no such day", alter(D3="440524188002300012"), None, "bad_id_date D3"
    yield "seventeen digits", alter(D3="44052418800101001"), None, "bad_id_length D3"
    yield "sex against number", alter(C3="女"), None, "sex_mismatch C3"
    yield "number twice", alter(A4="0631001"), None, "duplicate_student_no A4"
    yield "ID twice", alter(D4="440524188001010014"), None, "duplicate_id_no D4"
    yield "hole in a name", alter(B3="李?"), None, "missing_glyph B3"
    yield "box in a name", alter(B3="李□"), None, "missing_glyph B3"
    yield "private character", alter(B3="李\ue863"), None, "missing_glyph B3"
    yield "letter for a character", alter(B3="李Z"), None, "missing_glyph B3"
    yield "UTF-8 read as GBK", alter(B3="鏉庡洓"), None, "wrong_characters B3"
    yield "name missing", alter(B3=""), None, "missing_required B3"
    yield "number missing", alter(A3=""), None, "missing_required A3"
    yield "class once", alter(E3=""), None, "class_above E3"
    yield "class nowhere", alter(E2=""), None, "missing_required E2"
    yield "columns swapped", [HEAD] + [[r[1], r[0]] + r[2:] for r in ROWS], None, "bad_student_no A2, bad_student_no A3, bad_student_no A4, digits_in_name B2, digits_in_name B3, digits_in_name B4"
    yield "ID for the number", [HEAD] + [[r[3]] + r[1:3] + [r[0]] + r[4:] for r in ROWS], None, \
        "id_as_student_no A2, id_as_student_no A3, id_as_student_no A4, other_document D2, other_document D3, other_document D4"
    yield "two names", [HEAD[:2] + ["姓名"] + HEAD[3:]] + ROWS, None, "duplicate_column C1"
    yield "no class column", [row[:4] for row in SOUND], None, "header_not_found 1"
    yield "no header", ROWS, None, "header_not_found 0"
    yield "header only", SOUND[:1], None, "no_students 1"
    yield "error values", alter(B3="#N/A", E4="#REF!"), None, "formula B3, formula E4"
    yield "formula as text", alter(A3="=B3"), None, "formula A3"
    yield "odd number", alter(A3="06/31002"), None, "bad_student_no A3"
    yield "name of a novel", alter(B3="李" * 101), None, "too_long B3"
    yield "passport", alter(D3="E12345678", C3=""), [S[0], ["0631002", "李四", "", "E12345678", "一班"], S[2]], "other_document D3"
    yield "namesakes", alter(B3="张三", C3="男"), [S[0], ["0631002", "张三"] + S[1][2:], S[2]], "same_name B3"


def kinds_of(table):
    """The same table in every kind of file."""
    yield "csv", csv(table)
    yield "gb18030.csv", csv(table, encoding="gb18030", end="\r\n")
    yield "xlsx", xlsx(table)
    yield "xml", spreadsheetml(table)
    if not any("<" in c or "&" in c for row in table for c in row):
        yield "html", html(html_rows(table), "utf-8", "utf-8")


def file_cases():
    yield "BOM", b"\xef\xbb\xbf" + csv(SOUND), S, ""
    yield "UTF-16 with mark", csv(SOUND, "\t", encoding="utf-16"), S, ""
    yield "UTF-16 without mark", csv(SOUND, "\t", encoding="utf-16-le"), S, ""
    yield "UTF-16 big end", b"\xfe\xff" + csv(SOUND, ";", encoding="utf-16-be"), S, ""
    yield "tabs named xls", csv(SOUND, "\t", "\r\n", "gb18030"), S, ""
    yield "old Mac line ends", csv(SOUND, ",", "\r"), S, ""
    yield "semicolons", csv(SOUND, ";"), S, ""
    yield "bars", csv(SOUND, "|"), S, ""
    yield "sep=", b"sep=,\r\n" + csv(SOUND), S, ""
    yield "Big5", csv([["學號", "姓名", "性別", "身分證號", "班級"], ["0631001", "陳美麗", "女", "", "資工一甲"], ["0631002", "林志明", "男", "", "資工一甲"]], encoding="big5"), \
        [["0631001", "陳美麗", "女", "", "資工一甲"], ["0631002", "林志明", "男", "", "資工一甲"]], ""
    for mark in (0x78, 0):
        yield f"Big5 DBF {mark:02X}", dbf([["XH", "XM", "XB", "SFZH", "BJ"], ["0631001", "陳美麗", "女", "", "資工一甲"], ["0631002", "林志明", "男", "", "資工一甲"]], "big5", mark), \
            [["0631001", "陳美麗", "女", "", "資工一甲"], ["0631002", "林志明", "男", "", "資工一甲"]], ""
    yield "DBF with a memo", dbf([r + ["0000000001"] for r in [["XH", "XM", "XB", "SFZH", "BJ"]] + ROWS], types=["C"] * 5 + ["M"], version=0x83, fields=["XH", "XM", "XB", "SFZH", "BJ", "BZ"]), S, \
        "memo_column F1"
    yield "DBF names in a memo", dbf([["XH", "XM", "XB", "SFZH", "BJ"]] + [[r[0], "0000000001"] + r[2:] for r in ROWS], types=["C", "M", "C", "C", "C"], version=0xF5), None, \
        "memo_column B1, missing_required B2, missing_required B3, missing_required B4"
    yield "DBF of FoxPro", dbf([["XH", "XM", "XB", "SFZH", "BJ", "RXRQ"]] + [[struct.pack("<i", int(r[0]))] + r[1:] + [struct.pack("<ii", 2451944 + i, 0)] for i, r in enumerate(ROWS)],
                               types=["I", "C", "C", "C", "C", "T"], version=0x30), [[r[0].lstrip("0")] + r[1:] for r in S], ""
    yield "DBF marked Russian", dbf([["XH", "XM", "XB", "SFZH", "BJ"]] + ROWS, mark=0x65), S, ""
    yield "HTML over rows", html(html_rows([HEAD]) + "<tr>" + "".join(f"<td>{c}</td>" for c in ROWS[0][:4]) + "<td rowspan=2>一班</td></tr><tr>" +
                                 "".join(f"<td>{c}</td>" for c in ROWS[1][:4]) + "</tr>" + html_rows([ROWS[2]])), S, ""
    yield "HTML title over columns", html("<tr><td colspan=5>2027 届名单</td></tr>" + html_rows(SOUND) + "<tr><td colspan=5>合计</td></tr>"), S, "ignored_row 0"
    yield "HTML cut off", html(html_rows(SOUND))[:-60], None, "corrupt_file 0"
    yield "HTML said GB2312, is UTF-8", html(html_rows(SOUND), "gb2312", "utf-8"), S, ""
    # workbooks
    table, strings = shared(SOUND)
    yield "shared, rich and phonetic", xlsx(table, strings=strings), S, ""
    yield "strict", xlsx(SOUND, strict=True), S, ""
    yield "strict, shared", xlsx(table, strings=strings, strict=True), S, ""
    yield "inline rich", xlsx(alter(B2=('t="inlineStr"', "<is><r><t>张</t></r><r><rPr/><t>三</t></r><rPh sb=\"0\" eb=\"1\"><t>x</t></rPh></is>"))), S, ""
    yield "zeros by format", xlsx(alter(A2=number(631001, 1)), styles=formats("0000000")), S, ""
    yield "format that adds", xlsx(alter(A2=number(1, 1), A3=number(2, 2)), styles=formats('"063100"0', "\\06310\\00#")), None, "dressed_number A2, dressed_number A3"
    yield "format of money", xlsx([HEAD + ["备注"]] + [r + [number(12, 1)] for r in ROWS], styles=formats('"¥"#,##0.00')), S, ""
    for system, first in (("", 36925), ('<workbookPr date1904="1"/>', 36925 - 1462)):
        dated = [HEAD + ["出生日期"]] + [r + [number(first + i, 1)] for i, r in enumerate(ROWS)]
        yield f"dates from {'1904' if system else '1900'}", xlsx(dated, styles=formats("yyyy/m/d"), workbook=system), \
            [r + [f'{{"CSRQ":"2001-02-0{3 + i}"}}'] for i, r in enumerate(S)], ""
    yield "class that became a date", xlsx(alter(E2=number(46024, 1)), styles=formats('m"月"d"日"')), None, "excel_date E2"
    yield "number that became a date", xlsx(alter(A2=number(46024, 1)), styles=formats("yyyy-mm-dd")), None, "excel_date A2"
    yield "numbers of eighteen digits", xlsx(alter(D3=number("440524188001010000"))), None, "excel_zero_tail D3"
    yield "ID as 4.4E+17", xlsx(alter(D3=number("4.4052418800101E+17"))), None, "excel_zero_tail D3"
    yield "formula with its result", xlsx(alter(E3=('t="str"', '<f>E2</f><v>一班</v>'))), S, ""
    yield "formula without", xlsx(alter(E3=("", "<f>E2</f>"))), None, "formula E3"
    block = alter(E3="")
    yield "merged class", xlsx(sheet_xml(block, after='<mergeCells count="1"><mergeCell ref="E2:E3"/></mergeCells>')), S, ""
    yield "merged class, written wide", xlsx(sheet_xml(block, after='<mergeCells><mergeCell  ref="$E$2:$E$3" /></mergeCells>')), S, ""
    yield "merged title", xlsx(sheet_xml([["名单"]] + SOUND, after='<mergeCells count="1"><mergeCell ref="A1:E1"/></mergeCells>')), S, ""
    yield "merged names", xlsx(sheet_xml(alter(B3=""), after='<mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>')), \
        [S[0], [S[1][0], "张三"] + S[1][2:], S[2]], "same_name B3"
    yield "hidden rows", xlsx(sheet_xml(SOUND, row_attributes={3: 'hidden="1"'})), None, "hidden_rows 3"
    yield "hidden column", xlsx(sheet_xml(SOUND, before='<cols><col min="4" max="4" hidden="1"/></cols>')), S, "hidden_column D1"
    yield "hidden column of nothing", xlsx(sheet_xml([r + ["x"] for r in SOUND], before='<cols><col min="6" max="9" hidden="1"/></cols>')), S, ""
    yield "hidden sheet", xlsx(SOUND, SOUND, names=["名单", "旧"], states={"旧": 'state="hidden"'}), S, "hidden_sheet 0"
    yield "empty sheets", xlsx([], SOUND, []), S, ""
    yield "sheet with notes", xlsx(SOUND, [["填写说明", "请按模板"]]), S, "sheet_left_out 0"
    classes = [[row[:4] for row in [HEAD] + ROWS[:2]], [row[:4] for row in [HEAD] + ROWS[2:]]]
    yield "a sheet a class", xlsx(*classes, names=["一班", "二班"]), None, "class_from_sheet 1 ×2"
    yield "class in the title", xlsx([["班级：一班  人数：2"]] + classes[0]), None, "class_from_sheet 2"
    yield "no class, sheet of no name", xlsx(classes[0]), None, "header_not_found 1"
    yield "same students on two sheets", xlsx(SOUND, SOUND), None, "duplicate_student_no A2, duplicate_student_no A3, duplicate_student_no A4, " \
        "duplicate_id_no D2, duplicate_id_no D3, duplicate_id_no D4, same_name B2, same_name B3, same_name B4"
    yield "rows without numbers", xlsx(sheet_xml(SOUND).replace(' r="', ' q="')), S, ""
    # XML spreadsheet
    yield "XML in GB2312", spreadsheetml(SOUND, "gb18030"), S, ""
    yield "XML with gaps", spreadsheetml(None, raw='<Row ss:Index="3">' + "".join(f'<Cell><Data ss:Type="String">{c}</Data></Cell>' for c in HEAD) + "</Row>" +
                                         "".join('<Row><Cell><Data ss:Type="String">%s</Data></Cell><Cell ss:Index="2"><Data ss:Type="String">%s</Data></Cell>'
                                                 '<Cell ss:Index="4"><Data ss:Type="String">%s</Data></Cell>'
                                                 '<Cell><Data ss:Type="String">%s</Data></Cell></Row>' % (r[0], r[1], r[3], r[4]) for r in ROWS)), [[r[0], r[1], "", r[3], r[4]] for r in S], ""
    merged = [[c for c in r] for r in SOUND]
    merged[1][4] = '<Cell ss:MergeDown="1"><Data ss:Type="String">一班</Data></Cell>'
    merged[2] = merged[2][:4]
    yield "XML merged", spreadsheetml(merged), S, ""
    numbers = [SOUND[0]] + [[f'<Cell ss:StyleID="z"><Data ss:Type="Number">{int(r[0])}</Data></Cell>'] + r[1:] for r in ROWS]
    yield "XML zeros by format", spreadsheetml(numbers, head='<Styles><Style ss:ID="z"><NumberFormat ss:Format="0000000"/></Style></Styles>'), S, ""
    yield "XML cut off", spreadsheetml(SOUND)[:-40], None, "corrupt_file 0"
    yield "XML of something else", b'<?xml version="1.0"?><rss><channel/></rss>', None, "other_format 0"
    # no lists at all
    for name, content, kind in (("empty", b"", "corrupt_file"), ("blank", b"\r\n\r\n", "header_not_found"), ("PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "other_format"),
                                ("JPEG", b"\xff\xd8\xff\xe0\0\x10JFIF\0", "other_format"), ("Word", xlsx(SOUND)[:0] + docx(), "other_format"),
                                ("RAR", b"Rar!\x1a\x07\x01\0", "other_format"), ("MHT", b"MIME-Version: 1.0\nContent-Type: multipart/related", "other_format"),
                                ("a photograph of nothing", bytes(4096), "corrupt_file"), ("mixed encodings", csv(SOUND) + "0631004,王五,男,,一班\n".encode("gb18030"), "encoding"),
                                ("open quote", csv(SOUND) + b'0631004,"a\n', "corrupt_file"), ("ZIP of pictures", zipped(("1.jpg", b"\xff\xd8\xff")), "other_format"),
                                ("sealed ZIP", sealed(), "password"), ("bomb of blanks", zip_bomb(), "too_large"), ("entities", xlsx(entities()), "corrupt_file"),
                                ("paths", xlsx(SOUND, more=(("../../../etc/passwd", "x"),))[:-30], "corrupt_file"),
                                ("cell far out", xlsx(sheet_xml([HEAD]).replace('"A1"', '"ZZZ99999999"')), "corrupt_file"),
                                ("cell of 10 MB", xlsx(alter(B2="张" * 3500000)), "too_large")):
        place = {"open quote": 5}.get(name, 0)
        yield name, content, None, f"{kind} {place}"


def docx():
    return zipped(("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w/>"), ("_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                  '<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'))


def zipped(*parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts:
            file.writestr(name, content)
    return out.getvalue()


def sealed():
    """The flag of encryption set in every header, as ZIP programs with a password do."""
    data = bytearray(xlsx(SOUND))
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(magic)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(magic, at + 4)
    return bytes(data)


def zip_bomb():
    """A sheet that says it has 2 GB."""
    data = bytearray(xlsx(SOUND))
    at = data.find(b"xl/worksheets/sheet1.xml", data.find(b"PK\x01\x02")) - 46
    data[at + 24:at + 28] = struct.pack("<I", 2 << 30)
    return bytes(data)


def entities():
    return '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + sheet_xml(SOUND)[38:]


# -- judging --

def expected(text):
    out = []
    for item in filter(None, text.split(", ")):
        kind, place, *times = item.split()
        out += [(kind, place)] * (int(times[0][1:]) if times else 1)
    return sorted(out)


def found(answer):
    return sorted((p["kind"], "0" if p["kind"] == "ignored_row" else p["cell"]) for p in answer["problems"])


def limits():
    resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
    if "asan" not in os.environ.get("LANMU_SANITIZE", ""):
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


def dump(files):
    """What became of each; one process for all of them."""
    with tempfile.TemporaryDirectory(prefix="lanmu-lists-") as folder:
        paths = []
        for i, content in enumerate(files):
            paths.append(os.path.join(folder, f"{i}.xls"))
            with open(paths[-1], "wb") as file:
                file.write(content)
        done = subprocess.run([DUMP, *paths], capture_output=True, text=True, timeout=120, preexec_fn=limits)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0 and done.stderr == "" and len(answers) == len(files), (done.returncode, done.stderr[-500:], len(answers))
    return answers


def judge(name, answer, students, problems):
    wrong = []
    if expected(problems) != found(answer):
        wrong.append(f"{name}: expected {expected(problems)}, found {found(answer)}")
    if (students is None) != answer["refused"]:
        wrong.append(f"{name}: refused is {answer['refused']}")
    for i, student in enumerate(students or []):
        if i >= len(answer["students"]) or answer["students"][i][:len(student)] != list(student):
            wrong.append(f"{name}: student {i} is {answer['students'][i:i + 1]}, not {student}")
    if students is not None and len(answer["students"]) != len(students):
        wrong.append(f"{name}: {len(answer['students'])} students")
    for problem in answer["problems"]:
        if not problem["message"].endswith((".", ")")) or "{" in problem["message"] + problem["message_zh"]:
            wrong.append(f"{name}: no sentence: {problem['message']}")
    return wrong


def judge_all(cases):
    wrong = []
    for case, answer in zip(cases, dump([case[1] for case in cases])):
        wrong += judge(case[0], answer, case[2], case[3])
    assert not wrong, " | ".join(wrong)
    print(f"# {len(cases)} files")


def every_table_in_every_kind():
    cases = []
    for name, table, students, problems in table_cases():
        for kind, content in kinds_of(table):
            if name == "UTF-8 read as GBK" and kind == "gb18030.csv":
                continue  # those bytes are UTF-8 in part: refused as mixed
            cases.append((f"{name} ({kind})", content, students, problems))
    judge_all(cases)


def every_odd_file():
    judge_all(list(file_cases()))


def cut_anywhere():
    """A file that ends too soon is refused, or has a student or two fewer of a text that says nothing of its end; never another student."""
    files, kinds = [], []
    for kind, content in (("csv", csv(SOUND)), ("xlsx", xlsx(SOUND)), ("xml", spreadsheetml(SOUND)), ("html", html(html_rows(SOUND))), ("dbf", dbf([["XH", "XM", "XB", "SFZH", "BJ"]] + ROWS))):
        step = max(1, len(content) // 60)
        for at in range(1, len(content) - 1, step):
            files.append(content[:at])
            kinds.append((kind, at, len(content)))
    for (kind, at, length), answer in zip(kinds, dump(files)):
        if answer["refused"]:
            continue
        students = [s[:5] for s in answer["students"]]
        whole = students == ROWS
        assert whole or kind == "csv" and all(a == b or (i == len(students) - 1 and b[4].startswith(a[4]) and a[:4] == b[:4])
                                              for i, (a, b) in enumerate(zip(students, ROWS))), (kind, at, length, students)


def junk():
    """Bytes of no sense, and sound files with bytes changed: an answer each, and nobody who was not in the file but for the changed bytes themselves."""
    dice = random.Random(2027)
    files = [dice.randbytes(dice.randrange(1, 4000)) for _ in range(60)]
    for content in (xlsx(SOUND), dbf([["XH", "XM", "XB", "SFZH", "BJ"]] + ROWS), spreadsheetml(SOUND), html(html_rows(SOUND))):
        for _ in range(40):
            data = bytearray(content)
            for _ in range(dice.randrange(1, 6)):
                data[dice.randrange(len(data))] = dice.randrange(256)
            files.append(bytes(data))
    dump(files)


if __name__ == "__main__":
    sys.exit(run([(test.__name__, test) for test in (every_table_in_every_kind, every_odd_file, cut_anywhere, junk)]))

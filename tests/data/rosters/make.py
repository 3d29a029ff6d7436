"""Makes the lists in this folder again: three synthetic students as different programs write them, and files that mean harm.

Needs Debian's python3-openpyxl, python3-xlsxwriter, python3-xlwt and libreoffice-calc-nogui; the tests need none of them, the files are kept here.
sound-spreadsheet.xml.xls is written by spreadsheetml of tests/flow/rosters.py.
sound-*: the same three students each; damage-*: one damage each; hostile-*: to be refused with one sentence, in little time and memory.
"""
import datetime
import io
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile

import openpyxl
import xlsxwriter
import xlwt

HEADER = ["学号", "姓名", "性别", "身份证号", "班级"]
ROWS = [
    ["0631001", "张三", "女", "11010519491231002X", "一班"],
    ["0631002", "李四", "男", "440524188001010014", "一班"],
    ["0631003", "阿里·买买提", "男", "34052419800101001X", "二班"],
]
TABLE = [HEADER] + ROWS


def office(source, kind, target):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["soffice", "--headless", "--convert-to", kind, "--outdir", folder, source], check=True, capture_output=True)
        shutil.copy(os.path.join(folder, os.listdir(folder)[0]), target)


# -- xlsx --

def by_openpyxl():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "名单"
    sheet.append(["2027 届毕业生名单"])
    sheet.merge_cells("A1:F1")
    sheet.append(HEADER + ["出生日期"])
    for i, row in enumerate(ROWS):
        sheet.append(row + [datetime.date(2001, 2, 3 + i)])
    book.create_sheet("说明").append(["填写说明"])
    book.create_sheet("空")
    book.save("sound-openpyxl.xlsx")


def by_xlsxwriter():
    book = xlsxwriter.Workbook("sound-xlsxwriter.xlsx")
    sheet = book.add_worksheet("学生")
    zeros, bold = book.add_format({"num_format": "0000000"}), book.add_format({"bold": True})
    for column, name in enumerate(HEADER):
        sheet.write(0, column, name)
    for i, row in enumerate(ROWS, 1):
        sheet.write_number(i, 0, int(row[0]), zeros)
        sheet.write_rich_string(i, 1, bold, row[1][:1], row[1][1:])
        for column in (2, 3, 4):
            sheet.write_string(i, column, row[column])
    book.close()
    book = xlsxwriter.Workbook("sound-inline.xlsx", {"constant_memory": True})  # inline strings
    sheet = book.add_worksheet()
    for i, row in enumerate(TABLE):
        sheet.write_row(i, 0, row)
    book.close()


def by_office():
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "a.xlsx")
        book = openpyxl.Workbook()
        sheet = book.active
        for row in TABLE:
            sheet.append(row)
        for i in range(2, 5):  # the class and the number are results of formulas
            sheet[f"E{i}"] = f'=CONCATENATE("{"二" if i == 4 else "一"}","班")'
            sheet[f"A{i}"] = f'=TEXT(631000+{i - 1},"0000000")'
        book.save(source)
        office(source, "xlsx:Calc MS Excel 2007 XML", "sound-libreoffice.xlsx")
        office(source, "xls:MS Excel 97", "sound-libreoffice.xls")
        office(source, "html:HTML (StarCalc)", "sound-libreoffice.html.xls")


CONTENT = {
    "_rels/.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                   '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="/xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<?xml version="1.0"?><x:workbook xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
                       'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><x:sheets><x:sheet name="a" sheetId="1" r:id="rId1"/></x:sheets></x:workbook>',
    "xl/_rels/workbook.xml.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                                  '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="../xl/./worksheets/sheet1.xml"/>'
                                  "</Relationships>",
}


def own_sheet(rows):
    cells = "".join("<x:row>" + "".join(f'<x:c t="inlineStr"><x:is><x:t xml:space="preserve">{c}</x:t></x:is></x:c>' for c in row) + "</x:row>" for row in rows)
    return '<?xml version="1.0" encoding="UTF-8"?><x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>' + cells + "</x:sheetData></x:worksheet>"


def own_xlsx(name, sheet, how=zipfile.ZIP_DEFLATED, more=()):
    with zipfile.ZipFile(name, "w", how) as file:
        for part, text in CONTENT.items():
            file.writestr(zipfile.ZipInfo(part), text, how)
        file.writestr(zipfile.ZipInfo("xl/worksheets/sheet1.xml"), sheet, how)
        for part, text in more:
            file.writestr(zipfile.ZipInfo(part), text, how)


def by_hand():
    own_xlsx("sound-own.xlsx", own_sheet(TABLE))
    own_xlsx("sound-stored.xlsx", own_sheet(TABLE), zipfile.ZIP_STORED)  # what the fuzzer starts from
    shutil.copy("sound-own.xlsx", "sound-wrong-name.csv")


# -- xls, HTML, DBF --

def by_xlwt(name="sound-xlwt.xls"):
    book = xlwt.Workbook()
    sheet = book.add_sheet("名单")
    for i, row in enumerate(TABLE):
        for column, cell in enumerate(row):
            sheet.write(i, column, cell)
    book.save(name)
    return book


def html():
    table = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>\n" for row in TABLE)
    page = '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv=Content-Type content="text/html; charset=gb2312">' \
           f"<style>td {{mso-number-format:'\\@'}}</style></head><body><table border=1>{table}</table></body></html>"
    open("sound-gb.html.xls", "wb").write(page.encode("gb18030"))
    spans = "<tr><th rowspan=2>学号<th rowspan=2>姓名<th colspan=3>其他<tr><th>性别<th>身份证号<th>班级" \
            "<tr><td>0631001<td>张三<td>女<td>11010519491231002X<td rowspan=2>一班" \
            "<tr><td>0631002<td>李四<td rowspan=2>男<td>440524188001010014<tr><td>0631003<td>阿里&middot;买买提<td>34052419800101001X<td>二班"
    open("sound-spans.html", "wb").write(("\ufeff<!-- out of a school system -->\n<TABLE>" + spans + "</TABLE>").encode("utf-8"))


def dbf(name, encoding, mark, deleted=False):
    names, widths = ["XH", "XM", "XB", "SFZH", "班级"], [12, 40, 4, 18, 40]
    fields = b"".join(struct.pack("<11sc4xBB14x", n.encode(encoding), b"C", w, 0) for n, w in zip(names, widths))
    rows = ROWS[:1] + [["0639999", "已删", "男", "", "九班"]] * deleted + ROWS[1:]
    body = b"".join((b"*" if row[0] == "0639999" else b" ") + b"".join(c.encode(encoding).ljust(w) for c, w in zip(row, widths)) for row in rows)
    head = struct.pack("<BBBBIHH17xB2x", 3, 126, 6, 1, len(rows), 32 + len(fields) + 1, 1 + sum(widths), mark)
    open(name, "wb").write(head + fields + b"\r" + body + b"\x1a")


# -- damage --

def damage():
    book = xlsxwriter.Workbook("damage-numbers.xlsx")  # an ID number and a 考生号 as numbers: their last digits are invented
    sheet = book.add_worksheet("数字")
    sheet.write_row(0, 0, HEADER)
    for i, row in enumerate(ROWS, 1):
        sheet.write_row(i, 0, row)
        sheet.write_number(i, 3, int(row[3][:17] + "0"))
    book.close()
    book = openpyxl.Workbook()  # a filter hides a student, a sheet is hidden
    sheet = book.active
    for row in TABLE:
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    other = book.create_sheet("旧名单")
    other.sheet_state = "hidden"
    for row in TABLE:
        other.append(row)
    book.save("damage-hidden.xlsx")
    office("damage-hidden.xlsx", "xls:MS Excel 97", "damage-hidden.xls")
    book = openpyxl.Workbook()  # never calculated
    sheet = book.active
    for row in TABLE:
        sheet.append(row)
    sheet["B3"] = '=CONCATENATE("李","四")'
    book.save("damage-formula.xlsx")
    book = openpyxl.Workbook()  # the same student on two sheets
    book.active.title = "甲"
    for row in TABLE:
        book.active.append(row)
    other = book.create_sheet("乙")
    for row in [HEADER, ROWS[1]]:
        other.append(row)
    book.save("damage-twice.xlsx")


# -- harm --

def bomb():
    text = own_sheet(TABLE[:1])
    head, tail = text.split("</x:sheetData>")
    own_xlsx("hostile-rows.xlsx", head + "<x:row/>" * 1100000 + "</x:sheetData>" + tail)
    own_xlsx("hostile-cell.xlsx", own_sheet(TABLE + [["0631004", "长" * (10 << 20), "男", "", "一班"]]))
    own_xlsx("hostile-sparse.xlsx", text.replace("</x:sheetData>", '<x:row r="99999999"><x:c r="ZZZ99999999" t="str"><x:v>1</x:v></x:c></x:row></x:sheetData>'))
    own_xlsx("hostile-column.xlsx", text.replace("</x:sheetData>", '<x:row r="2"><x:c r="ZZZ2" t="str"><x:v>1</x:v></x:c></x:row></x:sheetData>'))
    wide = "".join(f'<x:c r="{c}2" t="str"><x:v>1</x:v></x:c>' for c in ("A", "XFD"))
    own_xlsx("hostile-wide.xlsx", text.replace("</x:sheetData>", f'<x:row r="2">{wide}</x:row></x:sheetData>'))
    own_xlsx("hostile-unbalanced.xlsx", head)
    shared = '<?xml version="1.0"?><sst>' + ("<si><t>" + "字" * 16000 + "</t></si>") * 3000 + "</sst>"
    relations = CONTENT["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>", '<Relationship Id="r2" Type="http://x.example/sharedStrings" Target="s.xml"/></Relationships>')
    saved, CONTENT["xl/_rels/workbook.xml.rels"] = CONTENT["xl/_rels/workbook.xml.rels"], relations
    own_xlsx("hostile-strings.xlsx", text, more=[("xl/s.xml", shared)])
    CONTENT["xl/_rels/workbook.xml.rels"] = saved


def entities():
    lines = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "lol"}">' for i in range(10))
    text = own_sheet(TABLE).replace("<x:worksheet", f"<!DOCTYPE x [{lines}]><x:worksheet", 1).replace("张三", "&l9;")
    own_xlsx("hostile-entities.xlsx", text)
    text = own_sheet(TABLE).replace("<x:worksheet", '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x:worksheet', 1).replace("张三", "&f;")
    own_xlsx("hostile-external.xlsx", text)


def paths():
    saved = CONTENT["xl/_rels/workbook.xml.rels"]
    CONTENT["xl/_rels/workbook.xml.rels"] = saved.replace("../xl/./worksheets/sheet1.xml", "../../../../../../etc/passwd")
    own_xlsx("hostile-paths.xlsx", own_sheet(TABLE), more=[("../../etc/cron.d/x", "x")])
    CONTENT["xl/_rels/workbook.xml.rels"] = saved


def locked():
    word = "EncryptedPackage".encode("utf-16-le")
    open("hostile-password.xlsx", "wb").write(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + word.ljust(64, b"\0") + bytes(448))
    book = by_xlwt("hostile-password.xls")
    data = book.get_biff_data()
    length = 4 + struct.unpack("<H", data[2:4])[0]
    data = data[:length] + struct.pack("<HHHHH", 0x2F, 6, 0, 1, 2) + data[length:]
    xlwt.CompoundDoc.XlsDoc().save("hostile-password.xls", data)


def broken():
    whole = open("sound-openpyxl.xlsx", "rb").read()
    open("hostile-truncated.xlsx", "wb").write(whole[:len(whole) // 2])
    whole = open("sound-xlwt.xls", "rb").read()
    open("hostile-truncated.xls", "wb").write(whole[:len(whole) // 3])
    open("hostile-noise.xls", "wb").write(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes((i * i * 7 + i) % 251 for i in range(8192)))
    whole = bytearray(open("sound-gbk.dbf", "rb").read())
    open("hostile-truncated.dbf", "wb").write(whole[:len(whole) - 60])
    whole[4:8] = b"\xff\xff\xff\x7f"
    open("hostile-count.dbf", "wb").write(whole)
    with zipfile.ZipFile("hostile-zip.xlsx", "w") as file:
        file.writestr("readme.txt", "no workbook")
    with zipfile.ZipFile("hostile-ods.xlsx", "w") as file:
        file.writestr("content.xml", "<x/>")
    nested = io.BytesIO()
    with zipfile.ZipFile(nested, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", b"\0" * (64 << 20))
    open("hostile-zeros.xlsx", "wb").write(nested.getvalue())
    open("hostile-html.xls", "wb").write(b"<table><tr><td>" + "字".encode() * 45000)


if __name__ == "__main__":
    os.chdir(os.path.dirname(os.path.abspath(sys.argv[0])))
    by_openpyxl(), by_xlsxwriter(), by_office(), by_hand(), by_xlwt(), html()
    dbf("sound-gbk.dbf", "gbk", 0x4D, True), dbf("sound-unmarked.dbf", "gbk", 0x57), dbf("sound-utf8.dbf", "utf-8", 0)
    damage(), bomb(), entities(), paths(), locked(), broken()

"""Student lists: import with every check, beside sqlite3's .import of the same rows into a bare table; finding somebody while typing."""
import json
import os
import shutil
import subprocess
import time
import zipfile

from parts import row

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
HEADER = ("学号", "姓名", "性别", "身份证号", "学院", "专业名称", "班级")
FAMILY, GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚"
MB = 1 << 20


def id_no(index):
    """Nobody's: the place code does not exist. No two are the same."""
    digits = f"{100000 + index // 336000:06}{1990 + index // 336 % 20}{index // 28 % 12 + 1:02}{index % 28 + 1:02}{index // 6720 % 500 * 2 + index % 2:03}"
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, WEIGHTS)) % 11]


def students(count):
    for i in range(count):
        name = FAMILY[i % len(FAMILY)] + GIVEN[i // 20 % len(GIVEN)] + GIVEN[i // 400 % len(GIVEN)]
        yield f"2023{i:08}", name, "男" if i % 2 else "女", id_no(i), "交通学院", "交通工程", f"交通{i // 40:05}班"


def lines(count):
    """One at a time: a list of a million tuples would stay with this process, and a child's first memory is its parent's."""
    yield HEADER
    yield from students(count)


def make_csv(path, count):
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(",".join(line) + "\n" for line in lines(count))


def make_xlsx(path, count):
    """As small writers do it: one sheet, texts in the cells."""
    def cells():
        yield '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        for number, line in enumerate(lines(count), 1):
            yield f'<row r="{number}">' + "".join(f'<c r="{letter}{number}" t="inlineStr"><is><t>{cell}</t></is></c>' for letter, cell in zip("ABCDEFG", line)) + "</row>"
        yield "</sheetData></worksheet>"
    relation = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" ' \
               'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/></Relationships>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        kind = "application/vnd.openxmlformats-"
        file.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                                             f'<Default Extension="rels" ContentType="{kind}package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
                                             f'<Override PartName="/xl/workbook.xml" ContentType="{kind}officedocument.spreadsheetml.sheet.main+xml"/>'
                                             f'<Override PartName="/xl/sheet1.xml" ContentType="{kind}officedocument.spreadsheetml.worksheet+xml"/></Types>')
        file.writestr("_rels/.rels", relation.format("officeDocument", "xl/workbook.xml"))
        file.writestr("xl/_rels/workbook.xml.rels", relation.format("worksheet", "sheet1.xml"))
        file.writestr("xl/workbook.xml", '<?xml version="1.0"?><workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
                                         '<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>')
        with file.open("xl/sheet1.xml", "w") as sheet:  # not in one piece either
            for piece in cells():
                sheet.write(piece.encode())


def timed(*command):
    """Seconds, and the most memory it had, in MB."""
    begin = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise RuntimeError(f"{os.path.basename(command[0])}: {said.decode().strip()[-120:]}")
    return time.monotonic() - begin, usage.ru_maxrss * 1024 / MB


def import_once(context, kind, count):
    name = f"roster-{kind}-{count}"
    path, data = context.path(f"{name}.{kind}"), context.path(name)
    (make_csv if kind == "csv" else make_xlsx)(path, count)
    program = os.path.join(context.build, "app/lanmuctl")
    timed(program, "--data", data, "init", "--campaign", "bench", "--school-code", "10618")
    return path, *timed(program, "--data", data, "import", path)


def bare(context, path):
    table = context.path("bare.db")
    if os.path.exists(table):
        os.unlink(table)
    return timed("sqlite3", table, "CREATE TABLE t (a PRIMARY KEY, b, c, d, e, f, g)", ".mode csv", f".import --skip 1 {path} t")[0]


def converted(context, path):
    """Seconds LibreOffice needs to make a CSV of the same workbook, and how to say it; it is no part of what the tests need."""
    program = shutil.which("soffice")
    if program is None:
        return None, "LibreOffice is not installed here: not compared"
    home = context.path("office-home")
    seconds, _ = timed("env", f"HOME={home}", program, "--headless", "--convert-to", "csv", "--outdir", context.path("office"), path)
    if not os.path.exists(os.path.join(context.path("office"), os.path.basename(path)[:-5] + ".csv")):
        return None, "LibreOffice without Calc here: not compared"
    return seconds, f"LibreOffice to CSV, without checks {seconds:.1f} s"


def imports(context):
    rows, large = [], 100_000 if context.quick else 1_000_000
    path, seconds, memory = import_once(context, "csv", 100_000)
    beside = bare(context, path)
    rows.append(row("import of 100,000 students, CSV, all checks", f"{seconds:.2f} s, {memory:.0f} MB", f"sqlite3 .import without checks {beside:.2f} s", "≤ 1 s",
                    seconds <= 1, seconds=seconds, memory_mb=memory, sqlite_s=beside))
    path, seconds, memory = import_once(context, "xlsx", 100_000)
    office, said = converted(context, path)
    rows.append(row("import of 100,000 students, xlsx, all checks", f"{seconds:.2f} s, {memory:.0f} MB", said, "≤ 3 s", seconds <= 3,
                    seconds=seconds, memory_mb=memory, office_s=office))
    if large > 100_000:
        path, seconds, memory = import_once(context, "csv", large)
        beside = bare(context, path)
        rows.append(row("import of 1,000,000 students, CSV, all checks", f"{seconds:.1f} s, {memory:.0f} MB", f"sqlite3 .import without checks {beside:.1f} s",
                        "≤ 10 s, ≤ 200 MB", seconds <= 10 and memory <= 200, seconds=seconds, memory_mb=memory, sqlite_s=beside))
    return rows


def find(context):
    count = 100_000 if context.quick else 1_000_000
    answer = json.loads(subprocess.run([os.path.join(context.build, "tests/bench/find"), str(count)], capture_output=True, check=True, text=True).stdout)
    return [row(f"find among {count:,} students, CPU a keystroke", f"{answer['find_median_ms']:.2f} ms, slowest {answer['find_slowest_ms']:.1f} ms",
                f"looking at every one {answer['look_median_ms']:.1f} ms", "≤ 5 ms", answer["find_slowest_ms"] <= 5, **answer)]

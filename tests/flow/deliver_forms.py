"""The forms of a delivery: tables, print sheets, originals beside portraits, zips; each read by tools that are not ours."""
import csv
import json
import os
import re
import sqlite3
import struct
import subprocess
import sys
import xml.etree.ElementTree as tree
import zipfile

from handover import a_campaign, files_of, refused, sha256sum
from rig import ctl, run

NAMES = {0: "𠮷·买买提", 1: "欧阳, “小”明"}


def named(rig):
    with sqlite3.connect(f"{rig.data}/lanmu.db") as db:
        for i, name in NAMES.items():
            db.execute("UPDATE student SET name = ? WHERE student_no = ?", (name, rig.numbers[i]))
    ctl(rig.data, "portraits")


def rows_of_xlsx(path):
    with zipfile.ZipFile(path) as book:
        space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
        shared = ["".join(t.text or "" for t in item.iter(f"{{{space['m']}}}t")) for item in tree.fromstring(book.read("xl/sharedStrings.xml")).findall("m:si", space)]
        rows = []
        for row in tree.fromstring(book.read("xl/worksheets/sheet1.xml")).iter(f"{{{space['m']}}}row"):
            cells = {}
            for cell in row.findall("m:c", space):
                value = cell.find("m:v", space)
                assert value is None or cell.get("t") == "s", "a cell that is no text"
                cells[re.match("[A-Z]+", cell.get("r")).group()] = "" if value is None else shared[int(value.text)]
            rows.append(cells)
    return rows


def rows_of_dbf(path):
    with open(path, "rb") as file:
        data = file.read()
    n, header, size = struct.unpack_from("<IHH", data, 4)
    assert data[29] == 0x4D, "no GBK"
    fields = []
    for at in range(32, header - 1, 32):
        fields.append((data[at:at + 11].split(b"\0")[0].decode(), data[at + 16]))
    rows = []
    for i in range(n):
        at, row = header + i * size + 1, {}
        for name, width in fields:
            row[name] = data[at:at + width].decode("gbk").rstrip()
            at += width
        rows.append(row)
    return rows


def every_table():
    with a_campaign(3) as rig:
        named(rig)
        out = f"{rig.folder}/out"
        forms = [word for form in ("csv", "gb18030", "xlsx", "dbf") for word in ("--table", form)]
        said = refused(rig.data, "deliver", out, *forms)
        assert said.count("code-page") == 2 and "𠮷" in said and rig.numbers[0] in said, said
        assert not os.path.exists(out)
        ctl(rig.data, "deliver", out, *forms, "--accept", "code-page")
        assert sha256sum(out)
        with open(f"{out}/list.csv", encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        with open(f"{out}/list-gb18030.csv", encoding="gb18030", newline="") as file:
            assert list(csv.reader(file)) == rows
        book = rows_of_xlsx(f"{out}/list.xlsx")
        assert [[row.get(letter, "") for letter in "ABCDEFGHIJKLM"] for row in book] == [row[:13] for row in rows]
        names = [row[rows[0].index("姓名")] for row in rows[1:]]
        assert names[:2] == [NAMES[0], NAMES[1]], names
        table = rows_of_dbf(f"{out}/list.dbf")
        assert [row["XH"] for row in table] == rig.numbers[:3]
        assert [row["XM"] for row in table] == ["", NAMES[1], names[2]], table
        with open(f"{out}/delivery.json", encoding="utf-8") as file:
            assert {entry["kind"] for entry in json.load(file)["named"]} == {"code-page"}


def originals_beside_portraits():
    with a_campaign(2) as rig:
        ctl(rig.data, "portraits")
        out = f"{rig.folder}/out"
        ctl(rig.data, "deliver", out, "--with-originals", "--name", "{student_no}", "--name", "name={name}-{student_no}")
        names = files_of(out)
        assert [name for name in names if name.startswith("originals/")] == [f"originals/{number}.jpg" for number in rig.numbers[:2]], names
        chosen = {row["student_no"]: row["sha256"] for row in rig.rows("shots") if row["chosen"]}
        with open(f"{out}/SHA256SUMS", encoding="utf-8") as file:
            sums = {line[66:-1]: line[:64] for line in file}
        assert all(sums[f"originals/{number}.jpg"] == chosen[number] != sums[f"{number}.jpg"] for number in rig.numbers[:2])
        assert "nothing to deliver" in refused(rig.data, "deliver", f"{rig.folder}/two", "--originals", "--new")
        assert "own" in refused(rig.data, "deliver", f"{rig.folder}/two", "--name", "Print={name}", code=2)


def print_sheets():
    with a_campaign(3) as rig:
        ctl(rig.data, "portraits")
        out = f"{rig.folder}/out"
        ctl(rig.data, "deliver", out, "--print", "jpeg", "--print", "pdf", "--name", "{class}/{student_no}")
        sheets = [name for name in files_of(out) if name.startswith("print/") and name.endswith(".jpg")]
        assert len(sheets) == 3, sheets
        for sheet in sheets:
            said = subprocess.run(["identify", "-format", "%w %h %x %y %U %[colorspace]", f"{out}/{sheet}"], capture_output=True, text=True, check=True).stdout.split()
            assert said[:2] == ["2100", "1500"] and {round(float(said[2]) * (2.54 if "Centimeter" in said[4] else 1))} == {300}, said
        pdf = f"{out}/print/交通工程1801班.pdf"
        pages = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
        assert re.search(r"Pages:\s+3\b", pages) and re.search(r"Page size:\s+504 x 360 pts", pages), pages
        text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
        assert all(number in text for number in rig.numbers[:3]) and "交通运输学院" in text, text
        # Twelve portraits of the right sizes: the backdrop's blue at each frame's upper corners, white paper between them.
        frames = [(40 + i * 433, 30, 413, 579) for i in range(4)] + [(40 + i * 315, 629 + j * 433, 295, 413) for i in range(4) for j in range(2)]
        raw = subprocess.run(["convert", f"{out}/{sheets[0]}", "-depth", "8", "rgb:-"], capture_output=True, check=True).stdout

        def is_blue(x, y):
            r, g, b = raw[3 * (y * 2100 + x):3 * (y * 2100 + x) + 3]
            return b > r + 60 and b > g + 20

        for x, y, width, height in frames:
            assert all(is_blue(a, b) for a in (x + 6, x + width - 7) for b in (y + 6, y + 40)), (x, y)
            assert not is_blue(x + width + 10, y + 40) and not is_blue(x + width // 2, y + height + 10), (x, y)
        refused(rig.data, "deliver", f"{rig.folder}/two", "--originals", "--print", "pdf", code=2)


def zips():
    with a_campaign(4) as rig:
        secret = f"{rig.folder}/password"
        with open(secret, "w", encoding="utf-8") as file:
            file.write("落花生 2027!\n")
        out = f"{rig.folder}/out"
        limit = 1000000  # four shots of some 330 kB
        answer = json.loads(ctl(rig.data, "--json", "deliver", out, "--originals", "--zip", "--split", "1M", "--password-file", secret).splitlines()[-1])
        names = files_of(out)
        archives = [name for name in names if name.endswith(".zip")]
        assert len(archives) >= 2 and set(names) == {*archives, "SHA256SUMS", "SHA256SUMS.sig", "delivery.json"}, names
        assert all(os.path.getsize(f"{out}/{name}") <= limit for name in archives)
        assert sha256sum(out)
        with open(f"{out}/delivery.json", encoding="utf-8") as file:
            assert rig.numbers[0] not in file.read()
        listing = subprocess.run(["7z", "l", "-slt", f"{out}/{archives[0]}"], capture_output=True, text=True, check=True).stdout
        assert "AES-256" in listing, listing
        for archive in archives:
            subprocess.run(["7z", "x", "-y", "-p落花生 2027!", f"-o{rig.folder}/unpacked", f"{out}/{archive}"], check=True, stdout=subprocess.DEVNULL)
            assert subprocess.run(["7z", "t", "-pwrong", f"{out}/{archive}"], capture_output=True, check=False).returncode != 0
        assert sha256sum(f"{rig.folder}/unpacked")
        ctl("/nowhere", "verify-delivery", f"{rig.folder}/unpacked", "--key", answer["key"])
        proof = json.loads(ctl("/nowhere", "--json", "verify-delivery", out, "--password-file", secret))
        assert proof["files"] == answer["files"] + len(archives) + 1 and proof["key"] == answer["key"], (proof, answer)
        assert "password" in refused("/nowhere", "verify-delivery", out)
        with open(f"{out}/{archives[0]}", "r+b") as file:
            file.seek(3000)
            file.write(b"lanmu")
        assert archives[0] in refused("/nowhere", "verify-delivery", out, "--password-file", secret)
        with open(secret, "w", encoding="utf-8") as file:
            file.write("kurz\n")
        refused(rig.data, "deliver", f"{rig.folder}/two", "--originals", "--zip", "--password-file", secret, code=2)
        refused(rig.data, "deliver", f"{rig.folder}/two", "--originals", "--split", "1G", code=2)
        ctl(rig.data, "deliver", f"{rig.folder}/plain", "--originals", "--zip")
        with zipfile.ZipFile(f"{rig.folder}/plain/plain-1.zip") as archive:
            assert archive.testzip() is None and len([name for name in archive.namelist() if name.endswith(".jpg")]) == 4


def moved_by_hand():
    """A portrait that was moved and not made again is not the one somebody looked at: named, not handed over."""
    with a_campaign(2) as rig:
        ctl(rig.data, "portraits")
        shot = next(row["shot"] for row in rig.rows("shots") if row["chosen"] and row["student_no"] == rig.numbers[1])
        ctl(rig.data, "crop", shot, "--dx", "3")
        said = refused(rig.data, "deliver", f"{rig.folder}/out", "--name", "{student_no}")
        assert said.count("no-portrait") == 1 and rig.numbers[1] in said, said
        ctl(rig.data, "deliver", f"{rig.folder}/out", "--name", "{student_no}", "--accept", "no-portrait")
        assert f"{rig.numbers[1]}.jpg" not in files_of(f"{rig.folder}/out")
        ctl(rig.data, "portraits")
        ctl(rig.data, "deliver", f"{rig.folder}/two", "--name", "{student_no}")
        assert f"{rig.numbers[1]}.jpg" in files_of(f"{rig.folder}/two")


sys.exit(run([(flow.__name__, flow) for flow in (every_table, originals_beside_portraits, print_sheets, zips, moved_by_hand)]))

"""A day by commands beside a real station: schedule, count at the door, shots, fees, close-out, make-up; four numbers that agree wherever they are asked for."""
import contextlib
import datetime
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import zipfile

from rig import DEADLINE, Camera, Rig, Station, ctl, run

FIRST, SECOND = "交通工程1801班", "信息工程1802班"
FEE = 1500
CHEAP = ["--shot-ms", "30", "--startup-ms", "20", "--fps", "5", "--live-size", "320x240", "--shot-size", "480x320"]


class Day:
    def __init__(self, model):
        self.rig = Rig(6)
        self.data, self.folder, self.numbers = self.rig.data, self.rig.folder, self.rig.numbers
        self.others = [f"63180904{i:04d}" for i in range(101, 104)]
        with open(self.path("more.csv"), "w", encoding="utf-8") as out:
            out.write("学号,姓名,性别,班级,专业名称,学院\n" + "".join(f"{no},马{'甲乙丙'[i]},男,{SECOND},信息工程,信息学院\n" for i, no in enumerate(self.others)))
        self.ctl("import", self.path("more.csv"))
        self.ctl("settings", f"campaign.fee={FEE}")
        self.camera = Camera(self.folder, "--model", model, *CHEAP)

    def path(self, name):
        return os.path.join(self.folder, name)

    def ctl(self, *words, expect=0):
        return ctl(self.data, *words, expect=expect)

    def json(self, *words, expect=0):
        return [json.loads(line) for line in self.ctl("--json", *words, expect=expect).splitlines() if line.startswith("{")]

    def day(self):
        return self.json("day")[0]

    def of(self, name):
        return next(row for row in self.day()["classes"] if row["class"] == name)

    @contextlib.contextmanager
    def station(self):
        station = Station(self.data, self.camera.spec).ready()
        try:
            yield station
            station.quit()
        finally:
            if station.process.poll() is None:
                station.kill()

    def look_at_card(self):
        with self.station():
            pass

    def missing(self, name, *more):
        return {row["kind"]: row["number"] for row in self.json("closeout", *more, name, expect=1)[0]["missing"]}

    def schedule(self):
        today = datetime.date.today().isoformat()
        with open(self.path("s.csv"), "w", encoding="utf-8") as out:
            out.write(f"2027届拍摄安排表,,,,,,\n学院,班级,日期,时间,地点,辅导员,电话\n信息学院,{SECOND},{today},9：00～9：40,教201,陈老师,138\n"
                      f"交通运输学院,{FIRST},{today},下午2:00-2:30,教201,李老师,139\n")
        self.ctl("schedule", "import", self.path("s.csv"))
        self.ctl("schedule", "move", FIRST, "--before", SECOND)
        self.ctl("schedule", "add", SECOND, "--date", today, "--time", "14:10-14:20", "--place", "教201", expect=1)  # the room is taken

    def close(self):
        self.camera.stop()
        self.rig.close()


def photograph(station, number):
    """Whoever is called next, and it is the one we expect."""
    station.must("next")
    status = station.must("status")
    assert status["student_no"] == number, (number, status)
    station.must("shoot")
    station.must("wait")
    station.must("accept")


def text_of(pdf):
    if shutil.which("pdftotext") is None:
        return None
    return subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True, timeout=30).stdout


def cells_of(xlsx):
    with zipfile.ZipFile(xlsx) as book:
        return book.read("xl/sharedStrings.xml").decode()


def four(row):
    return tuple(row[word] for word in ("expected", "present", "photographed", "paid"))


def agree(day):
    """The classes' sums, the settlement and the rows themselves, counted by another hand."""
    said = day.day()
    classes = said["classes"]
    assert four(said) == tuple(sum(column) for column in zip(*map(four, classes))), said
    settled = {(row["college"], row["class"]): row for row in day.json("fees", "settlement")}
    for row in classes + [{**said, "class": "", "college": ""}]:
        sums = settled[(row["college"], row["class"])]
        assert four(sums) == four(row) and sums["due_fen"] == FEE * row["photographed"], (row, sums)
        assert sums["difference_fen"] == sums["paid_fen"] - sums["due_fen"], sums
    with contextlib.closing(sqlite3.connect(os.path.join(day.data, "lanmu.db"))) as db:
        (expected, shot) = db.execute("SELECT count(*), sum(state = 'accepted') FROM student").fetchone()
        (chosen,) = db.execute("SELECT count(DISTINCT student_id) FROM shot WHERE state = 'attached' AND student_id IS NOT NULL").fetchone()
    assert (said["expected"], said["photographed"], said["photographed"]) == (expected, shot, chosen), (said, expected, shot, chosen)
    return said


def morning(day):
    """Counted, photographed, paid: those marked missing are never called."""
    n = day.numbers
    day.schedule()
    assert [row["class"] for row in day.day()["classes"]] == [FIRST, SECOND]
    day.ctl("presence", "all", FIRST, "--but", f"{n[1]}, {n[4]}")
    day.ctl("presence", "all", FIRST, "--but", day.others[0], expect=1)  # of another class
    assert four(day.of(FIRST)) == (6, 4, 0, 0), day.of(FIRST)
    with day.station() as station:
        for number in (n[0], n[2], n[3], n[5]):
            photograph(station, number)
        station.must("next")
        assert station.must("status")["student_no"] == day.others[0]
        station.must("skip")
    day.ctl("fees", "paid", n[0], n[2], n[3])
    day.ctl("fees", "paid", n[1], n[0], expect=1)  # one has paid: nobody of the call
    assert four(day.of(FIRST)) == (6, 4, 4, 3), day.of(FIRST)
    agree(day)


def closed(day):
    n = day.numbers
    blocks = day.missing(FIRST, "check")
    assert blocks == {"waiting": 2, "card-not-looked": 1}, blocks
    assert day.missing(FIRST, "close", "--settle") == {"card-not-looked": 1}
    assert {row["state"] for row in day.json("presence", FIRST) if row["student_no"] in (n[1], n[4])} == {"waiting"}, "a refused close-out changed states"
    day.look_at_card()
    answer = day.json("closeout", "close", FIRST, "--settle", "--sheet", day.path("sheet.pdf"))[0]
    assert answer["ok"] and answer["sheet"] == 1 and answer["absent"] == 2, answer
    row = day.json("closeout")[0]
    assert row["stands"] and hashlib.sha256(row["record"].encode()).hexdigest() == row["sha256"]
    text = text_of(day.path("sheet.pdf"))
    for word in ("班级结单", FIRST, "000001", row["sha256"][:16], "已拍 4 人", "缺拍 2 人", *n, "辅导员"):
        assert text is None or word in text, f"not on the sheet: {word}\n{text}"
    day.ctl("closeout", "close", FIRST, expect=1)  # nothing changed since
    assert day.of(FIRST)["status"] == "closed" and day.of(FIRST)["sheet"] == 1
    agree(day)


def absent_lists(day):
    n = day.numbers
    rows = day.json("absent", "--xlsx", day.path("absent.xlsx"), "--pdf", day.path("absent.pdf"))
    assert [(row["student_no"], row["why"]) for row in rows] == [(n[1], "absent"), (n[4], "absent")], rows
    cells, text = cells_of(day.path("absent.xlsx")), text_of(day.path("absent.pdf"))
    for number in (n[1], n[4], "10618"):
        assert number in cells and (text is None or number in text), (number, text)
    assert n[0] not in cells


def make_up(day):
    """The round changes a closed class: it says so, and is closed anew under the next number, the first sheet stays what it was."""
    n = day.numbers
    assert day.json("makeup", "begin")[0]["students"] == 2
    day.ctl("presence", "present", n[4])
    with day.station() as station:
        photograph(station, n[4])
    assert day.json("makeup", "end")[0]["students"] == 1
    assert [row["student_no"] for row in day.json("absent")] == [n[1]]
    changed = day.of(FIRST)
    assert changed["differs"] and four(changed) == (6, 5, 5, 3), changed
    day.look_at_card()
    assert day.json("closeout", "close", FIRST)[0]["sheet"] == 2
    first, second = day.json("closeout")
    assert not first["stands"] and second["stands"] and first["sha256"] != second["sha256"]
    assert not day.of(FIRST)["differs"]
    agree(day)


def reopened(day):
    day.ctl("closeout", "reopen", FIRST, expect=2)
    day.ctl("closeout", "reopen", FIRST, "--reason", "wrong fee")
    assert day.of(FIRST)["sheet"] == 0
    day.ctl("closeout", "reopen", FIRST, "--reason", "again", expect=1)
    day.ctl("closeout", "sheet", "1", day.path("old.pdf"))
    text = text_of(day.path("old.pdf"))
    assert text is None or "重开" in text, text
    day.ctl("verify")
    with contextlib.closing(sqlite3.connect(os.path.join(day.data, "lanmu.db"))) as db:
        actions = {row[0] for row in db.execute("SELECT DISTINCT action FROM audit")}
    assert len([word for word in actions if word.startswith("class.")]) >= 3, actions


def forecast(day):
    """What the station reads off the camera while nothing is on its way is what `day` speaks of."""
    day.camera.control("battery 63")
    with day.station():
        end = time.monotonic() + DEADLINE
        while day.day()["forecast"]["battery"] != 63:
            assert time.monotonic() < end, f"the station never noted the battery: {day.day()['forecast']}"
            time.sleep(0.1)
    said = day.day()["forecast"]
    assert said["disk_students"] > 0 and said["card_students"] > 0, said
    assert said["remaining"] == sum(row["remaining"] for row in day.day()["classes"]), said


def main(model):
    day = Day(model)
    try:
        steps = (morning, closed, absent_lists, make_up, reopened, forecast)
        sys.argv = sys.argv[:1]  # each goes on from the one before: none can be left out
        return run([(step.__name__, lambda step=step: step(day)) for step in steps])
    finally:
        day.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

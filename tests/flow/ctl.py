"""lanmuctl as its users meet it: real processes, real files. What is refused is said in one sentence, with its exit code, and changes nothing."""
import fcntl
import hashlib
import json
import os
import resource
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import termios

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from rig import LANMUCTL, run  # noqa: E402

HEADER = "学号,姓名,性别,身份证号,班级\n"
SOUND = HEADER + "0631001,张三,女,11010519491231002X,一班\n0631002,李四,男,440524188001010014,一班\n"


class Folder:
    """A place of its own with a data folder in it."""

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="lanmu-ctl-")
        os.chmod(self.path, 0o755)
        self.data = os.path.join(self.path, "data")
        return self

    def __exit__(self, *what):
        subprocess.run(["chmod", "-R", "u+w", self.path], check=False)
        shutil.rmtree(self.path)

    def file(self, name, content):
        path = os.path.join(self.path, name)
        with open(path, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        return path

    def campaign(self, *words):
        ctl(self, "init", "--campaign", "2027 届", "--school-code", "10618", *words)
        return self


def call(words, code=0, program=LANMUCTL, env=None, **options):
    done = subprocess.run([program, *words], capture_output=True, env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "en", **(env or {})}, timeout=120, **options)
    out, err = done.stdout.decode(), done.stderr.decode()
    assert done.returncode == code, f"{words}: exit {done.returncode}, not {code}: {out[-300:]}{err}"
    if code == 0:
        assert err == "", err
    else:
        assert err.startswith("lanmuctl: ") and err.count("\n") == 1, f"not one sentence: {err!r}"
    return out, err


def ctl(folder, *words, code=0, **options):
    return call(["--data", folder.data, *words], code, **options)


def lines(folder, *words, code=0, **options):
    """Every line of a --json answer."""
    return [json.loads(line) for line in ctl(folder, "--json", *words, code=code, **options)[0].splitlines()]


def fingerprint(folder):
    """All that a refusal must leave alone: the rows, and every other file byte for byte."""
    found = {}
    for where, _, names in os.walk(folder.data):
        for name in names:
            path = os.path.join(where, name)
            if name.startswith("lanmu.db-") or name == "lock":
                continue
            if name == "lanmu.db" and open(path, "rb").read(15) == b"SQLite format 3" and folder.rows_readable:
                with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
                    found[path] = hashlib.sha256("\n".join(db.iterdump()).encode()).hexdigest()
            else:
                found[path] = hashlib.sha256(open(path, "rb").read()).hexdigest()
    return found


Folder.rows_readable = True


def unchanged(folder, *words, code=1, **options):
    before = fingerprint(folder)
    answer = ctl(folder, *words, code=code, **options)
    assert fingerprint(folder) == before, f"{words} changed something"
    return answer


def make_and_again():
    with Folder() as folder:
        out, _ = ctl(folder, "init", "--campaign", "2027 届", "--school-code", "10618", "--profile", "diploma", "--delete-after", "2027-12-31")
        assert "2027 届" in out
        assert lines(folder, "students") == []
        _, err = unchanged(folder, "init", "--campaign", "x", "--school-code", "10618")
        assert "already" in err and folder.data in err, err


def wrong_usage():
    with Folder() as folder:
        folder.campaign()
        for words in (["init"], ["init", "--campaign", "x"], ["init", "--campaign", "x", "--school-code", "106"], ["init", "--campaign", "", "--school-code", "10618"],
                      ["init", "--campaign", "x", "--school-code", "10618", "--profile", "visa"], ["init", "--campaign", "x", "--school-code", "10618", "--delete-after", "soon"],
                      ["import"], ["import", "a", "b"], ["import", "a", "--map", "x"], ["import", "a", "--map", "x=y"], ["import", "a", "--accept", "nonsense"],
                      ["import", "a", "--accept", "duplicate_student_no"], ["students", "--state", "x"], ["students", "x"], ["shots", "--state", "x"], ["tickets", "--state", "x"],
                      ["quarantine", "give"], ["quarantine", "assign", "x"], ["repair", "swap", "x"], ["repair", "undo", "x"],
                      ["repair", "swap", "x", "y", "--apply"], ["repair", "swap", "x", "y", "--back"], ["backup", "--second", ""], ["verify", "--anchor", "x"], ["restore"],
                      ["camera"], ["camera", "x"], ["camera", "probe", "x"], ["camera", "settings", "iso"],
                      ["sample", "--students", "0"], ["sample", "--students", "2", "--classes", "3"], ["dance"], []):
            unchanged(folder, *words, code=2)
        for command in ("init", "import", "students", "shots", "tickets", "quarantine", "repair", "verify", "audit", "backup", "camera", "doctor", "sample", "station"):
            _, err = unchanged(folder, command, "--no-such-option", code=2)
            assert f"lanmuctl {command} --help" in err, err
        _, err = call(["--no-such-option", "verify"], 2)
        assert "--no-such-option" in err
        _, err = call(["quarantin"], 2)
        assert "quarantine" in err, "no hint at the nearest command"


def help_and_version():
    assert call(["--version"])[0].startswith("lanmuctl ")
    out, _ = call(["--help"])
    for command in ("init", "import", "students", "station", "shots", "tickets", "quarantine", "repair", "verify", "audit", "backup", "camera", "doctor", "sample"):
        assert f"\n  {command} " in out, command
        assert "Options:" in call([command, "--help"])[0]


def good_lists():
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        with Folder() as folder:
            folder.campaign()
            answer = lines(folder, "import", folder.file("list.csv", SOUND.encode(encoding)))[0]
            assert answer["imported"] == 2 and not answer["refused"] and answer["problems"] == [], answer
            students = lines(folder, "students")
            assert [(s["student_no"], s["name"], s["sex"], s["class"], s["state"], s["takes"]) for s in students] == [
                ("0631001", "张三", "女", "一班", "waiting", 0), ("0631002", "李四", "男", "一班", "waiting", 0)], students
            assert students[0]["id_no"] == "11010519491231002X"
            assert "11010519491231002X" not in ctl(folder, "students")[0], "an ID number stands unmasked on the screen"
            again = lines(folder, "import", folder.file("list.csv", SOUND.encode(encoding)))[0]
            assert again["imported"] == 0 and again["unchanged"] == 2, again


def refused_lists():
    for name, content, kind, row in (
            ("scientific", HEADER + "6.31E+11,张三,女,,一班\n", "excel_scientific", 2),
            ("zero tail", HEADER + "1,张三,男,510322199001011000,一班\n", "excel_zero_tail", 2),
            ("check digit", HEADER + "1,张三,男,110105194912310021,一班\n", "bad_check_digit", 2),
            ("sex", HEADER + "1,张三,男,11010519491231002X,一班\n", "sex_mismatch", 2),
            ("zeros", HEADER + "01,甲,,,一班\n02,乙,,,一班\n3,丙,,,一班\n", "lost_leading_zero", 4),
            ("same number", HEADER + "1,张三,,,一班\n1,李四,,,一班\n", "duplicate_student_no", 3),
            ("same ID", HEADER + "1,张三,女,11010519491231002X,一班\n2,李四,女,11010519491231002X,一班\n", "duplicate_id_no", 3),
            ("glyph", HEADER + "1,张?,,,一班\n", "missing_glyph", 2),
            ("no name", HEADER + "1,,,,一班\n", "missing_required", 2),
            ("wrong header", "编号,名字们,单位\n1,张三,一班\n", "header_not_found", 0),
            ("wrong encoding", (HEADER + "1,张三,,,一班\n").encode("utf-8")[:-8] + b"\xff\xfe\xff\n", "encoding", 0),
            ("workbook", b"PK\x03\x04" + b"x" * 100, "corrupt_file", 0),
            ("picture", b"\x89PNG\r\n\x1a\n" + b"x" * 100, "other_format", 0),
            ("binary", bytes(range(256)) * 10, "corrupt_file", 0),
            ("empty", b"", "corrupt_file", 0)):
        with Folder() as folder:
            folder.campaign()
            path = folder.file("list.csv", content)
            before = fingerprint(folder)
            out, err = ctl(folder, "--json", "import", path, code=1)
            answer = json.loads(out)
            assert answer["refused"] and answer["imported"] == 0, (name, answer)
            assert any(p["kind"] == kind and p["row"] == row and p["message"] and p["message_zh"] for p in answer["problems"]), (name, answer["problems"])
            unchanged(folder, "import", path)
            unchanged(folder, "import", "--dry-run", path)
            assert fingerprint(folder) == before and lines(folder, "students") == [], name


def one_bad_row_among_many():
    """All or nothing: 5,000 good rows do not carry one bad one in."""
    with Folder() as folder:
        folder.campaign()
        rows = "".join(f"2021{i:05},学生{i},,,{i // 40}班\n" for i in range(5000))
        unchanged(folder, "import", folder.file("list.csv", HEADER + rows + "202100001,别人,,,1班\n"))
        assert lines(folder, "students") == []


def accepted_damage():
    with Folder() as folder:
        folder.campaign()
        path = folder.file("list.csv", HEADER + "1,张三,男,110105194912310021,一班\n")
        answer = lines(folder, "import", "--accept", "bad_check_digit", path)[0]
        assert answer["imported"] == 1 and answer["problems"][0]["severity"] == "warning", answer


def mapped_columns():
    with Folder() as folder:
        folder.campaign()
        path = folder.file("list.csv", "编号;谁;哪班\n0001;张三;一班\n")
        unchanged(folder, "import", path)
        ctl(folder, "import", "--map", "编号=student_no,谁=name,哪班=class", path)
        assert lines(folder, "students")[0]["student_no"] == "0001"


def later_list():
    """A list that comes again is compared: nothing of it is applied until each kind of change was looked at."""
    with Folder() as folder:
        folder.campaign()
        ctl(folder, "import", folder.file("a.csv", SOUND))
        changed = HEADER + "0631001,张叁,女,11010519491231002X,二班\n0631003,王五,,,一班\n"
        report = os.path.join(folder.path, "report.xlsx")
        path = folder.file("b.csv", changed)
        out, _ = unchanged(folder, "import", path, "--report", report)
        assert "--accept changed_student,moved_class" in out and "row 2 B [姓名]" in out, out
        with open(report, "rb") as file:
            assert file.read(4) == b"PK\x03\x04"
        unchanged(folder, "import", path, "--report", path)
        unchanged(folder, "import", path, "--accept", "changed_student")
        answer = lines(folder, "import", path, "--accept", "changed_student,moved_class")[0]
        assert (answer["new"], answer["changed"], answer["moved"], answer["missing"]) == (1, 1, 1, 1), answer
        assert [(s["student_no"], s["name"], s["class"]) for s in lines(folder, "students")] == [
            ("0631002", "李四", "一班"), ("0631003", "王五", "一班"), ("0631001", "张叁", "二班")]


def remembered_columns():
    with Folder() as folder:
        folder.campaign()
        ctl(folder, "import", "--map", "学号=A,谁=name,C=class", folder.file("a.csv", "编号,谁,哪班\n0001,张三,一班\n"))
        ctl(folder, "import", folder.file("b.csv", "哪班,谁,编号\n一班,李四,0002\n"))
        assert [s["name"] for s in lines(folder, "students")] == ["张三", "李四"]
        ctl(folder, "import", "--map", "", folder.file("c.csv", HEADER + "0003,王五,,,一班\n"))
        unchanged(folder, "import", folder.file("d.csv", "哪班,谁,编号\n一班,赵六,0004\n"))


def hard_names():
    """Long names, four-byte characters, middle dots: byte for byte from the file to every answer, and found by what people type."""
    long = "阿卜杜热合曼" * 9 + "·买买提"
    names = [long, "𠮷田𬭎", "王㛃", "买买提·艾力", "张三", "单雄信"]
    for encoding in ("utf-8", "gb18030"):
        with Folder() as folder:
            folder.campaign()
            ctl(folder, "import", folder.file("a.csv", (HEADER + "".join(f"2027{i:03},{name},,,一班\n" for i, name in enumerate(names))).encode(encoding)))
            assert [s["name"] for s in lines(folder, "students")] == names
            assert [s["name"] for s in lines(folder, "students", "--by-name")] == [long, "单雄信", "买买提·艾力", "王㛃", "张三", "𠮷田𬭎"]
            for text, found in (("𬭎", ["𠮷田𬭎"]), ("买买提•", ["买买提·艾力"]), ("zs", ["张三"]), ("shanx", ["单雄信"]), ("27003", ["买买提·艾力"]), ("一班", names), ("qq", [])):
                assert [s["name"] for s in lines(folder, "students", "--find", text)] == found, (encoding, text)
            ctl(folder, "correction", "add", "2027000", "name=" + long + "𠮷")
            assert lines(folder, "correction")[0]["new"] == long + "𠮷"


def walkins_and_slips():
    with Folder() as folder:
        folder.campaign()
        ctl(folder, "import", folder.file("a.csv", SOUND))
        assert lines(folder, "walkin", "--name", " 赵　六 ", "--class", "一班", "--sex", "男")[0]["student_no"] == "W0001"
        assert [s["name"] for s in lines(folder, "students")] == ["张三", "李四", "赵六"]
        for words in (["walkin"], ["walkin", "--name", " "], ["walkin", "--name", "x", "--no", "a b"], ["walkin", "--name", "x", "--sex", "z"], ["correction", "add", "0631001"],
                      ["correction", "add", "0631001", "鞋码=42"], ["correction", "add", "0631001", "name"], ["correction", "tear"]):
            unchanged(folder, *words, code=2)
        for words in (["walkin", "--name", "x", "--no", "0631001"], ["walkin", "--name", "x", "--class", "九班"], ["correction", "add", "9", "name=x"],
                      ["correction", "add", "0631001", "name=张三"], ["correction", "withdraw", "7"]):
            unchanged(folder, *words)
        ctl(folder, "correction", "add", "0631001", "身份证号=110105194912310038", "--note", "末位")
        out, _ = ctl(folder, "correction")
        assert "1101**********0038" in out and "110105194912310038" not in out, out
        table = os.path.join(folder.path, "slips.xlsx")
        ctl(folder, "correction", "--out", table)
        assert open(table, "rb").read(4) == b"PK\x03\x04"
        ctl(folder, "correction", "withdraw", "1")
        assert lines(folder, "correction") == [] and lines(folder, "correction", "--all")[0]["withdrawn"]
        ctl(folder, "verify")


def noise():
    with Folder() as folder:
        folder.campaign()
        block = os.urandom(1 << 20)
        path = folder.file("noise.csv", block * 20)
        os.truncate(path, 600 << 20)
        _, err = unchanged(folder, "import", path)
        assert "too large" in err, err
        os.truncate(path, 20 << 20)
        _, err = unchanged(folder, "import", path)
        assert "no text" in err or "neither" in err, err


def no_campaign():
    with Folder() as folder:
        for words in (["students"], ["shots"], ["tickets"], ["verify"], ["audit"], ["import", folder.file("list.csv", SOUND)], ["backup", folder.path + "/b"], ["station"]):
            _, err = ctl(folder, *words, code=1)
            assert "lanmuctl init" in err, err
            assert not os.path.exists(folder.data), f"{words} made the folder"


def newer_database():
    with Folder() as folder:
        folder.campaign()
        db = sqlite3.connect(os.path.join(folder.data, "lanmu.db"))
        db.execute("PRAGMA user_version = 9999")
        db.close()
        folder.rows_readable = False
        for words in (["students"], ["verify"], ["import", folder.file("list.csv", SOUND)], ["init", "--campaign", "x", "--school-code", "10618"], ["station"]):
            answer = json.loads(unchanged(folder, "--json", *words)[0])
            assert answer["ok"] is False and answer["kind"] == "newer" and answer["message"], answer


def damaged_database():
    for damage in (b"this is no database at all" * 400, None):
        with Folder() as folder:
            folder.campaign()
            path = os.path.join(folder.data, "lanmu.db")
            if damage is None:  # the head is right, the body is torn
                with open(path, "r+b") as file:
                    file.seek(4096)
                    file.write(b"\x5a" * 8192)
            else:
                with open(path, "wb") as file:
                    file.write(damage)
            folder.rows_readable = False
            for words in (["students"], ["verify"], ["import", folder.file("list.csv", SOUND)], ["init", "--campaign", "x", "--school-code", "10618"]):
                answer = json.loads(unchanged(folder, "--json", *words)[0].splitlines()[-1])
                assert answer["ok"] is False and answer["kind"] == "corrupt", (words, answer)


def read_only_folder():
    """As a user who may not write: root may always, so a copy of the program runs as nobody."""
    with Folder() as folder:
        folder.campaign()
        program = shutil.copy(LANMUCTL, folder.path)
        os.chmod(program, 0o755)
        path = folder.file("list.csv", SOUND)
        subprocess.run(["chmod", "-R", "a+rX,a-w", folder.data], check=True)

        def as_nobody():
            if os.getuid() == 0:
                os.setgid(65534)
                os.setuid(65534)

        before = fingerprint(folder)
        out, err = ctl(folder, "--json", "import", path, code=1, program=program, preexec_fn=as_nobody)
        assert json.loads(out)["kind"] == "read_only", (out, err)
        assert fingerprint(folder) == before


def full_disk():
    """A disk that ends in the middle of the import, as a limit of file sizes."""
    with Folder() as folder:
        folder.campaign()
        path = folder.file("list.csv", HEADER + "".join(f"2021{i:05},学生{i},,,{i // 40}班\n" for i in range(20000)))

        def little_room():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (400 << 10, 400 << 10))

        before = fingerprint(folder)
        out, err = ctl(folder, "--json", "import", path, code=1, preexec_fn=little_room)
        assert json.loads(out)["kind"] == "full", (out, err)
        assert fingerprint(folder) == before
        assert lines(folder, "import", path)[0]["imported"] == 20000


def in_use():
    """A station holds the folder: who writes is told by whom, who reads is not disturbed."""
    with Folder() as folder:
        folder.campaign("--sample")
        station = subprocess.Popen([LANMUCTL, "--data", folder.data, "--camera", "none", "station"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            assert json.loads(station.stdout.readline()).get("re") == "start"
            _, err = ctl(folder, "import", folder.file("list.csv", SOUND), code=1)
            assert str(station.pid) in err, err
            assert json.loads(ctl(folder, "--json", "quarantine", "discard", "x", code=1)[0])["kind"] == "in_use"
            assert len(lines(folder, "students")) == 60
            ctl(folder, "verify")
            ctl(folder, "shots")
        finally:
            station.communicate("quit\n", timeout=60)
        ctl(folder, "import", folder.file("list.csv", SOUND))


def json_of_every_list():
    with Folder() as folder:
        folder.campaign("--sample")
        keys = {"student_no", "name", "sex", "id_no", "class", "major", "college", "state", "takes", "chosen"}
        students = lines(folder, "students")
        assert len(students) == 60 and all(keys <= set(s) for s in students)
        assert len(lines(folder, "students", "--class", students[0]["class"])) == 30
        assert lines(folder, "students", "--state", "accepted") == []
        assert lines(folder, "shots") == [] and lines(folder, "tickets") == [] and lines(folder, "quarantine") == []
        audit = lines(folder, "audit")
        assert [row["action"] for row in audit] == ["campaign.create", "roster.import"] and isinstance(audit[0]["detail"], dict)
        summary = lines(folder, "verify")[-1]
        assert summary["ok"] and summary["students"] == 60 and summary["broken"] == 0
        answer = json.loads(ctl(folder, "--json", "shots", "--student", "no-one", code=1)[0])
        assert answer["kind"] == "no_row" and "no-one" in answer["message"]
        checks = [json.loads(line) for line in call(["--data", folder.data, "--json", "doctor"], code=doctor_code(folder))[0].splitlines()]
        assert {"folder", "disk", "database", "lock", "host"} <= {c["check"] for c in checks}
        assert all(c["verdict"] in ("ok", "warn", "fail") and c["message"] for c in checks)


def doctor_code(folder):
    """The machine that tests may lack a font; the doctor then says so by its exit code."""
    done = subprocess.run([LANMUCTL, "--data", folder.data, "doctor"], capture_output=True, timeout=60)
    return done.returncode if done.returncode in (0, 1) else 0


def backup():
    with Folder() as folder:
        folder.campaign("--sample")
        target = os.path.join(folder.path, "copy")
        answer = lines(folder, "backup", target)[0]
        os.rename(answer["database"], os.path.join(target, "lanmu.db"))
        copy = Folder()
        copy.data = target
        assert lines(copy, "students") == lines(folder, "students")
        ctl(copy, "verify")


def chinese():
    with Folder() as folder:
        for env in ({"LC_ALL": "zh_CN.UTF-8", "LANGUAGE": ""}, {"LC_ALL": "C.UTF-8", "LANGUAGE": "zh_CN"}):
            _, err = ctl(folder, "students", code=1, env=env)
            assert "采集活动" in err, err
        folder.campaign()
        out, err = ctl(folder, "import", folder.file("list.csv", HEADER + "1,,,,一班\n"), code=1, env={"LC_ALL": "zh_CN.UTF-8", "LANGUAGE": ""})
        assert "第 2 行" in out and "姓名为空" in out and "未作任何更改" in err, (out, err)
        out, _ = ctl(folder, "import", folder.file("list.csv", HEADER + "1,,,,一班\n"), code=1, env={"LC_ALL": "C", "LANGUAGE": ""})
        assert "姓名 is empty" in out, "a plain C locale lost the Chinese text"


def full_output():
    """An answer that cannot be written is no success."""
    with Folder() as folder:
        folder.campaign("--sample")
        with open("/dev/full", "wb") as full:
            done = subprocess.run([LANMUCTL, "--data", folder.data, "students"], stdout=full, stderr=subprocess.PIPE, timeout=60)
        assert done.returncode == 1, done.returncode


def no_camera():
    with Folder() as folder:
        answer = json.loads(call(["--json", "--camera", "ptpip:127.0.0.1:1", "camera", "probe"], 1, env={"XDG_CACHE_HOME": folder.path})[0])
        assert answer["ok"] is False and answer["message"], answer


def door():
    """Codes at the door: numbers stay, one code is one person, and the earlier scan is named."""
    with Folder() as folder:
        folder.campaign("--codes")
        ctl(folder, "import", folder.file("a.csv", SOUND))
        for number, words in enumerate((["eins"], ["zwei", "--student", "0631002"], ["drei"]), 1):
            assert lines(folder, "codes", "scan", *words)[0]["number"] == number
        for words in (["eins"], ["vier", "--student", "0631002"], ["zwei", "--student", "0631001"], [""]):
            unchanged(folder, "codes", "scan", *words)
        ctl(folder, "codes", "leave", "1")
        unchanged(folder, "codes", "leave", "1")
        assert lines(folder, "codes", "call")[0]["student_no"] == "0631002"
        ctl(folder, "codes", "return", "1")
        assert lines(folder, "codes", "call")[0]["token"] == "eins"
        assert [row["number"] for row in lines(folder, "codes", "queue")] == [3]
        assert [row["state"] for row in lines(folder, "codes", "queue", "--all")] == ["called", "called", "waiting"]
        lines(folder, "codes", "call")
        unchanged(folder, "codes", "call")


def until(terminal, word):
    """Reads a terminal until it said so."""
    said = b""
    while word not in said:
        if not select.select([terminal], [], [], 60)[0]:
            raise AssertionError(f"{word!r} never came: {said[-300:]!r}")
        said += os.read(terminal, 4096)
    return said


def stopped_on_the_way():
    """Ctrl+C in a real terminal, while it reads and while it writes: one sentence, nothing changed, and the next import is whole."""
    with Folder() as folder:
        folder.campaign()
        path = folder.file("list.csv", "学号,姓名,班级\n" + "".join(f"2027{i:06},学生{chr(0x5000 + i % 9000)},{i // 40}班\n" for i in range(60000)))
        before = fingerprint(folder)
        for word in (b"reading", b"writing"):
            terminal, end = os.openpty()
            process = subprocess.Popen([LANMUCTL, "--data", folder.data, "import", path], stdin=end, stdout=end, stderr=end, start_new_session=True,
                                       preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0), env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "en"})
            os.close(end)
            until(terminal, word)
            os.write(terminal, b"\x03")
            said = until(terminal, b"nothing was changed")
            assert process.wait(60) == 1, said
            os.close(terminal)
            assert fingerprint(folder) == before, word
        assert lines(folder, "import", path)[0]["imported"] == 60000


if __name__ == "__main__":
    sys.exit(run([(test.__name__, test) for test in (
        make_and_again, wrong_usage, help_and_version, good_lists, refused_lists, one_bad_row_among_many, accepted_damage, mapped_columns, later_list,
        remembered_columns, hard_names, walkins_and_slips, noise, no_campaign, newer_database,
        damaged_database, read_only_folder, full_disk, in_use, json_of_every_list, backup, chinese, full_output, no_camera,
        stopped_on_the_way, door)]))

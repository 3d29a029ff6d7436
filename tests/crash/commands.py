"""The works of lanmuctl's commands for the crash loops: each is killed at a step, must leave what was before or what comes after, and succeed when called again.

A work prepares a folder once; every round gets a copy of it.
"""
import contextlib
import hashlib
import os
import shutil
import sqlite3
import subprocess
import tempfile

from rig import LANMUCTL, Camera, Rig, Station, ctl

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "data")
CHEAP = ["--shot-ms", "30", "--startup-ms", "20", "--fps", "5", "--live-size", "320x240", "--shot-size", "480x320"]


def query(data, sql):
    """Opened for writing: what a death left in the journal is rolled back first, as at any opening."""
    with contextlib.closing(sqlite3.connect(os.path.join(data, "lanmu.db"))) as db:  # closed: its log must not vanish while the folder is copied
        return db.execute(sql).fetchall()


def studio():
    """A rig with three students: two of the first, one of the second, and two pictures in the tray."""
    rig = Rig(6)
    camera = Camera(rig.folder, *CHEAP)
    try:
        station = Station(rig.data, camera.spec).ready()
        for number, shots in ((rig.numbers[0], 2), (rig.numbers[1], 1)):
            station.must(f"bind {number}")
            for _ in range(shots):
                station.must("shoot")
                station.must("wait")
            station.must("accept")
        station.must(f"bind {rig.numbers[2]}")
        station.must("skip")
        for _ in range(2):
            mark = station.lines.mark()
            camera.control("wrong-serial 999")
            camera.control("press")
            assert station.event("quarantined", since=mark)
        station.quit()
    finally:
        camera.stop()
    return rig


class Work:
    """prepare: the folder before, kept in self.folder; command: words for lanmuctl; state: what the promise is about, compared with ==."""

    needs_studio = False
    clean_at_once = True   # verify finds nothing to say even before the second call

    def __init__(self):
        self.rig = studio() if self.needs_studio else Rig(6)
        self.folder = self.rig.folder
        self.prepare()

    def prepare(self):
        pass

    def command(self, folder):
        raise NotImplementedError

    def state(self, folder):
        raise NotImplementedError

    def again_may_refuse(self):
        """A second call may find it done already and say so."""
        return False

    def check(self, folder, before, after):
        """After the death, before the second call."""
        assert self.state(folder) in (before, after), f"half done: {self.state(folder)}, neither {before} nor {after}"
        if self.clean_at_once:
            self.verify(folder)

    def verify(self, folder):
        ctl(os.path.join(folder, "data"), "verify")

    def close(self):
        self.rig.close()


class Import(Work):
    def prepare(self):
        with open(os.path.join(self.folder, "second.csv"), "w", encoding="utf-8") as out:
            out.write("学号,姓名,性别,班级\n" + "".join(f"7{i:04d},学生{chr(0x5000 + i)},男,二班\n" for i in range(80)))

    def command(self, folder):
        return ["import", os.path.join(folder, "second.csv")]

    def state(self, folder):
        return query(os.path.join(folder, "data"), "SELECT count(*), count(DISTINCT revision_id) FROM student")


class Migration(Work):
    """A folder of the first version (rows only, no pictures); any command that writes brings it to this one, after a copy of the database was put into backups/."""

    def prepare(self):
        path = os.path.join(self.folder, "data", "lanmu.db")
        for end in ("", "-wal", "-shm"):
            if os.path.exists(path + end):
                os.unlink(path + end)
        db = sqlite3.connect(path)
        for name in ("schema-1.sql", "rows-1.sql"):
            with open(os.path.join(DATA, name), encoding="utf-8") as sql:
                db.executescript(sql.read())
        db.executescript("PRAGMA application_id = 1280200021; PRAGMA user_version = 1;")
        db.close()

    def verify(self, folder):
        query(os.path.join(folder, "data"), "PRAGMA integrity_check")

    def command(self, folder):
        return ["quarantine", "discard", "nosuch"]

    def again_may_refuse(self):
        return True

    def state(self, folder):
        data = os.path.join(folder, "data")
        (version,) = query(data, "PRAGMA user_version")[0]
        counts = [query(data, f"SELECT count(*) FROM {table}")[0][0] for table in ("student", "ticket", "shot", "binding")]
        return version, counts

    def check(self, folder, before, after):
        version, counts = self.state(folder)
        assert before[0] <= version <= after[0] and counts == before[1], f"version {version}, rows {counts}, before {before}"
        copies = os.path.join(folder, "data", "backups")
        if version > before[0]:
            whole = [name for name in os.listdir(copies) if is_sound(os.path.join(copies, name))]
            assert whole, f"version {version} without a copy of version {before[0]}: {os.listdir(copies)}"


def is_sound(path):
    if not path.endswith(".db"):
        return False
    with sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True) as db:
        return db.execute("PRAGMA integrity_check").fetchone()[0] == "ok" and db.execute("SELECT count(*) FROM student").fetchone()[0] > 0


class Backup(Work):
    """The copy's database appears whole or not at all, and no picture in it is half."""

    needs_studio = True

    def command(self, folder):
        return ["backup", os.path.join(folder, "copy")]

    def state(self, folder):
        return query(os.path.join(folder, "data"), "SELECT count(*), max(number) FROM ticket")

    def check(self, folder, before, after):
        super().check(folder, before, after)
        sums = {row[0] for row in query(os.path.join(folder, "data"), "SELECT sha256 FROM shot")}
        for where, _, names in os.walk(os.path.join(folder, "copy")):
            for name in names:
                path = os.path.join(where, name)
                if name.endswith(".db"):
                    assert is_sound(path), f"half a copy: {name}"
                elif name.endswith(".jpg"):
                    with open(path, "rb") as file:
                        assert hashlib.sha256(file.read()).hexdigest() in sums, f"half a picture: {name}"


class Assign(Work):
    needs_studio = True
    clean_at_once = False   # a second name may be left; the second call, or the next start of a station, takes it away

    def command(self, folder):
        return ["quarantine", "assign", self.shot, self.rig.numbers[2]]

    def prepare(self):
        self.shot = query(os.path.join(self.folder, "data"), "SELECT min(id) FROM shot WHERE student_id IS NULL")[0][0]

    def state(self, folder):
        return query(os.path.join(folder, "data"), f"SELECT state, student_id FROM shot WHERE id = '{self.shot}'")


class Repair(Work):
    needs_studio = True

    def command(self, folder):
        return ["repair", "swap", self.rig.numbers[0], self.rig.numbers[1], "--apply", "--reason", "test"]

    def state(self, folder):
        return query(os.path.join(folder, "data"), "SELECT id, student_id FROM shot ORDER BY id")


class Undo(Repair):
    """A repair taken back."""

    def prepare(self):
        ctl(os.path.join(self.folder, "data"), *super().command(self.folder))

    def command(self, folder):
        return ["repair", "undo", "1", "--apply", "--reason", "test"]

    def again_may_refuse(self):
        return True  # it is undone already

    def state(self, folder):
        return super().state(folder), query(os.path.join(folder, "data"), "SELECT id, kind, undoes FROM repair")


class Fall(Work):
    """A shift whose last falls into the tray: the file goes with the row."""

    needs_studio = True
    clean_at_once = False   # a second name may be left

    def command(self, folder):
        return ["repair", "shift", self.rig.numbers[0], self.rig.numbers[1], "--apply", "--reason", "test"]

    def again_may_refuse(self):
        return True

    def state(self, folder):
        return query(os.path.join(folder, "data"), "SELECT id, student_id, state, substr(path, 1, 6) FROM shot ORDER BY id")

    def verify(self, folder):
        pass  # the next start of a station takes the second name away; tests/flow/repair.py has that

    def check(self, folder, before, after):
        super().check(folder, before, after)
        for path, sha in query(os.path.join(folder, "data"), "SELECT path, sha256 FROM shot"):
            with open(os.path.join(folder, "data", path), "rb") as file:
                assert hashlib.sha256(file.read()).hexdigest() == sha, f"the row names another file: {path}"


class Second(Work):
    """The setting and the mark in the folder: a folder marked for nothing is taken again."""

    needs_studio = True

    def command(self, folder):
        return ["backup", "--second", os.path.join(folder, "second")]

    def state(self, folder):
        return [os.path.basename(value) for (value,) in query(os.path.join(folder, "data"), "SELECT value FROM setting WHERE key = 'second-copy'")]


class Restore(Work):
    """The data folder is the old one or the one out of the copy, whole; the old one is set aside, never lost."""

    needs_studio = True

    def prepare(self):
        data = os.path.join(self.folder, "data")
        ctl(data, "backup", os.path.join(self.folder, "copy"))
        ctl(data, "quarantine", "assign", query(data, "SELECT min(id) FROM shot WHERE student_id IS NULL")[0][0], self.rig.numbers[2])

    def command(self, folder):
        return ["restore", os.path.join(folder, "copy")]

    def state(self, folder):
        return query(os.path.join(folder, "data"), "SELECT id, state, student_id FROM shot ORDER BY id")

    def check(self, folder, before, after):
        """Both names are exchanged at once: there is always a folder under the one, and the pictures of the other are all there."""
        super().check(folder, before, after)
        sums = {row[0] for row in query(os.path.join(folder, "data"), "SELECT sha256 FROM shot")}
        found = set()
        for where, _, names in os.walk(folder):
            for name in names:
                if name.endswith(".jpg") and os.path.join(folder, "copy") not in where:
                    with open(os.path.join(where, name), "rb") as file:
                        found.add(hashlib.sha256(file.read()).hexdigest())
        assert sums <= found, "a picture is gone"


class Staff(Work):
    def command(self, folder):
        return ["staff", "add", "Wang", "counselor", "--class", "交通工程1801班"]

    def again_may_refuse(self):
        return True  # on the list already

    def state(self, folder):
        data = os.path.join(folder, "data")
        return query(data, "SELECT name, role FROM staff"), query(data, "SELECT count(*) FROM staff_class"), query(data, "SELECT action FROM audit WHERE action LIKE 'staff.%'")


class Hold(Work):
    def command(self, folder):
        return ["holds", "begin", self.rig.numbers[0], "--kind", "health", "--reason", "fever"]

    def again_may_refuse(self):
        return True

    def state(self, folder):
        data = os.path.join(folder, "data")
        return query(data, "SELECT student_id, kind, ended_us FROM hold"), query(data, "SELECT state FROM student ORDER BY id")


class Lift(Hold):
    def prepare(self):
        ctl(os.path.join(self.folder, "data"), *super().command(self.folder))

    def command(self, folder):
        return ["holds", "lift", self.rig.numbers[0], "--reason", "well again"]

    def state(self, folder):
        data = os.path.join(folder, "data")
        return query(data, "SELECT student_id, kind, ended_by IS NULL FROM hold"), query(data, "SELECT state FROM student ORDER BY id")


class Deliver(Work):
    """Under its name a delivery is whole, or it is not there."""

    needs_studio = True

    def command(self, folder):
        return ["deliver", os.path.join(folder, "out"), "--originals"]

    def again_may_refuse(self):
        return True  # it is there already

    def state(self, folder):
        return os.path.isdir(os.path.join(folder, "out"))

    def check(self, folder, before, after):
        super().check(folder, before, after)
        if self.state(folder):
            ctl("/nowhere", "verify-delivery", os.path.join(folder, "out"))

    def verify(self, folder):
        super().verify(folder)
        if self.state(folder):
            ended = query(os.path.join(folder, "data"), "SELECT count(*) FROM delivery WHERE ended_us IS NOT NULL")
            assert ended[0][0] <= 1, ended


class Door(Work):
    """A code is tied to its student at the door: number, student and audit together, or nothing."""

    def command(self, folder):
        return ["codes", "scan", "TOKEN", "--student", self.rig.numbers[0]]

    def state(self, folder):
        return query(os.path.join(folder, "data"), "SELECT number, token, student_id, (SELECT count(*) FROM audit WHERE action = 'door.scan') FROM door")

    def again_may_refuse(self):
        return True


class Count(Work):
    """A class counted at the door: every mark and the audit's row, or none."""

    def command(self, folder):
        return ["presence", "all", "交通工程1801班", "--but", self.rig.numbers[1]]

    def again_may_refuse(self):
        return True

    def state(self, folder):
        data = os.path.join(folder, "data")
        return query(data, "SELECT student_id, state FROM presence ORDER BY 1"), query(data, "SELECT count(*) FROM audit WHERE action LIKE 'presence.%'")


class Close(Work):
    """Settled and closed in one: a class half of absent students without a sheet would be a lie."""

    def prepare(self):
        ctl(os.path.join(self.folder, "data"), "presence", "missing", *self.rig.numbers)

    def command(self, folder):
        return ["closeout", "close", "交通工程1801班", "--settle"]

    def again_may_refuse(self):
        return True  # it is closed and nothing changed since

    def state(self, folder):
        data = os.path.join(folder, "data")
        return query(data, "SELECT id, sha256, reopened_us FROM closing"), query(data, "SELECT state FROM student ORDER BY id")


class Makeup(Close):
    def prepare(self):
        super().prepare()
        ctl(os.path.join(self.folder, "data"), *super().command(self.folder))

    def command(self, folder):
        return ["makeup", "begin"]

    def state(self, folder):
        data = os.path.join(folder, "data")
        return query(data, "SELECT state FROM student ORDER BY id"), query(data, "SELECT student_id, ended_us FROM make_up ORDER BY 1")


class Pay(Work):
    """All the students of one call, or none."""

    def prepare(self):
        ctl(os.path.join(self.folder, "data"), "settings", "campaign.fee=1500")

    def command(self, folder):
        return ["fees", "paid", *self.rig.numbers[:3]]

    def again_may_refuse(self):
        return True  # they have paid

    def state(self, folder):
        return query(os.path.join(folder, "data"), "SELECT student_id, fen FROM payment ORDER BY id")


WORKS = {work.__name__.lower(): work for work in (Import, Migration, Backup, Assign, Repair, Door, Undo, Fall, Second, Restore, Staff, Hold, Lift, Deliver, Count, Close, Makeup, Pay)}


def call(folder, words, environment=None):
    done = subprocess.run([LANMUCTL, "--data", os.path.join(folder, "data"), *words], capture_output=True, text=True, timeout=120, check=False,
                          env={**os.environ, "LC_ALL": "C.UTF-8", **(environment or {})})
    return done.returncode, done.stdout + done.stderr


class Copy:
    """A copy of a work's folder for one round."""

    def __init__(self, work):
        self.path = tempfile.mkdtemp(prefix="lanmu-kill-")
        shutil.copytree(work.folder, self.path, dirs_exist_ok=True)

    def __enter__(self):
        return self.path

    def __exit__(self, *what):
        shutil.rmtree(self.path)


def steps_of(work, kind):
    """The steps of an unharmed call, and the states before and after it."""
    with Copy(work) as folder:
        before = work.state(folder)
        code, said = call(folder, work.command(folder), kind.listen(folder))
        assert code == 0 or work.again_may_refuse(), f"the unharmed call failed: {said}"
        return kind.steps(folder), before, work.state(folder)


def killed_at(work, kind, step, before, after):
    with Copy(work) as folder:
        words = work.command(folder)
        code, said = call(folder, words, kind.kill(step))
        assert code == -9 or step.startswith("-"), f"ended with {code}, not by the kill: {said}"
        work.check(folder, before, after)
        done = work.state(folder) == after and before != after
        if not done or not work.clean_at_once:  # what is done may have left a second name, which the second call takes away
            code, said = call(folder, words)
            assert code == 0 or work.again_may_refuse(), f"called again: {code}, {said}"
        assert work.state(folder) == after, f"called again: {work.state(folder)}, not {after}"
        work.check(folder, before, after)
        work.verify(folder)

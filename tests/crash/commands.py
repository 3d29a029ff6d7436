"""The works of lanmuctl's commands for the crash loops: each is killed at a step, must leave what was before or what comes after, and succeed when called again.

A work prepares a folder once; every round gets a copy of it.
"""
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
    with sqlite3.connect(os.path.join(data, "lanmu.db")) as db:
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

    def again_may_refuse(self):
        return True  # a copy that was made whole within the same second has the name

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


class Door(Work):
    """A code is tied to its student at the door: number, student and audit together, or nothing."""

    def command(self, folder):
        return ["codes", "scan", "TOKEN", "--student", self.rig.numbers[0]]

    def state(self, folder):
        return query(os.path.join(folder, "data"), "SELECT number, token, student_id, (SELECT count(*) FROM audit WHERE action = 'door.scan') FROM door")

    def again_may_refuse(self):
        return True


WORKS = {work.__name__.lower(): work for work in (Import, Migration, Backup, Assign, Repair, Door)}


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
        if not done:
            code, said = call(folder, words)
            assert code == 0 or work.again_may_refuse(), f"called again: {code}, {said}"
        assert work.state(folder) == after, f"called again: {work.state(folder)}, not {after}"
        work.check(folder, before, after)
        work.verify(folder)

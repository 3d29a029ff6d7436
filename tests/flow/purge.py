"""lanmuctl purge: what it refuses, what it leaves, what its record proves; killed at every file and commit, it goes on."""
import glob
import json
import os
import shutil
import sqlite3
import subprocess
import sys

from rig import LANMUCTL, Camera, Rig, Station, ctl, run



def studio():
    rig = Rig(3)
    camera = Camera(rig.folder, "--shot-ms", "30", "--startup-ms", "20", "--raw", "--shot-size", "480x320")
    try:
        ctl(rig.data, "backup", "--second", os.path.join(rig.folder, "second"))
        station = Station(rig.data, camera.spec).ready()
        for number in rig.numbers[:2]:
            station.must(f"bind {number}")
            station.must("shoot")
            station.must("wait")
            station.must("accept")
        station.quit()
        ctl(rig.data, "correction", "add", rig.numbers[0], "name=王小明")
        ctl(rig.data, "backup")
    finally:
        camera.stop()
    return rig


def attempt(data, *words, **environment):
    return subprocess.run([LANMUCTL, "--data", data, "--json", "purge", *words], capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL,
                          env={**os.environ, "LC_ALL": "C.UTF-8", **environment})


def kind(done):
    assert done.returncode == 1, (done.returncode, done.stdout, done.stderr)
    return json.loads(done.stdout.splitlines()[0])["kind"]


def everything(folder):
    return {path: open(path, "rb").read() for path in glob.glob(f"{folder}/**", recursive=True) if os.path.isfile(path)}


def pictures(folder):
    return [path for place in ("shots", "quarantine", "portraits", "incoming") for path in glob.glob(f"{folder}/{place}/**", recursive=True) if os.path.isfile(path)]


def check_gone(rig):
    """Nothing of a person is left, here and in the second copy; the chain of the audit holds."""
    second = os.path.join(rig.folder, "second")
    assert not pictures(rig.data) and not pictures(second)
    for folder in (rig.data, second):
        assert not glob.glob(f"{folder}/backups/*"), os.listdir(f"{folder}/backups")
    for path, bytes_ in everything(rig.data).items():
        for text in [*rig.numbers, "王小明", "学生一"]:
            assert text.encode() not in bytes_, f"{text} is left in {path}"
    db = sqlite3.connect(os.path.join(rig.data, "lanmu.db"))
    for table, in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall():
        rows = db.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
        assert rows == 0 or table in ("campaign", "session", "audit", "setting", "purge"), f"{table} has {rows} rows"
    assert db.execute("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'").fetchone()[0] > 20
    actions = [action for action, in db.execute("SELECT action FROM audit ORDER BY id")]
    assert actions.count("purge.begin") == actions.count("purge.done") == 1 and "ticket.open" in actions, actions
    db.close()
    ctl(rig.data, "verify")


def check_record(path, students, shots):
    record = json.loads(ctl("/nonexistent", "--json", "purge", "--verify", path))["record"]
    assert record["students"] == students and record["shots"] == shots and record["ended"] and record["who"], record
    with open(path, encoding="utf-8") as file:
        text = file.read()
    with open(path + ".forged", "w", encoding="utf-8") as out:
        out.write(text.replace(f'"students":{students}', f'"students":{students + 1}'))
    assert attempt("/nonexistent", "--verify", path + ".forged").returncode == 1


def refuses_and_deletes():
    rig = studio()
    try:
        before = len(pictures(rig.data))
        assert before >= 2
        assert kind(attempt(rig.data)) == "not_confirmed"
        assert kind(attempt(rig.data, "--campaign", "other")) == "not_confirmed"
        assert kind(attempt(rig.data, "--campaign", "test")) == "refused"  # no date
        db = sqlite3.connect(os.path.join(rig.data, "lanmu.db"))
        db.execute("UPDATE campaign SET delete_after = '2999-01-01'")
        db.commit()
        assert kind(attempt(rig.data, "--campaign", "test")) == "refused"  # not yet
        db.execute("UPDATE campaign SET delete_after = '2020-01-01'")
        db.commit()
        db.close()
        assert kind(attempt(rig.data, "--campaign", "test")) == "refused"  # not handed over
        assert len(pictures(rig.data)) == before
        ctl(rig.data, "deliver", os.path.join(rig.folder, "out"), "--originals", "--name", "{student_no}")
        record = os.path.join(rig.folder, "record.txt")
        done = attempt(rig.data, "--campaign", "test", "--record", record)
        assert done.returncode == 0, done.stdout + done.stderr
        check_gone(rig)
        check_record(record, 3, 2)
        assert os.path.isdir(os.path.join(rig.folder, "out")), "the school's own folder is not ours to delete"
        again = attempt(rig.data, "--record", record + ".2")
        assert again.returncode == 0 and open(record, encoding="utf-8").read() == open(record + ".2", encoding="utf-8").read()
        ctl(rig.data, "import", os.path.join(rig.folder, "roster.csv"), expect=1)
        station = subprocess.run([LANMUCTL, "--data", rig.data, "--camera", "none", "station"], stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
        assert station.returncode == 1
    finally:
        rig.close()


def killed():
    rig = studio()
    kept = os.path.join(rig.folder, "kept")
    log = os.path.join(rig.folder, "log")
    places = {name: os.path.join(rig.folder, name) for name in ("data", "second")}
    try:
        for name, path in places.items():
            shutil.copytree(path, os.path.join(kept, name))
        assert attempt(rig.data, "--campaign", "test", "--reason", "test", LANMU_KILL_LOG=log).returncode == 0
        with open(log, encoding="utf-8") as lines:
            steps = [line.strip() for line in lines]
        assert len(steps) > 8, steps
        seen = {}
        for at, step in enumerate(steps):
            seen[step] = seen.get(step, 0) + 1
            if "LANMU_TEST_ALL" not in os.environ and at % 4 and not step.startswith("purge."):
                continue
            for name, path in places.items():
                shutil.rmtree(path)
                shutil.copytree(os.path.join(kept, name), path)
            first = attempt(rig.data, "--campaign", "test", "--reason", "test", LANMU_KILL_AT=f"{step}:{seen[step]}")
            assert first.returncode == -9, f"{step}:{seen[step]} {first.returncode}"
            begun = sqlite3.connect(os.path.join(rig.data, "lanmu.db")).execute("SELECT count(*) FROM purge").fetchone()[0]
            second = attempt(rig.data, *([] if begun else ["--campaign", "test", "--reason", "test"]))
            assert second.returncode == 0, f"{step}: {second.stdout} {second.stderr}"
            check_gone(rig)
            check_record(os.path.join(rig.data, "purge-record.txt"), 3, 2)
    finally:
        rig.close()


if __name__ == "__main__":
    sys.exit(run([("refuses_and_deletes", refuses_and_deletes), ("killed", killed)]))

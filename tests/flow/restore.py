"""`lanmuctl restore`: a data folder again out of its own backups or out of the second copy, with pictures that were shot after the copy. Real camera, real kills."""
import json
import os
import shutil
import sqlite3
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from rig import LANMUCTL, Camera, Rig, Station, ctl, run  # noqa: E402


class Day:
    def __init__(self, model="nikon"):
        self.rig = Rig(6)
        self.second = os.path.join(self.rig.folder, "second")
        self.camera = Camera(self.rig.folder, "--model", model, "--shot-ms", "50")
        ctl(self.rig.data, "backup", "--second", self.second)

    def __enter__(self):
        return self

    def __exit__(self, *what):
        self.camera.stop()
        self.rig.close()

    def shoot(self, numbers, then="quit"):
        """Shots of these students; ends in order, or by SIGKILL with the last one still bound."""
        station = Station(self.rig.data, self.camera.spec).ready()
        shots = {}
        for number in numbers:
            station.must(f"bind {number}")
            mark = station.lines.mark()
            station.must("shoot")
            station.must("wait")
            shots[number] = station.lines.wait(lambda line: line.get("event") == "shot", mark)["sha256"]
            station.must("accept")
        station.quit() if then == "quit" else station.kill()
        return shots

    def restore(self, source, expect=0):
        text = ctl(self.rig.data, "--json", "restore", source, expect=expect)
        return json.loads(text.splitlines()[-1])

    def owners(self):
        return {row["sha256"]: (row["student_no"], row["state"]) for row in self.rig.rows("shots")}

    def verify(self):
        lines = [json.loads(line) for line in ctl(self.rig.data, "--json", "verify").splitlines()]
        assert lines[-1]["ok"], lines
        return lines

    def check(self, early, late):
        """Everything of before the copy is where it was; everything after it is in the tray; nothing is lost."""
        owners = self.owners()
        for number, sha in early.items():
            assert owners[sha] == (number, "attached"), owners[sha]
        for number, sha in late.items():
            assert owners[sha][1] == "quarantined", f"{number}'s picture was given to {owners[sha]} without a proof"
        self.verify()


def spoil(path):
    with open(path, "r+b") as file:
        file.seek(5000)
        file.write(b"spoiled " * 500)


def out_of_its_own_backups():
    with Day() as day:
        early = day.shoot(day.rig.numbers[:2])
        ctl(day.rig.data, "backup")
        late = day.shoot(day.rig.numbers[2:4], then="kill")
        spoil(os.path.join(day.rig.data, "lanmu.db"))
        for name in ("lanmu.db-wal", "lanmu.db-shm"):
            if os.path.exists(os.path.join(day.rig.data, name)):
                os.remove(os.path.join(day.rig.data, name))
        said = subprocess.run([LANMUCTL, "--data", day.rig.data, "verify"], capture_output=True, text=True, timeout=60)
        assert said.returncode == 1 and "restore" in said.stderr, said
        answer = day.restore(day.rig.data)
        assert answer["newer"] == 2 and answer["pictures"] == 2 and answer["missing"] == 0, answer
        assert os.path.exists(os.path.join(answer["set_aside"], "lanmu.db")), "the damaged folder was not kept"
        day.check(early, late)
        later = day.shoot(day.rig.numbers[4:5])
        day.check({**early, **later}, late)
        row = next(row for row in day.rig.rows("shots") if row["state"] == "quarantined")
        ctl(day.rig.data, "quarantine", "assign", row["shot"], day.rig.numbers[2])
        day.verify()


def out_of_the_second_copy():
    with Day("canon") as day:
        early = day.shoot(day.rig.numbers[:2])
        late = day.shoot(day.rig.numbers[2:3], then="kill")
        second_has = {name for _, _, files in os.walk(os.path.join(day.second, "shots")) for name in files if name.endswith(".jpg")}
        shutil.rmtree(day.rig.data)
        answer = day.restore(day.second)
        assert answer["set_aside"] == "" and answer["missing"] == 0, answer
        owners = day.owners()
        for number, sha in early.items():
            assert owners[sha] == (number, "attached")
        assert len(second_has) == answer["pictures"] + answer["newer"], (second_has, answer)
        day.verify()
        station = Station(day.rig.data, day.camera.spec).ready()  # what the second copy had not yet is on the card
        station.must("wait")
        station.quit()
        day.check(early, late)


def whoever_was_bound_is_not_bound_on():
    """The copy was made while A sat there. B came after it: nothing of B may become A's, whatever clock or card says."""
    with Day() as day:
        a, b = day.rig.numbers[:2]
        station = Station(day.rig.data, day.camera.spec).ready()
        station.must(f"bind {a}")
        station.must("shoot")
        station.must("wait")
        ctl(day.rig.data, "backup")
        station.must(f"bind {b}")
        station.must("shoot")
        station.must("wait")
        station.kill()
        before = day.owners()
        os.remove(os.path.join(day.rig.data, "lanmu.db"))
        day.restore(day.rig.data)
        restart = Station(day.rig.data, day.camera.spec).ready()
        restart.must("wait")
        restart.quit()
        after = day.owners()
        for sha, (number, _) in before.items():
            assert after[sha] == ((number, "attached") if number == a else ("", "quarantined")), (number, after[sha])
        day.verify()


def damaged_copies_are_passed_over():
    with Day() as day:
        early = day.shoot(day.rig.numbers[:1])
        day.shoot(day.rig.numbers[1:2])
        folder = os.path.join(day.rig.data, "backups")
        copies = sorted(name for name in os.listdir(folder) if name.endswith(".db"))
        assert len(copies) >= 2, copies
        spoil(os.path.join(folder, copies[-1]))
        lines = [json.loads(line) for line in ctl(day.rig.data, "--json", "verify", expect=1).splitlines()]
        assert [line["kind"] for line in lines if line.get("broken") is True] == ["bad_copy"], lines
        answer = day.restore(day.rig.data)
        assert answer["refused"] == 1 and answer["copy"].endswith(copies[-2]), answer
        owners = day.owners()
        assert all(owners[sha] == (number, "attached") for number, sha in early.items())
        for name in os.listdir(os.path.join(answer["set_aside"], "backups")):
            if name.endswith(".db"):
                spoil(os.path.join(answer["set_aside"], "backups", name))
        before = day.owners()
        refused = subprocess.run([LANMUCTL, "--data", day.rig.data, "restore", answer["set_aside"]], capture_output=True, text=True, timeout=60)
        assert refused.returncode == 1 and refused.stderr.count("\n") == 1, refused
        assert day.owners() == before


def pictures_only():
    with Day() as day:
        shots = day.shoot(day.rig.numbers[:3])
        rows = {row["sha256"]: row for row in day.rig.rows("shots")}
        paths = [os.path.join(day.rig.data, rows[sha]["path"]) for sha in shots.values()]
        os.remove(paths[0])
        spoil(paths[1])
        ctl(day.rig.data, "verify", expect=1)
        answer = json.loads(ctl(day.rig.data, "--json", "restore", day.second, "--pictures"))
        assert (answer["sound"], answer["restored"], answer["lost"]) == (1, 2, 0), answer
        day.check(shots, {})
        assert any("damaged" in where and files for where, _, files in os.walk(day.rig.data)), "the altered file was not kept"
        shutil.rmtree(os.path.join(day.second, "shots"))
        os.remove(paths[2])
        answer = json.loads(ctl(day.rig.data, "--json", "restore", day.second, "--pictures", expect=1).splitlines()[0])
        assert answer["lost"] == 1, answer


def killed_at_every_step():
    with Day() as day:
        early = day.shoot(day.rig.numbers[:2])
        late = day.shoot(day.rig.numbers[2:3], then="kill")
        copy = os.path.join(day.rig.folder, "keep")
        shutil.copytree(day.rig.data, copy)
        log = os.path.join(day.rig.folder, "log")
        subprocess.run([LANMUCTL, "--data", os.path.join(day.rig.folder, "other"), "restore", copy], check=True, capture_output=True,
                       env={**os.environ, "LANMU_KILL_LOG": log})
        points = list(dict.fromkeys(open(log, encoding="utf-8").read().split())) + ["restore.before-exchange", "restore.after-exchange"]
        for point in points:
            done = subprocess.run([LANMUCTL, "--data", day.rig.data, "restore", copy], capture_output=True, env={**os.environ, "LANMU_KILL_AT": point}, timeout=60)
            assert done.returncode in (-9, 0), (point, done)
            assert os.path.exists(os.path.join(day.rig.data, "lanmu.db")), f"{point}: no data folder is there"
            day.verify()
        day.restore(copy)
        owners = day.owners()
        assert all(owners[sha] == (number, "attached") for number, sha in early.items())
        assert set(late.values()) <= set(owners), "a picture was lost"


def in_use():
    with Day() as day:
        station = Station(day.rig.data, day.camera.spec).ready()
        done = subprocess.run([LANMUCTL, "--data", day.rig.data, "restore", day.second], capture_output=True, text=True, timeout=60)
        assert done.returncode == 1 and done.stderr.count("\n") == 1, done
        station.quit()
        with sqlite3.connect(os.path.join(day.rig.data, "lanmu.db")) as db:
            assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


TESTS = (out_of_its_own_backups, out_of_the_second_copy, whoever_was_bound_is_not_bound_on, damaged_copies_are_passed_over, pictures_only, killed_at_every_step,
         in_use)
sys.exit(run([(test.__name__, test) for test in TESTS]))

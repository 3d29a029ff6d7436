"""Slip repair with a real camera's pictures: planned and done by lanmuctl, killed at each of its steps, and whole after the next start of the station."""
import json
import os
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from rig import LANMUCTL, Camera, Rig, Station, ctl, run  # noqa: E402


def shoot_day(rig, camera, count):
    """One accepted shot each of the first students; returns sha256 by student."""
    station = Station(rig.data, camera.spec).ready()
    shots = {}
    for number in rig.numbers[:count]:
        station.must(f"bind {number}")
        mark = station.lines.mark()
        station.must("shoot")
        station.must("wait")
        shots[number] = station.lines.wait(lambda line: line.get("event") == "shot", mark)["sha256"]
        station.must("accept")
    station.quit()
    return shots


def owners(rig):
    return {row["sha256"]: (row["student_no"], row["state"], row["chosen"]) for row in rig.rows("shots")}


def verify(rig):
    summary = [json.loads(line) for line in ctl(rig.data, "--json", "verify").splitlines()][-1]
    assert summary["ok"] and summary["broken"] == 0, summary
    return summary


def killed(rig, point, *words):
    done = subprocess.run([LANMUCTL, "--data", rig.data, *words], env={**os.environ, "LANMU_KILL_AT": point}, capture_output=True, text=True, timeout=60)
    return done.returncode == -9


def points(rig, *words):
    """The names a run passes, in their order; the run is done on a copy."""
    with tempfile.TemporaryDirectory() as place:
        copy = os.path.join(place, "data")
        subprocess.run(["cp", "-a", rig.data, copy], check=True)
        log = os.path.join(place, "log")
        subprocess.run([LANMUCTL, "--data", copy, *words], env={**os.environ, "LANMU_KILL_LOG": log}, check=True, capture_output=True)
        return open(log, encoding="utf-8").read().split()


def restart(rig, camera):
    station = Station(rig.data, camera.spec).ready()
    station.must("wait")
    station.quit()


def swap_and_back():
    with_camera(check_swap)


def with_camera(test):
    rig = Rig(4)
    camera = Camera(rig.folder, "--model", "nikon", "--shot-ms", "50")
    try:
        test(rig, camera, shoot_day(rig, camera, 3))
    finally:
        camera.stop()
        rig.close()


def check_swap(rig, camera, shots):
    a, b = rig.numbers[:2]
    plan = json.loads(ctl(rig.data, "--json", "repair", "swap", a, b))
    assert plan["ok"] and [pair["student_no"] for pair in plan["pairs"]] == [a, b], plan
    assert owners(rig)[shots[a]] == (a, "attached", True), "a plan changed something"
    ctl(rig.data, "repair", "swap", a, b, "--apply", "--reason", "x", "--plan", "0" * 64, expect=1)
    done = json.loads(ctl(rig.data, "--json", "repair", "swap", a, b, "--apply", "--reason", "called 2 as 1", "--plan", plan["plan"]))
    assert owners(rig)[shots[a]] == (b, "attached", True) and owners(rig)[shots[b]] == (a, "attached", True)
    assert verify(rig)["repairs"] == 1
    restart(rig, camera)
    assert owners(rig)[shots[a]] == (b, "attached", True), "the start of a station undid a repair"
    ctl(rig.data, "repair", "undo", str(done["repair"]), "--apply", "--reason", "it was right")
    assert owners(rig)[shots[a]] == (a, "attached", True)
    assert [row["undone_by"] for row in rig.rows("repair")] == [2, 0]
    verify(rig)
    card = [json.loads(line) for line in ctl(rig.data, "--camera", camera.spec, "--json", "verify", "--card").splitlines()]
    assert card[0]["unexplained"] == 0 and card[0]["shot"] == 3, card
    camera.control("press")
    camera.wait_took(4)
    card = [json.loads(line) for line in ctl(rig.data, "--camera", camera.spec, "--json", "verify", "--card", expect=1).splitlines()]
    assert card[0]["kind"] == "unexplained_object" and card[1]["unexplained"] == 1, card


def check_kills(rig, camera, shots):
    """A shift drops one picture into the tray: rows and a file move. At every step either all of it or none of it is there."""
    words = ["repair", "shift", rig.numbers[0], rig.numbers[2], "--apply", "--reason", "one was out"]
    for point in dict.fromkeys(points(rig, *words)):
        if point.startswith("database."):
            continue
        assert killed(rig, point, *words), f"{point} was not passed"
        restart(rig, camera)
        verify(rig)
        now = owners(rig)
        done = now[shots[rig.numbers[0]]][0] == rig.numbers[1]
        expected = {rig.numbers[0]: (rig.numbers[1] if done else rig.numbers[0]), rig.numbers[1]: (rig.numbers[2] if done else rig.numbers[1])}
        for number, owner in expected.items():
            assert now[shots[number]][0] == owner, f"{point}: {number}'s picture is {now[shots[number]]}"
        fallen = now[shots[rig.numbers[2]]]
        assert fallen[1] == ("quarantined" if done else "attached"), f"{point}: {fallen}"
        names = [name for _, _, files in os.walk(os.path.join(rig.data, "quarantine")) for name in files]
        assert len(names) == done, f"{point}: {names}"
        if done:
            ctl(rig.data, "repair", "undo", str(rig.rows("repair")[-1]["repair"]), "--apply", "--reason", "again")
            verify(rig)
    with sqlite3.connect(f"file:{os.path.join(rig.data, 'lanmu.db')}?mode=ro", uri=True) as db:
        assert db.execute("SELECT count (*) FROM repair").fetchone()[0] >= 2, "no kill came after the commit"


def check_codes(rig, camera, shots):
    """A sitting under a capture code that was really a student of the list: moved, and a picture of the tray given to the code."""
    a, code = rig.numbers[0], "采集 7/x="
    station = Station(rig.data, camera.spec).ready()
    station.must(f"code {code}")
    mark = station.lines.mark()
    station.must("shoot")
    station.must("wait")
    under_code = station.lines.wait(lambda line: line.get("event") == "shot", mark)
    assert under_code["token"] == code, under_code
    station.must("accept")
    camera.control("wrong-serial 999")
    mark = station.lines.mark()
    camera.control("press")
    in_tray = station.event("quarantined", since=mark)
    station.must("wait")
    station.quit()
    plan = json.loads(ctl(rig.data, "--json", "repair", "swap", a, "code#1"))
    assert sorted((move["from"], move["to"]) for move in plan["moves"]) == sorted([(a, f"code:{code}"), (f"code:{code}", a)]), plan
    done = json.loads(ctl(rig.data, "--json", "repair", "swap", a, f"code:{code}", "--apply", "--reason", "scanned late", "--plan", plan["plan"]))
    verify(rig)
    rows = rig.by_sha()
    assert rows[under_code["sha256"]]["student_no"] == a and rows[under_code["sha256"]]["chosen"] and rows[shots[a]]["token"] == code, rows
    restart(rig, camera)
    ctl(rig.data, "quarantine", "assign", in_tray["shot"], "code:no such", expect=1)
    ctl(rig.data, "quarantine", "assign", in_tray["shot"], f"code:{code}")
    verify(rig)
    assert [row["takes"] for row in rig.rows("codes")] == [2], rig.rows("codes")
    refused = ctl(rig.data, "repair", "undo", str(done["repair"]), "--apply", "--reason", "no", expect=0)
    assert refused, "the code's state and choice are as the repair left them: it may be taken back"
    verify(rig)


sys.exit(run([("swap_and_back", swap_and_back), ("killed_at_every_step", lambda: with_camera(check_kills)), ("capture_codes", lambda: with_camera(check_codes))]))

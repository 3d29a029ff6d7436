"""Who may do what at a running station, and the counselor's word before the shutter."""
import contextlib
import json
import sqlite3
import subprocess
import sys

from rig import LANMUCTL, Camera, Rig, Station, ctl, run

OTHER = "631809030201"


def give_pin(data, name, pin):
    subprocess.run([LANMUCTL, "--data", data, "staff", "pin", name], input=pin + "\n", text=True, check=True, stdout=subprocess.DEVNULL)


@contextlib.contextmanager
def a_day(model, staff=True, countersign=None):
    rig = Rig()
    with open(f"{rig.folder}/more.csv", "w", encoding="utf-8") as out:
        out.write(f"学号,姓名,性别,班级,专业名称,学院\n{OTHER},马六,男,交通工程1802班,交通工程,交通运输学院\n")
    ctl(rig.data, "import", f"{rig.folder}/more.csv")
    if countersign:
        ctl(rig.data, "countersign", countersign)
    if staff:
        ctl(rig.data, "staff", "add", "Wang", "administrator")
        ctl(rig.data, "staff", "add", "Zhao San", "photographer")
        first_class = rig.rows("students")[0]["class"]
        ctl(rig.data, "staff", "add", "Chen", "counselor", "--class", first_class)
        for name in ("Wang", "Zhao San", "Chen"):
            give_pin(rig.data, name, "4071")
    camera = Camera(rig.folder, "--model", model)
    station = Station(rig.data, camera.spec).ready()
    try:
        yield rig, camera, station
    finally:
        if station.process.poll() is None:
            station.kill()
        camera.stop()
        rig.close()


def refused(station, command, kind):
    answer = station.say(command)
    assert not answer["ok"] and answer["kind"] == kind, (command, answer)


def nobody_without_a_name(model):
    with a_day(model) as (rig, camera, station):
        for command in (f"bind {rig.numbers[0]}", "next", "shoot", "accept", "confirm", "refuse x"):
            refused(station, command, "signed-out")
        assert station.must("status")["ok"]
        refused(station, "sign-in Chen 9999", "wrong-pin")
        station.must("sign-in Zhao San 4071")
        station.must(f"bind {rig.numbers[0]}")
        refused(station, "confirm", "not-allowed")
        mark = station.lines.mark()
        station.must("shoot")
        event = station.event("shot", "quarantined", "failed", since=mark)
        assert event["event"] == "shot", event
        station.must("wait")
        station.must("sign-out")
        refused(station, "accept", "signed-out")
        station.quit()
        tickets = rig.rows("tickets")
        with sqlite3.connect(f"{rig.data}/lanmu.db") as db:
            assert db.execute("SELECT DISTINCT operator FROM ticket").fetchall() == [("Zhao San",)], tickets
            actions = [row[0] for row in db.execute("SELECT action FROM audit WHERE action LIKE 'staff.%' ORDER BY id DESC LIMIT 2")]
            assert actions == ["staff.sign-in", "staff.wrong-pin"], actions


def no_shutter_before_the_word(model):
    with a_day(model, countersign="before") as (rig, camera, station):
        station.must("sign-in Wang 4071")
        station.must(f"bind {rig.numbers[0]}")
        refused(station, "shoot", "not-countersigned")
        assert camera.took() == []
        station.must("sign-in Chen 4071")
        station.must("confirm")
        assert station.must("status")["countersigned"] == "Chen"
        refused(station, "shoot", "not-allowed")
        station.must("sign-in Zhao San 4071")
        mark = station.lines.mark()
        station.must("shoot")
        event = station.event("shot", "quarantined", "failed", since=mark)
        assert event["event"] == "shot", event
        station.must("wait")
        station.must("accept")
        station.must(f"bind {rig.numbers[1]}")
        refused(station, "shoot", "not-countersigned")  # another person, another word
        station.quit()
        with sqlite3.connect(f"{rig.data}/lanmu.db") as db:
            row = db.execute("SELECT c.actor, c.how, c.verdict, s.student_no FROM countersign c JOIN ticket t ON t.binding_id = c.binding_id "
                             "JOIN student s ON s.id = t.student_id").fetchall()
        assert row == [("Chen", "pin", "confirmed", rig.numbers[0])], row


def body_press_before_the_word(model):
    """Nobody can hold back the body's button: the picture goes to who sat there, the missing word is kept, said, and asked for before an accept."""
    with a_day(model, staff=False, countersign="before") as (rig, camera, station):
        station.must(f"bind {rig.numbers[0]}")
        event = {"event": "quarantined"}
        while event["event"] == "quarantined":  # too near to the bind for the camera's clock: a second later it is not
            assert event.get("reason", "edge-of-binding") == "edge-of-binding", event
            mark = station.lines.mark()
            camera.control("press")
            event = station.event("shot", "quarantined", since=mark)
        assert event["student_no"] == rig.numbers[0], event
        said = station.lines.wait(lambda line: line.get("event") == "trouble" and line["reason"] == "before-countersign", mark)
        assert "counselor" in said["message"], said
        station.must("wait")
        refused(station, "accept", "not-countersigned")
        (row,) = [row for row in rig.rows("shots") if row["state"] == "attached"]
        assert row["countersigned"] == "" and not row["chosen"], row
        station.must("confirm")
        station.must("accept")
        mark = station.lines.mark()
        station.must("shoot")  # of a confirmed sitting: nothing to say
        assert station.event("shot", "quarantined", "failed", since=mark)["event"] == "shot"
        station.must("wait")
        station.must(f"bind {rig.numbers[1]}")
        station.must(f"bind {rig.numbers[0]}")
        station.must("take 1")
        station.must("accept")  # confirmed in the sitting it was taken in
        station.quit()
        assert [bool(r["countersigned"]) for r in rig.rows("shots") if r["state"] == "attached"] == [True, True], rig.rows("shots")
        with sqlite3.connect(f"{rig.data}/lanmu.db") as db:
            noted = [row[0] for row in db.execute("SELECT subject FROM audit WHERE action = 'shot.before-countersign'")]
        assert noted == [f"shot/{row['shot']}"], noted
        ctl(rig.data, "verify")


def another_class(model):
    with a_day(model) as (rig, camera, station):
        station.must("sign-in Chen 4071")
        station.must(f"bind {rig.numbers[0]}")
        refused(station, f"bind {OTHER}", "other-class")
        station.quit()


def refusal_parks(model):
    with a_day(model, staff=False) as (rig, camera, station):
        number = rig.numbers[0]
        station.must(f"bind {number}")
        refused(station, "refuse", "no-reason")
        station.must("refuse not the person of the record")
        status = station.must("status")
        assert status["student_no"] == "" and status["phase"] == "idle", status
        refused(station, f"bind {number}", "held")
        mark = station.lines.mark()
        camera.control("press")  # the photographer presses anyway: nobody is bound, so it is nobody's
        event = station.event("shot", "quarantined", since=mark)
        assert event["event"] == "quarantined", event
        station.must("wait")
        station.quit()
        assert next(s for s in rig.rows("students") if s["student_no"] == number)["state"] == "skipped"
        held = rig.rows("holds")
        assert [(h["student_no"], h["kind"]) for h in held] == [(number, "identity")], held
        ctl(rig.data, "holds", "lift", number, "--reason", "came back with the card")
        assert next(s for s in rig.rows("students") if s["student_no"] == number)["state"] == "waiting"
        assert rig.rows("holds") == []
        again = Station(rig.data, camera.spec).ready()
        again.must(f"bind {number}")
        again.quit()


def as_somebody(data, name, pin, *command):
    said = subprocess.run([LANMUCTL, "--data", data, "--json", *command, "--reveal", "--as", name], input=pin + "\n", text=True, capture_output=True)
    return said.returncode, [json.loads(line) for line in said.stdout.splitlines()]


def missing_of(rig):
    return [json.loads(line) for line in ctl(rig.data, "--json", "countersign", "missing").splitlines()]


def said_afterwards(model):
    """Campaign "after": what is accepted waits for its word; the counselor gives it for the picture. And names are masked until somebody asks who may."""
    with a_day(model, countersign="after") as (rig, camera, station):
        station.must("sign-in Wang 4071")
        station.must(f"bind {rig.numbers[0]}")
        mark = station.lines.mark()
        station.must("shoot")
        shot = station.event("shot", "quarantined", "failed", since=mark)
        station.must("wait")
        station.must("accept")
        missing = missing_of(rig)
        assert [(m["student_no"], m["shot"]) for m in missing] == [(rig.numbers[0], shot["shot"])] and missing[0]["name"].endswith("*"), missing
        station.must("sign-in Zhao San 4071")
        refused(station, f"confirm {shot['shot']}", "not-allowed")
        station.must("sign-in Chen 4071")
        station.must(f"confirm {shot['shot']}")
        assert missing_of(rig) == []
        station.quit()
        masked = rig.rows("students")
        assert all(s["name"].endswith("*") and len(s["name"]) == 2 for s in masked), masked[0]
        assert as_somebody(rig.data, "Zhao San", "4071", "students")[0] == 1
        assert as_somebody(rig.data, "Chen", "9917", "students")[0] == 1
        code, seen = as_somebody(rig.data, "Chen", "4071", "students")
        assert code == 0, seen
        open_names = {s["student_no"] for s in seen if not s["name"].endswith("*")}
        assert rig.numbers[0] in open_names and OTHER not in open_names, open_names
        with sqlite3.connect(f"{rig.data}/lanmu.db") as db:
            assert db.execute("SELECT actor, subject FROM audit WHERE action = 'reveal'").fetchall() == [("Chen", "list/students")]


MODEL = sys.argv.pop(1)
FLOWS = (nobody_without_a_name, no_shutter_before_the_word, body_press_before_the_word, another_class,
         refusal_parks, said_afterwards)
sys.exit(run([(f"{MODEL}/{flow.__name__}", lambda flow=flow: flow(MODEL)) for flow in FLOWS]))

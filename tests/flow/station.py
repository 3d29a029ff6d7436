"""Flows of `lanmuctl station` against the simulated camera, each on both models. The camera's ledger is the judge."""
import contextlib
import functools
import json
import sys

from rig import Camera, Rig, Station, ctl, run


@contextlib.contextmanager
def a_day(model, *options):
    rig = Rig()
    camera = Camera(rig.folder, "--model", model, *options)
    station = Station(rig.data, camera.spec).ready()
    try:
        yield rig, camera, station
    finally:
        if station.process.poll() is None:
            station.kill()
        camera.stop()
        rig.close()


def shoot(station, number):
    """Binds and shoots; returns the event that ended the ticket."""
    station.must(f"bind {number}")
    mark = station.lines.mark()
    station.must("shoot")
    return station.event("shot", "quarantined", "failed", since=mark)


def done(station):
    answer, code = station.quit()
    assert answer and answer["ok"] and code == 0, (answer, code)


def host_shot(model):
    with a_day(model) as (rig, camera, station):
        event = shoot(station, rig.numbers[0])
        assert event["event"] == "shot" and event["student_no"] == rig.numbers[0] and event["origin"] == "host", event
        station.must("wait")
        station.must("accept")
        done(station)
        rows = rig.check_books(camera, {event["sha256"]: rig.numbers[0]})
        row = rows[event["sha256"]]
        assert row["chosen"] and row["state"] == "attached" and row["size"] == camera.took()[0]["size"], row
        student = next(s for s in rig.rows("students") if s["student_no"] == rig.numbers[0])
        assert student["state"] == "accepted", student
        assert not [t for t in rig.rows("tickets") if t["state"] == "open"]


def queue_at_the_door(model):
    """Codes get numbers at the door; who leaves keeps theirs; a code tied to a student binds both, and its pictures are the student's."""
    with a_day(model) as (rig, camera, station):
        station.must("door 采集 7/x=")
        station.must("door B")
        assert station.must(f"door-of {rig.numbers[1]} C c")["number"] == 3
        again = station.say("door B")
        assert not again["ok"] and "number 2" in again["message"], again
        assert not station.say(f"door-of {rig.numbers[1]} D")["ok"] and not station.say("door")["ok"]
        station.must("leave 1")
        owners = {}
        for token, student in (("B", None), ("采集 7/x=", None), ("C c", rig.numbers[1])):
            mark = station.lines.mark()
            station.must("call")
            bound = station.lines.wait(lambda line: line.get("event") == "bound", mark)
            assert bound["token"] == token and bound.get("student_no") in (student, ""), bound
            mark = station.lines.mark()
            station.must("shoot")
            shot = station.event("shot", since=mark)
            owners[shot["sha256"]] = student or ""
            station.must("wait")
            station.must("accept")
            if token == "B":
                station.must("back 1")
        assert not station.say("call")["ok"] and station.must("queue")["queue"] == []
        done(station)
        assert {row["sha256"]: row["student_no"] for row in rig.rows("shots")} == owners
        ctl(rig.data, "verify")


def body_shot(model):
    with a_day(model) as (rig, camera, station):
        shoot(station, rig.numbers[3])
        station.must("wait")
        mark = station.lines.mark()
        camera.control("press")
        event = station.event("shot", "quarantined", since=mark)
        assert event["event"] == "shot" and event["origin"] == "body" and event["student_no"] == rig.numbers[3], event
        station.must("wait")
        done(station)
        rig.check_books(camera, {took["sha256"]: rig.numbers[3] for took in camera.took()})


def body_shot_with_nobody_bound(model):
    with a_day(model) as (rig, camera, station):
        camera.control("press")
        event = station.event("shot", "quarantined")
        assert event["event"] == "quarantined", event
        station.must("wait")
        done(station)
        rig.check_books(camera, {})
        assert rig.rows("quarantine")


def raw_and_jpeg(model):
    with a_day(model, "--raw") as (rig, camera, station):
        event = shoot(station, rig.numbers[1])
        assert event["event"] == "shot", event
        station.must("wait")
        done(station)
        row = rig.check_books(camera, {event["sha256"]: rig.numbers[1]})[event["sha256"]]
        took = camera.took()[0]
        assert took["raw"], took
        import hashlib, os
        with open(os.path.join(rig.data, row["raw"]), "rb") as raw:
            assert hashlib.sha256(raw.read()).hexdigest() == took["raw_sha256"], "the RAW file is not the one the camera took"


def skip_and_return(model):
    with a_day(model) as (rig, camera, station):
        station.must("next")
        station.must("skip")
        bound = station.must("next")
        assert bound["student_no"] == rig.numbers[1], bound
        first = shoot(station, rig.numbers[1])
        station.must("wait")
        station.must("accept")
        back = shoot(station, rig.numbers[0])
        station.must("wait")
        station.must("accept")
        assert station.must("next")["student_no"] == rig.numbers[2]
        station.must("absent")
        done(station)
        rig.check_books(camera, {first["sha256"]: rig.numbers[1], back["sha256"]: rig.numbers[0]})
        states = {s["student_no"]: s["state"] for s in rig.rows("students")}
        assert [states[n] for n in rig.numbers[:4]] == ["accepted", "accepted", "absent", "waiting"], states


def retake(model):
    with a_day(model) as (rig, camera, station):
        first = shoot(station, rig.numbers[0])
        station.must("wait")
        station.must("retake")
        mark = station.lines.mark()
        station.must("shoot")
        second = station.event("shot", since=mark)
        station.must("wait")
        station.must("accept")
        done(station)
        rows = rig.check_books(camera, {first["sha256"]: rig.numbers[0], second["sha256"]: rig.numbers[0]})
        assert [rows[e["sha256"]]["chosen"] for e in (first, second)] == [False, True], "the second take was accepted, both are kept"


def two_quick_students(model):
    """The second student is called and shot while the first one's picture is still on its way."""
    with a_day(model) as (rig, camera, station):
        a, b = rig.numbers[4], rig.numbers[5]
        for command in (f"bind {a}", "shoot", f"bind {b}", "shoot", "wait"):
            station.send(command)
        station.lines.wait(lambda line: line.get("re") == "wait")
        done(station)
        took = camera.took()
        assert len(took) == 2, took
        rows = rig.check_books(camera, {took[0]["sha256"]: a, took[1]["sha256"]: b})
        assert all(row["state"] == "attached" for row in rows.values()), rows


def undo_an_accept(model):
    with a_day(model) as (rig, camera, station):
        event = shoot(station, rig.numbers[0])
        station.must("wait")
        station.must("accept")
        station.must("next")
        station.must("undo")
        status = station.must("status")
        assert status["student_no"] == rig.numbers[0], status
        done(station)
        student = next(s for s in rig.rows("students") if s["student_no"] == rig.numbers[0])
        assert student["state"] == "shot", student
        rig.check_books(camera, {event["sha256"]: rig.numbers[0]})


def body_press_between_students(model):
    """Pressed the moment the student changes: either one's for sure, or quarantine. Never a guess."""
    with a_day(model) as (rig, camera, station):
        a, b = rig.numbers[0], rig.numbers[1]
        first = shoot(station, a)
        station.must("wait")
        camera.control("press")
        station.must(f"bind {b}")
        station.event("shot", "quarantined", since=station.lines.items.index(first) + 1)
        station.must("wait")
        done(station)
        took = camera.took()
        rig.check_books(camera, {took[0]["sha256"]: a, took[1]["sha256"]: a})


def stale_picture(model):
    """The body hands over the picture before under a new name (CAMERA.md Q35)."""
    with a_day(model) as (rig, camera, station):
        first = shoot(station, rig.numbers[0])
        station.must("wait")
        camera.control("stale")
        station.must(f"bind {rig.numbers[1]}")
        station.must("shoot")
        station.must("wait")
        done(station)
        rows = {row["sha256"]: row for row in rig.rows("shots") if row["state"] == "attached"}
        assert rows[first["sha256"]]["student_no"] == rig.numbers[0]
        assert all(row["student_no"] != rig.numbers[1] for row in rows.values()), rows
        assert not [t for t in rig.rows("tickets") if t["state"] == "open"]


def wrong_exif_time(model):
    with a_day(model) as (rig, camera, station):
        camera.control("wrong-time -3600")
        event = shoot(station, rig.numbers[0])
        assert event["event"] == "quarantined", event
        station.must("wait")
        done(station)
        rig.check_books(camera, {})


def wrong_serial(model):
    with a_day(model) as (rig, camera, station):
        camera.control("wrong-serial 9999999")
        event = shoot(station, rig.numbers[0])
        assert event["event"] == "quarantined" and event["reason"] == "other-camera", event
        station.must("wait")
        done(station)
        rig.check_books(camera, {})


def lost_event(model):
    """No FILE_ADDED ever comes: the card is asked."""
    with a_day(model) as (rig, camera, station):
        camera.control("lost-event 1")
        event = shoot(station, rig.numbers[2])
        assert event["event"] == "shot" and event["student_no"] == rig.numbers[2], event
        station.must("wait")
        done(station)
        rig.check_books(camera, {event["sha256"]: rig.numbers[2]})


def pressed_while_the_station_was_off(model):
    """Nobody was bound, nothing was running: the card still has it, and reconcile brings it to the tray."""
    with a_day(model) as (rig, camera, station):
        event = shoot(station, rig.numbers[0])
        station.must("wait")
        done(station)
        camera.control("press")
        camera.wait_took(2)
        counts = json.loads(ctl(rig.data, "--camera", camera.spec, "--json", "reconcile"))
        assert counts["quarantined"] == 1 and counts["attached"] == 0, counts
        rig.check_books(camera, {event["sha256"]: rig.numbers[0]})
        again = json.loads(ctl(rig.data, "--camera", camera.spec, "--json", "reconcile"))
        assert again["quarantined"] == 0 and again["attached"] == 0, again


def refused_releases(model):
    """AF refusal and a full card: the ticket fails with the reason, nothing is recorded, the next shot works."""
    with a_day(model) as (rig, camera, station):
        for fault, off, reason in (("af-fail on", "af-fail off", "no-focus"), ("card-full on", "card-full off", "card-full")):
            camera.control(fault)
            event = shoot(station, rig.numbers[0])
            assert event["event"] == "failed" and event["reason"] == reason, event
            camera.control(off)
        event = shoot(station, rig.numbers[0])
        assert event["event"] == "shot", event
        station.must("wait")
        done(station)
        rig.check_books(camera, {event["sha256"]: rig.numbers[0]})


def dropped_while_live(model):
    with a_day(model) as (rig, camera, station):
        mark = station.lines.mark()
        camera.control("drop")
        station.lines.wait(lambda line: line.get("event") == "camera" and line["state"] in ("lost", "opening"), mark)
        station.event("reconciled", since=mark)
        event = shoot(station, rig.numbers[0])
        assert event["event"] == "shot", event
        station.must("wait")
        done(station)
        rig.check_books(camera, {event["sha256"]: rig.numbers[0]})


def unplugged_after_the_release(model):
    """The cable goes between the release and the file; after the return the card's copy is attached by its ticket."""
    with a_day(model, "--shot-ms", "800") as (rig, camera, station):
        shoot(station, rig.numbers[0])
        station.must("wait")
        station.must(f"bind {rig.numbers[1]}")
        mark = station.lines.mark()
        station.must("shoot")
        camera.control("in 300 unplug 1500")
        event = station.event("shot", "quarantined", "failed", since=mark)
        station.must("wait")
        done(station)
        took = camera.took()
        rig.check_books(camera, {t["sha256"]: rig.numbers[min(i, 1)] for i, t in enumerate(took)})
        assert event["event"] == "shot" or len(took) == 1, (event, took)


def corrupted_on_the_way(model):
    with a_day(model) as (rig, camera, station):
        camera.control("truncate honest")
        event = shoot(station, rig.numbers[0])
        station.must("wait")
        done(station)
        assert event["event"] == "shot", event
        rig.check_books(camera, {event["sha256"]: rig.numbers[0]})


def killed_host(model):
    """The camera host dies in the middle of things; a new one is there soon and the next shot works."""
    import subprocess
    with a_day(model) as (rig, camera, station):
        mark = station.lines.mark()
        subprocess.run(["pkill", "-KILL", "-P", str(station.process.pid), "lanmu-camera"], check=True)
        station.event("reconciled", since=mark)
        event = shoot(station, rig.numbers[0])
        assert event["event"] == "shot", event
        station.must("wait")
        assert station.must("status")["frames"]["respawns"] >= 1
        done(station)
        rig.check_books(camera, {event["sha256"]: rig.numbers[0]})


def refusals(model):
    """What is asked wrongly is answered with a kind and changes nothing."""
    with a_day(model) as (rig, camera, station):
        for command, kind in (("shoot", "not-bound"), ("bind 000", "no-student"), ("accept", "no-take"), ("code ", "bad-token"),
                              ("undo", "nothing-to-undo"), ("dance", "unknown-command")):
            answer = station.say(command)
            assert not answer["ok"] and answer["kind"] == kind and answer["message"], (command, answer)
        done(station)
        assert not camera.took() and not rig.rows("tickets")


def capture_code(model):
    with a_day(model) as (rig, camera, station):
        token = "XH+/=采集 码\t1"
        station.must("code " + token)
        mark = station.lines.mark()
        station.must("shoot")
        event = station.event("shot", "quarantined", "failed", since=mark)
        assert event["event"] == "shot" and event["token"] == token, event
        station.must("wait")
        done(station)


def by_code(station, command="shoot"):
    mark = station.lines.mark()
    station.must(command)
    event = station.event("shot", "quarantined", "failed", since=mark)
    assert event["event"] == "shot", event
    station.must("wait")
    return event["shot"]


def codes_decided(model):
    """Whoever shows a code is accepted, photographed again, set aside, called back and undone like a student of the list."""
    with a_day(model) as (rig, camera, station):
        station.must("code A")
        first = by_code(station)
        station.must("retake")
        second = by_code(station)
        station.must("take 1")
        station.must("accept")
        refused = station.say("skip")
        assert not refused["ok"] and refused["kind"] == "store", refused  # an accepted code is not set aside
        refused = station.say("absent")
        assert not refused["ok"] and refused["kind"] == "code-not-absent", refused
        station.must("code B")
        third = by_code(station)
        station.must("skip")
        station.must("undo")
        station.must("take 1")
        station.must("accept")
        mark = station.lines.mark()
        station.must("code A")
        bound = station.event("bound", since=mark)
        assert bound["token"] == "A" and bound["state"] == "accepted", bound  # the alarm: it was photographed
        station.must("take 2")
        station.must("accept")
        rows = {row["token"]: row for row in rig.rows("codes")}
        assert rows["A"]["chosen"] == second and rows["A"]["takes"] == 2 and rows["A"]["number"] == 1, rows
        assert rows["B"]["chosen"] == third and rows["B"]["state"] == "accepted", rows
        station.must("undo")
        assert {row["token"]: row["chosen"] for row in rig.rows("codes")} == {"A": first, "B": third}
        done(station)
        chosen = {row["shot"] for row in rig.rows("shots") if row["chosen"]}
        assert chosen == {first, third}, chosen
        assert ctl(rig.data, "verify")


FLOWS = [host_shot, body_shot, body_shot_with_nobody_bound, raw_and_jpeg, skip_and_return, retake, two_quick_students, undo_an_accept,
         body_press_between_students, stale_picture, wrong_exif_time, wrong_serial, lost_event, pressed_while_the_station_was_off,
         refused_releases, dropped_while_live,
         unplugged_after_the_release, corrupted_on_the_way, killed_host]
NIKON_ONLY = [refusals, capture_code, codes_decided, queue_at_the_door]

if __name__ == "__main__":
    model = sys.argv.pop(1)
    tests = [(f"{model}/{flow.__name__}", functools.partial(flow, model)) for flow in FLOWS + (NIKON_ONLY if model == "nikon" else [])]
    sys.exit(run(tests))

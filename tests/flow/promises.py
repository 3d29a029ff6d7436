"""What must hold when things go wrong in the middle: each flow is a way in which a picture was once lost, given away, or waited for in vain.

The camera's ledger is the judge, as in station.py.
"""
import functools
import os
import signal
import sys
import time

from rig import Camera, Rig, Station, boot_us, run
from station import a_day, done, shoot

LONG_AGO = time.time() - 200 * 86400


def ended(station, mark):
    return station.event("shot", "quarantined", "failed", since=mark)


def until_boot(moment_us):
    """Not to synchronise: the moments themselves are what is tested."""
    while boot_us() < moment_us:
        time.sleep(0.05)


def ask_during_the_guard(rig, station):
    """The student has just changed and the clock is known to a second or so: the release waits that long."""
    station.must(f"bind {rig.numbers[1]}")
    station.must(f"bind {rig.numbers[0]}")
    mark = station.lines.mark()
    station.send("shoot")
    station.event("ticket", since=mark)
    return mark


def body_press_during_the_guard(model):
    """The first release of a student waits for the clock; a press of the body meanwhile must not be taken for it."""
    with a_day(model) as (rig, camera, station):
        mark = ask_during_the_guard(rig, station)
        camera.control("press")
        answer = station.lines.wait(lambda line: line.get("re") == "shoot", mark)
        assert answer and answer["ok"], answer
        station.must("wait")
        done(station)
        assert [took["by"] for took in camera.took()].count("host") == 1, camera.took()
        rig.check_books(camera, {took["sha256"]: rig.numbers[0] for took in camera.took()})


def stop_during_the_guard(model):
    """Asked to stop before the shutter moved: it does not move, and the ticket says why."""
    with a_day(model) as (rig, camera, station):
        mark = ask_during_the_guard(rig, station)
        station.process.send_signal(signal.SIGTERM)
        answer = station.lines.wait(lambda line: line.get("re") == "quit", mark)
        assert answer and answer["ok"] and station.process.wait(60) == 0, answer
        tickets = rig.rows("tickets")
        assert [ticket["state"] for ticket in tickets] == ["failed"] and tickets[0]["reason"] == "stopped", tickets
        assert not camera.took(), camera.took()


def seat_kept_while_a_lost_shutter_may_be_open(model):
    """The cable goes in the middle of a release: nobody else is bound until its picture is there, live pictures come again, or it can no longer come; who sat
    there may be called again meanwhile."""
    with a_day(model, "--shot-ms", "1500") as (rig, camera, station):
        shoot(station, rig.numbers[0])
        station.must("wait")
        mark = station.lines.mark()
        station.must("shoot")
        asked = boot_us()
        camera.control("in 200 unplug 1500")
        lost = station.lines.wait(lambda line: line.get("event") == "camera" and line["state"] == "lost", mark)
        station.must(f"bind {rig.numbers[0]}")
        assert not [line for line in station.lines.items[station.lines.items.index(lost, mark):] if line.get("event") == "camera" and line["state"] == "live"], "live before the cable is back"
        again = station.lines.mark()
        station.send(f"bind {rig.numbers[1]}")
        bound = station.lines.wait(lambda line: line.get("re") == "bind", again)
        assert bound and bound["ok"], bound
        before = station.lines.items[again:station.lines.items.index(bound, again)]
        over = [line for line in before if line.get("event") in ("shot", "quarantined", "failed") or line.get("state") == "live"]
        assert over or boot_us() - asked > 7_500_000, "the next student was bound while the shutter could be open"
        ended(station, mark)
        station.must("wait")
        done(station)
        rig.check_books(camera, {took["sha256"]: rig.numbers[0] for took in camera.took()})


def reconcile_interrupted(model):
    """The event is lost, and then the line breaks while the card's copy is fetched: the ticket waits on and gets its picture."""
    with a_day(model) as (rig, camera, station):
        camera.control("lost-event 1")
        camera.control("drop download")
        event = shoot(station, rig.numbers[2])
        assert event["event"] == "shot" and event["origin"] == "host" and event["student_no"] == rig.numbers[2], event
        station.must("wait")
        assert not os.listdir(os.path.join(rig.data, "incoming")), "a part was left"
        done(station)
        rig.check_books(camera, {event["sha256"]: rig.numbers[2]})
        assert [ticket["state"] for ticket in rig.rows("tickets")] == ["attached"], rig.rows("tickets")


def disk_that_refuses(model):
    """The vault's folder cannot be written for a while: the picture waits with its bytes proved, and is kept when it can be, without a restart."""
    with a_day(model) as (rig, camera, station):
        shots = os.path.join(rig.data, "shots")
        os.rename(shots, shots + ".away")
        with open(shots, "w", encoding="utf-8"):
            pass
        station.must(f"bind {rig.numbers[0]}")
        mark = station.lines.mark()
        station.must("shoot")
        trouble = station.event("trouble", "shot", "quarantined", "failed", since=mark)
        assert trouble["event"] == "trouble", trouble
        os.remove(shots)
        os.rename(shots + ".away", shots)
        event = ended(station, mark)
        assert event["event"] == "shot" and event["student_no"] == rig.numbers[0], event
        station.must("wait")
        done(station)
        rig.check_books(camera, {event["sha256"]: rig.numbers[0]})


def folder_taken_away(model):
    """The data folder vanishes (a disk unplugged, a careless clean-up): the refusal says that, not that the disk is full, and no shutter moves."""
    with a_day(model) as (rig, camera, station):
        station.must(f"bind {rig.numbers[0]}")
        os.rename(rig.data, rig.data + ".away")
        answer = station.say("shoot")
        os.rename(rig.data + ".away", rig.data)
        assert not answer["ok"] and answer["kind"] == "io", answer
        assert not camera.took(), camera.took()
        mark = station.lines.mark()
        station.must("shoot")
        event = ended(station, mark)
        assert event["event"] == "shot", event
        station.must("wait")
        done(station)
        rig.check_books(camera, {event["sha256"]: rig.numbers[0]})


def body_shot_in_code_mode(model):
    with a_day(model) as (rig, camera, station):
        station.must("code XH-0001")
        mark = station.lines.mark()
        station.must("shoot")
        assert ended(station, mark)["event"] == "shot"
        station.must("wait")
        mark = station.lines.mark()
        camera.control("press")
        event = ended(station, mark)
        assert event["event"] == "shot" and event["origin"] == "body" and event["token"] == "XH-0001", event
        station.must("wait")
        done(station)
        assert {row["sha256"] for row in rig.rows("shots")} == {took["sha256"] for took in camera.took()}
        assert not [ticket for ticket in rig.rows("tickets") if ticket["state"] == "open"]


def clock_set_at_the_body(model):
    """Somebody sets the body's clock an hour back in the middle of the day: at most the picture that finds it out is doubted."""
    with a_day(model) as (rig, camera, station):
        first = shoot(station, rig.numbers[0])
        assert first["event"] == "shot", first
        station.must("wait")
        camera.control("clock -3600")
        second = shoot(station, rig.numbers[1])
        assert second["event"] in ("shot", "quarantined"), second
        station.must("wait")
        third = shoot(station, rig.numbers[1])
        station.must("wait")
        fourth = shoot(station, rig.numbers[2])
        station.must("wait")
        done(station)
        assert third["event"] == "shot" or fourth["event"] == "shot", (third, fourth)
        rig.check_books(camera, {took["sha256"]: rig.numbers[who] for took, who in zip(camera.took(), (0, 1, 1, 2))})


def pressed_while_the_station_was_dead(model):
    """Killed, and its sign of life lost: a picture pressed afterwards is not the student's who was bound last."""
    with a_day(model) as (rig, camera, station):
        event = shoot(station, rig.numbers[0])
        station.must("wait")
        station.kill()
        os.remove(os.path.join(rig.data, "alive"))
        until_boot(boot_us() + 3_000_000)
        camera.control("press")
        until_boot(camera.wait_took(2)[1]["boot_us"] + 3_000_000)
        again = Station(rig.data, camera.spec).ready()
        again.must("wait")
        done(again)
        rig.check_books(camera, {event["sha256"]: rig.numbers[0]})


def pressed_after_the_first_look(model):
    """An empty card was looked at, nothing else was recorded of the body: what is pressed then, unheard before a death, is no picture of before."""
    with a_day(model) as (rig, camera, station):
        camera.control("lost-event 1")
        camera.control("press")
        camera.wait_took(1)
        station.kill()
        station = Station(rig.data, camera.spec).ready()
        station.must("wait")
        done(station)
        rig.check_books(camera, {})


def old_card(folder, count):
    """A card of another year: only names, sizes and dates matter, for nobody may download it."""
    place = os.path.join(folder, "DCIM", "100NCD75")
    os.makedirs(place)
    for number in range(1, count + 1):
        path = os.path.join(place, f"DSC_{number:04d}.JPG")
        with open(path, "wb") as out:
            out.write(b"\xff\xd8" + b"\0" * number + b"\xff\xd9")
        os.utime(path, (LONG_AGO, LONG_AGO))


def card_of_another_year(model):
    """A body that is known gets a card with 1,200 old pictures: they are foreign by their dates, none is fetched, and shooting goes on."""
    rig = Rig()
    old_card(os.path.join(rig.folder, "card"), 1200)
    camera = Camera(rig.folder, "--model", model, "--serial", "6012345")
    try:
        station = Station(rig.data, camera.spec).ready()
        first = shoot(station, rig.numbers[0])
        station.must("wait")
        done(station)
        camera.stop()
        camera = Camera(rig.folder, "--model", model, "--serial", "6012345", "--card", os.path.join(rig.folder, "card"))
        station = Station(rig.data, camera.spec).ready()
        reconciled = station.events("reconciled")[0]
        assert reconciled["foreign"] == 1200 and reconciled["quarantined"] == 0, reconciled
        second = shoot(station, rig.numbers[1])
        assert second["event"] == "shot", second
        station.must("wait")
        done(station)
        rig.check_books(camera, {first["sha256"]: rig.numbers[0], second["sha256"]: rig.numbers[1]})
    finally:
        camera.stop()
        rig.close()


FLOWS = [body_press_during_the_guard, stop_during_the_guard, seat_kept_while_a_lost_shutter_may_be_open, reconcile_interrupted, disk_that_refuses,
         folder_taken_away, clock_set_at_the_body, pressed_while_the_station_was_dead,
         pressed_after_the_first_look]
NIKON_ONLY = [body_shot_in_code_mode, card_of_another_year]

if __name__ == "__main__":
    model = sys.argv.pop(1)
    tests = [(f"{model}/{flow.__name__}", functools.partial(flow, model)) for flow in FLOWS + (NIKON_ONLY if model == "nikon" else [])]
    sys.exit(run(tests))

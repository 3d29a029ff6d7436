"""What lies on the card and what the camera's clock says, when neither can be taken on trust: every file of the campaign is attached, in the tray, known as
foreign, or named; and a lost host leaves nothing behind. Each on both models; the camera's ledger is the judge, as in station.py.
"""
import functools
import os
import sqlite3
import subprocess
import sys

from rig import Station, run, together
from promises import until_boot
from station import a_day, done, shoot

RELEASE = {"nikon": "InitiateCaptureRecInMedia", "canon": "RemoteReleaseOn"}
FEW = ("--shot-ms", "30", "--startup-ms", "50", "--shot-size", "640x424")


def settled(station, mark):
    return station.event("shot", "quarantined", "failed", since=mark)


def reasons(station):
    return [line.get("reason") for line in station.events("trouble")]


def card_changed_in_the_middle(model):
    """Another card, full of other people's pictures: it is said, none of them is fetched, and the day goes on."""
    with a_day(model, *FEW) as (rig, camera, station):
        first = shoot(station, rig.numbers[0])
        station.must("wait")
        mark = station.lines.mark()
        camera.control("swap-card 40")
        lost = station.lines.wait(lambda line: line.get("event") == "camera" and line["state"] == "lost", mark)
        assert lost["reason"] == "card-changed", lost
        trouble = station.event("trouble", since=mark)
        assert trouble["reason"] == "card-changed" and "old card" in trouble["message"], trouble
        reconciled = station.event("reconciled", since=mark)
        assert reconciled["foreign"] == 40 and reconciled["quarantined"] == 0 and reconciled["unexplained"] == 0, reconciled
        second = shoot(station, rig.numbers[1])
        assert second["event"] == "shot", second
        station.must("wait")
        done(station)
        rig.check_books(camera, {first["sha256"]: rig.numbers[0], second["sha256"]: rig.numbers[1]})


def card_changed_overnight(model):
    """The station was off when the card was changed: the first look says so."""
    with a_day(model, *FEW) as (rig, camera, station):
        first = shoot(station, rig.numbers[0])
        station.must("wait")
        done(station)
        camera.control("swap-card")
        again = Station(rig.data, camera.spec).ready()
        assert "card-changed" in reasons(again), again.lines.items
        second = shoot(again, rig.numbers[1])
        assert second["event"] == "shot", second
        again.must("wait")
        again.must("reconcile")
        again.must("wait")
        assert reasons(again).count("card-changed") == 1, "said once"
        done(again)
        rig.check_books(camera, {first["sha256"]: rig.numbers[0], second["sha256"]: rig.numbers[1]})


def same_name_on_another_card(model):
    """A new card, the counter set back, and a picture that nobody announced: it bears the name and the size of one that is known, and is another one."""
    with a_day(model, *FEW) as (rig, camera, station):
        first = shoot(station, rig.numbers[0])
        station.must("wait")
        mark = station.lines.mark()
        camera.control("swap-card")
        station.event("reconciled", since=mark)
        camera.control("number 1")
        camera.control("lost-event 1")
        until_boot(camera.took()[0]["boot_us"] + 2_500_000)  # the directory's time knows whole seconds
        camera.control("press")
        camera.wait_took(2)
        mark = station.lines.mark()
        camera.control("drop")
        event = settled(station, mark)
        assert event["event"] == "shot" and event["student_no"] == rig.numbers[0], event
        station.must("wait")
        done(station)
        took = camera.took()
        assert took[0]["file"] == took[1]["file"], took
        rig.check_books(camera, {first["sha256"]: rig.numbers[0], took[1]["sha256"]: rig.numbers[0]})


def first_pictures_are_not_foreign(model):
    """Nothing was recorded yet, the line drops, and a picture of ours lies on the card: it is not one that was there before us."""
    with a_day(model, *FEW) as (rig, camera, station):
        mark = station.lines.mark()
        camera.control("lost-event 1")
        camera.control("press")
        camera.wait_took(1)
        camera.control("drop")
        reconciled = station.event("reconciled", since=mark)
        assert reconciled["quarantined"] == 1 and reconciled["foreign"] == 0, reconciled
        done(station)
        rig.check_books(camera, {})


def press_lost_in_the_librarys_trigger(model):
    """The body's own picture is announced in the middle of our release, where the library throws announcements away (CAMERA.md Q15)."""
    with a_day(model, *FEW) as (rig, camera, station):
        first = shoot(station, rig.numbers[0])
        station.must("wait")
        camera.control("reorder-event")
        camera.control("press")
        camera.wait_took(2)
        camera.control(f"on {RELEASE[model]} calm")  # lets go of the announcement that was held back
        mark = station.lines.mark()
        station.must("shoot")
        station.lines.wait(lambda line: line.get("event") == "shot" and line["origin"] == "body", mark)
        station.must("wait")
        done(station)
        took = camera.took()
        assert len(took) == 3, took
        rows = rig.check_books(camera, {picture["sha256"]: rig.numbers[0] for picture in took})
        assert sorted(row["origin"] for row in rows.values()) == ["body", "host", "host"] and first["sha256"] == took[0]["sha256"], rows


def announced_out_of_order(model):
    """The first of two pictures is announced after the second; both find their student."""
    with a_day(model, *FEW) as (rig, camera, station):
        shoot(station, rig.numbers[0])
        station.must("wait")
        mark = station.lines.mark()
        camera.control("reorder-event")
        camera.control("press")
        camera.wait_took(2)
        camera.control("press")
        for _ in range(2):
            event = settled(station, mark)
            assert event["event"] == "shot" and event["student_no"] == rig.numbers[0], event
            mark = station.lines.items.index(event) + 1
        station.must("wait")
        done(station)
        rig.check_books(camera, {picture["sha256"]: rig.numbers[0] for picture in camera.took()})


def three_for_one_release(model):
    """Two presses of the body are announced into our release: each picture is the student's, the release has one of them, nothing waits for ever."""
    with a_day(model, *FEW) as (rig, camera, station):
        shoot(station, rig.numbers[0])
        station.must("wait")
        camera.control("bandwidth 400000")
        camera.control("reorder-event")
        camera.control("press")
        camera.wait_took(2)
        camera.control("on GetObject press")
        station.must("shoot")
        station.must("wait")
        camera.control("calm")
        camera.wait_took(4)
        station.must("reconcile")
        station.must("wait")
        done(station)
        rows = rig.check_books(camera, {picture["sha256"]: rig.numbers[0] for picture in camera.took()})
        assert len(rows) == 4 and not [ticket for ticket in rig.rows("tickets") if ticket["state"] == "open"], rows


def announced_twice(model):
    with a_day(model, *FEW) as (rig, camera, station):
        camera.control("dup-event")
        event = shoot(station, rig.numbers[0])
        station.must("wait")
        done(station)
        assert len(rig.rows("shots")) == 1 and event["event"] == "shot", rig.rows("shots")
        rig.check_books(camera, {event["sha256"]: rig.numbers[0]})


def proof_of_a_modest_body(model):
    """No hundredths of a second, no serial: the picture is attached with what there is, and the strength of the proof is stored."""
    with a_day(model, *FEW) as (rig, camera, station):
        whole = shoot(station, rig.numbers[0])
        station.must("wait")
        camera.control("no-subsec on")
        camera.control("no-serial on")
        modest = shoot(station, rig.numbers[0])
        station.must("wait")
        done(station)
        rows = rig.check_books(camera, {event["sha256"]: rig.numbers[0] for event in (whole, modest)})
        strong, weak = (set(rows[event["sha256"]]["proof"].split(",")) for event in (whole, modest))
        assert {"size", "decode", "new", "time", "serial"} <= strong, strong
        assert strong - weak == {"serial"} and "time" in weak, (strong, weak)


def clock_set_while_nobody_looked(model):
    """The body's clock is set two hours ahead while a picture lies unseen on the card: nobody can tell any more by which setting it was stamped, so it is the tray's."""
    with a_day(model, *FEW) as (rig, camera, station):
        first = shoot(station, rig.numbers[0])
        station.must("wait")
        camera.control("lost-event 1")
        camera.control("press")
        camera.wait_took(2)
        camera.control("clock 7200")
        mark = station.lines.mark()
        camera.control("drop")
        station.event("reconciled", since=mark)
        assert "camera-clock-jumped" in reasons(station), reasons(station)
        second = shoot(station, rig.numbers[1])
        assert second["event"] == "shot", second
        station.must("wait")
        done(station)
        took = camera.took()
        rows = rig.check_books(camera, {first["sha256"]: rig.numbers[0], took[1]["sha256"]: rig.numbers[0], second["sha256"]: rig.numbers[1]})
        assert rows[took[1]["sha256"]]["state"] in ("quarantined", "attached"), rows


def size_that_lies(model):
    """The body says another size than the file has: what came is in the tray, under its name, and the ticket is answered."""
    with a_day(model, *FEW) as (rig, camera, station):
        camera.control("wrong-size 5000")
        event = shoot(station, rig.numbers[0])
        assert event["event"] == "quarantined", event
        station.must("wait")
        station.must("reconcile")
        station.must("wait")
        assert station.events("reconciled")[-1]["unexplained"] == 0, station.events("reconciled")
        done(station)
        rows = rig.rows("shots")
        assert [row["camera_file"] for row in rows] == [camera.took()[0]["file"]], rows
        assert not [ticket for ticket in rig.rows("tickets") if ticket["state"] == "open"]


def held(pid):
    """Open descriptors, shared mappings and children that nobody waited for."""
    with open(f"/proc/{pid}/maps", encoding="utf-8") as maps:
        shared = sum("memfd:" in line for line in maps)
    with open(f"/proc/{pid}/task/{pid}/children", encoding="utf-8") as children:
        return len(os.listdir(f"/proc/{pid}/fd")), shared, len(children.read().split())


def lost_hosts_leave_nothing(model, count=6):
    """The camera host dies again and again: descriptors, shared memory and children stay as many as they were."""
    with a_day(model, *FEW) as (rig, camera, station):
        shoot(station, rig.numbers[0])
        station.must("wait")
        before = None
        for i in range(count):
            mark = station.lines.mark()
            subprocess.run(["pkill", "-KILL", "-P", str(station.process.pid), "lanmu-camera"], check=True)
            station.event("reconciled", since=mark)
            if i == 1:
                before = held(station.process.pid)
        after = held(station.process.pid)
        assert after == before, f"{count} lost hosts: {before} (descriptors, shared mappings, children) became {after}"
        assert station.must("status")["frames"]["respawns"] >= count
        event = shoot(station, rig.numbers[0])
        assert event["event"] == "shot", event
        station.must("wait")
        done(station)
        rig.check_books(camera, {took["sha256"]: rig.numbers[0] for took in camera.took()})


def raw_after_a_death(model, fault, forget):
    """A death after the download: the part is attached, its file on the card is known again, and its RAW comes."""
    with a_day(model, *FEW, "--raw") as (rig, camera, station):
        done(station)
        dying = Station(rig.data, camera.spec, LANMU_KILL_AT="vault.keep.before-rename").ready()
        dying.must(f"bind {rig.numbers[0]}")
        if fault:
            camera.control(fault)
        dying.send("shoot")
        assert dying.process.wait(60) == -9
        if forget:
            with sqlite3.connect(f"{rig.data}/lanmu.db") as db:
                assert db.execute("UPDATE ticket SET camera_file = '' WHERE state = 'open'").rowcount == 1
        again = Station(rig.data, camera.spec).ready()
        again.must("wait")
        (took,) = camera.took()
        (row,) = rig.rows("shots")
        assert row["sha256"] == took["sha256"] and rig.numbers[0] in (row["student_no"], row["likely"]), row
        assert row["camera_file"] == took["file"] and row["raw_sha256"] == took["raw_sha256"], row
        assert again.events("reconciled")[-1]["unexplained"] == 0 and "seen-before" not in reasons(again), again.lines.items
        done(again)


def raw_of_a_picture_without_a_name(model):
    """… as if the note of the file's name had not been durable yet."""
    raw_after_a_death(model, None, True)


def raw_of_a_picture_of_another_size(model):
    """… and the card's directory says another size than the file has."""
    raw_after_a_death(model, "wrong-size 4096", False)


FLOWS = [card_changed_in_the_middle, card_changed_overnight, same_name_on_another_card, first_pictures_are_not_foreign, press_lost_in_the_librarys_trigger, announced_out_of_order,
         three_for_one_release, announced_twice, proof_of_a_modest_body, clock_set_while_nobody_looked, size_that_lies, raw_of_a_picture_without_a_name, raw_of_a_picture_of_another_size,
         lost_hosts_leave_nothing]

if __name__ == "__main__":
    model = sys.argv.pop(1)
    tests = [(f"{model}/{flow.__name__}", functools.partial(flow, model)) for flow in FLOWS]
    if sys.argv[1:] == ["long"]:
        sys.argv.pop()
        tests = [(f"{model}/lost_hosts_leave_nothing/200", functools.partial(lost_hosts_leave_nothing, model, 200))]
    sys.exit(run(together(tests)))

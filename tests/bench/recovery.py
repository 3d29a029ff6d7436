"""How long until live pictures flow again: after a dropped line, after a hang inside libgphoto2, after the cable is plugged in again. Both bodies; the slowest
counts, for a photographer remembers that one."""
import os
import statistics
import time

from camera import Simcam
from parts import SHOT_MS, row
from station import Station

MODELS = ("nikon", "canon")
UNPLUGGED_MS = 2500


def frames(station):
    status = station.ask("status")
    return status["frames"]["decoded"], status["camera"]["state"]


def until_live(station, since, seconds=60):
    """Milliseconds from `since` until a new live picture is there."""
    while frames(station)[1] == "live":  # the fault is not felt yet
        if time.monotonic() - since > seconds:
            raise RuntimeError("the fault was never felt")
        time.sleep(0.002)
    before, state = frames(station)
    while state != "live" or frames(station)[0] <= before:
        if time.monotonic() - since > seconds:
            raise RuntimeError("never live again")
        time.sleep(0.005)
        state = frames(station)[1]
    return (time.monotonic() - since) * 1000


def drop(simcam, station, context):
    simcam.tell("drop")
    return until_live(station, time.monotonic())


def replug(simcam, station, context):
    """Counted from the moment the camera can be reached again."""
    began = time.monotonic()
    simcam.tell(f"unplug {UNPLUGGED_MS}")
    return until_live(station, began) - UNPLUGGED_MS


def prepare_hang(context, operation):
    with open(context.path("mishap.new"), "w", encoding="utf-8") as out:
        out.write(f"hang {operation}")
    os.rename(context.path("mishap.new"), context.path("mishap"))


def until_hung(context):
    while os.path.exists(context.path("mishap")):
        time.sleep(0.001)
    return time.monotonic()


def hang(simcam, station, context):
    prepare_hang(context, "live")
    return until_live(station, until_hung(context))


def hang_release(simcam, station, context):
    """In the middle of a release, at a shutter speed of the studio."""
    station.ask("wait")  # for what the round before left open
    station.ask(f"bind {context.students[0]}")
    prepare_hang(context, "release")
    station.ask("shoot")
    return until_live(station, until_hung(context))


def measure(context, fault, count):
    ours = []
    for model in MODELS:
        context.students = context.campaign(f"{fault.__name__}-{model}")
        os.environ["LANMU_CAMERA_MISHAP"] = context.path("mishap")
        with Simcam(context.build, "--model", model, "--shot-ms", SHOT_MS) as simcam, \
                Station(context.build, context.path(f"{fault.__name__}-{model}"), simcam.spec) as station:
            ours += [fault(simcam, station, context) for _ in range(count)]
    return ours


def row_of(context, what, fault, goal_ms, count):
    ours = measure(context, fault, 2 if context.quick else count)
    return [row(f"live again after {what}, camera needs 300 ms", f"{statistics.median(ours) / 1000:.2f} s, slowest of {len(ours)}: {max(ours) / 1000:.2f} s",
                goal=f"≤ {goal_ms // 1000} s", met=max(ours) <= goal_ms, ours_ms=ours)]


def after_drop(context):
    return row_of(context, "a dropped line", drop, 2000, 10)


def after_hang(context):
    return row_of(context, "a hang inside libgphoto2", hang, 6000, 3)


def after_hung_release(context):
    return row_of(context, "a hang inside a release at 1/125 s", hang_release, 6000, 2)


def after_replug(context):
    return row_of(context, "plugging in again", replug, 3000, 5)

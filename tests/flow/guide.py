"""Guidance from the live picture, and the release by itself: only into a seat that was seen empty since the student was called, and once."""
import contextlib
import functools
import os
import sys
import time

from rig import DEADLINE, Camera, Rig, Station, ctl, run

MODELS = os.environ.get("LANMU_MODELS") or os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "lanmu", "models")


@contextlib.contextmanager
def a_day(model, release="off"):
    rig = Rig()
    ctl(rig.data, "settings", f"station.release={release}")
    camera = Camera(rig.folder, "--model", model, "--fps", "12", "--live-size", "480x320")
    station = Station(rig.data, camera.spec).ready()
    try:
        yield rig, camera, station
    finally:
        if station.process.poll() is None:
            station.kill()
        camera.stop()
        rig.close()


def wait_status(station, what, good):
    end = time.monotonic() + DEADLINE
    while True:
        status = station.must("status")
        if good(status):
            return status
        assert time.monotonic() < end, f"never {what}: {status}"
        time.sleep(0.1)


def guided(station, code):
    return wait_status(station, code, lambda status: status["guide"] == code)


def steady(station, frames):
    return wait_status(station, f"{frames} frames in a row", lambda status: status["ready_frames"] >= frames)


def sentences(model):
    with a_day(model) as (rig, camera, station):
        station.must(f"bind {rig.numbers[0]}")
        guided(station, "ready")
        for control, code, back in (("tilt 12", "tilt-left", "tilt 0"), ("eyes closed", "eyes", "eyes open")):
            camera.control(control)
            guided(station, code)
            camera.control(back)
            guided(station, "ready")
        assert not camera.took(), "off means off"


def release_by_itself(model):
    with a_day(model, "10") as (rig, camera, station):
        steady(station, 14)
        assert not camera.took(), "released with nobody bound"
        station.must(f"bind {rig.numbers[0]}")
        steady(station, 14)  # somebody sits there already: who that is nobody knows
        assert not camera.took() and station.must("status")["phase"] == "ready"
        camera.control("empty on")
        guided(station, "nobody")
        mark = station.lines.mark()
        wait_status(station, "seen empty", lambda status: status["seat_was_empty"])
        camera.control("empty off")
        shot = station.event("shot", since=mark)
        assert shot["student_no"] == rig.numbers[0] and shot["origin"] == "host", shot
        station.must("wait")
        station.must("retake")
        steady(station, 14)  # once a sitting: after a picture a person decides
        assert len(camera.took()) == 1
        station.must(f"bind {rig.numbers[1]}")
        steady(station, 14)  # the one before still sits there
        assert len(camera.took()) == 1
        rig.check_books(camera, {shot["sha256"]: rig.numbers[0]})


FLOWS = [sentences, release_by_itself]

if __name__ == "__main__":
    model = sys.argv.pop(1)
    if not os.path.exists(os.path.join(MODELS, "face-mesh.tflite")):
        print("1..0 # SKIP the face models were not fetched (packaging/fetch-models)")
        sys.exit(0)
    sys.exit(run([(f"{model}/{flow.__name__}", functools.partial(flow, model)) for flow in FLOWS]))

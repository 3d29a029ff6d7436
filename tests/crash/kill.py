"""The crash test: a shot is killed (SIGKILL) at step 1, 2, 3 … of its way until one passes unharmed; after each death the station is started again and the
books must agree: nothing lost, nothing given to the wrong student, no ticket left open.

The steps are the product's own killpoints (db/killpoint.h). A first, unharmed run writes their names in order ($LANMU_KILL_LOG); each becomes a test. The
camera and its card live on across the death, as in the room.
"""
import collections
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "flow"))
from rig import Camera, Rig, Station, run  # noqa: E402

A, B = 0, 1


def work(station, rig, camera, raw=False):
    """Student A is shot and accepted, then student B is shot and retaken; a body shot of B in between. Stops quietly when the station dies."""
    steps = [f"bind {rig.numbers[A]}", "shoot", "wait", "accept", f"bind {rig.numbers[B]}", "shoot", "wait"]
    for step in steps:
        if not station.say(step):
            return False
    mark = station.lines.mark()
    camera.control("press")
    if not station.lines.wait(lambda line: line.get("event") in ("shot", "quarantined"), mark):
        return False
    for step in ("wait", "retake", "shoot", "wait", "accept"):
        if not station.say(step):
            return False
    answer, code = station.quit()
    return bool(answer) and code == 0


def owners(rig, camera):
    """Who sat there is known from the order of the work: the first picture is A's, all others are B's."""
    return {took["sha256"]: rig.numbers[A if i == 0 else B] for i, took in enumerate(camera.took())}


def steps_of(options):
    rig = Rig()
    camera = Camera(rig.folder, *options)
    log = os.path.join(rig.folder, "killpoints")
    try:
        station = Station(rig.data, camera.spec, LANMU_KILL_LOG=log).ready()
        assert work(station, rig, camera), "the unharmed run failed"
        with open(log, encoding="utf-8") as lines:
            return [line.strip() for line in lines]
    finally:
        camera.stop()
        rig.close()


def killed_at(name, count, options):
    rig = Rig()
    camera = Camera(rig.folder, *options)
    station = None
    try:
        station = Station(rig.data, camera.spec, LANMU_KILL_AT=f"{name}:{count}")
        station.lines.wait(lambda line: line.get("event") == "reconciled")
        unharmed = work(station, rig, camera)
        code = station.process.wait(60)
        assert unharmed or code == -9, f"the station ended with {code}, not by the kill"
        for _ in range(1):
            station = Station(rig.data, camera.spec).ready()
            station.must("wait")
            answer, code = station.quit()
            assert answer["ok"] and code == 0
        rows = rig.check_books(camera, owners(rig, camera))
        open_tickets = [t for t in rig.rows("tickets") if t["state"] == "open"]
        assert not open_tickets, f"left open: {open_tickets}"
        assert not os.listdir(os.path.join(rig.data, "incoming")), os.listdir(os.path.join(rig.data, "incoming"))
        from rig import ctl
        ctl(rig.data, "verify")
        return rows
    finally:
        if station and station.process.poll() is None:
            station.kill()
        camera.stop()
        rig.close()


def choose(names, rounds):
    """Each killpoint at its first and at its last passing, at most `rounds` in all, spread evenly."""
    passings = collections.Counter(names)
    places = []
    for name in dict.fromkeys(names):
        places.append((name, 1))
        if passings[name] > 1:
            places.append((name, passings[name]))
    if rounds and len(places) > rounds:
        places = [places[i * len(places) // rounds] for i in range(rounds)]
    return places


if __name__ == "__main__":
    model, rounds = sys.argv.pop(1), int(sys.argv.pop(1))
    options = ["--model", model]
    tests = [(f"{model}/{name}:{count}", lambda name=name, count=count: killed_at(name, count, options))
             for name, count in choose(steps_of(options), rounds)]
    sys.exit(run(tests))

"""The crash loops: a piece of work is killed (SIGKILL) at step 1, 2, 3 … until one passes unharmed; after each death it is taken up again and the books must
agree: nothing lost, nothing given to the wrong student, no ticket left open, nothing half done.

    kill.py MODEL KIND ROUNDS [WORK…]      MODEL: nikon, canon; KIND: killpoints, calls (steps.py); ROUNDS: of each work, spread evenly; 0 = every step

The works of a station (host, body, raw, retake) are judged by the camera's ledger (books.py): the camera and its card live on across the death, as in the room; every
third recovery is killed as well. Those of a command (commands.py) must leave what was before or what comes after.
"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "flow"))
from rig import Camera, Rig, Station, ctl, run  # noqa: E402
import commands  # noqa: E402
from books import Books, Figures, Seats  # noqa: E402
from commands import CHEAP  # noqa: E402
from steps import KINDS, spread  # noqa: E402

TOTAL = Figures()


class Room:
    """A camera, a data folder and a station that may die; who sits there is kept for the judge."""

    def __init__(self, model, *options):
        self.rig = Rig(6)
        self.camera = Camera(self.rig.folder, "--model", model, *CHEAP, *options)
        self.seats = Seats()
        self.station = None

    def start(self, environment=None):
        """FALSE when it died before the camera was reconciled."""
        self.station = Station(self.rig.data, self.camera.spec, **(environment or {}))
        self.seats.set({None})
        return self.station.lines.wait(lambda line: line.get("event") == "reconciled") is not None

    def say(self, command):
        """FALSE when the station died."""
        return self.station.say(command) is not None

    def bind(self, student):
        number = self.rig.numbers[student]
        self.seats.set(self.seats.who | {number})
        alive = self.say(f"bind {number}")
        self.seats.set({number})
        return alive

    def leave(self):
        self.seats.set(self.seats.who | {None})
        alive = self.say("skip")
        self.seats.set({None})
        return alive

    def shoot(self):
        self.seats.shoot()
        return self.say("shoot") and self.say("wait")

    def press(self, line="press"):
        mark = self.station.lines.mark()
        self.camera.control(line)
        return bool(self.station.lines.wait(lambda said: said.get("event") in ("shot", "quarantined"), mark)) and self.say("wait")

    def end(self):
        """Says whether it ended by itself and well."""
        answer, code = self.station.quit()
        return bool(answer) and answer["ok"] and code == 0

    def died(self):
        self.seats.death()
        TOTAL.add("kills")
        return self.station.process.wait(60) == -9

    def close(self):
        if self.station and self.station.process.poll() is None:
            self.station.kill()
        self.camera.stop()
        self.rig.close()


def host(room):
    return room.bind(0) and room.shoot() and room.say("accept") and room.bind(1) and room.shoot() and room.say("accept")


def body(room):
    return room.bind(0) and room.press() and room.say("accept") and room.bind(1) and room.press("press burst 2")


def raw(room):
    return room.bind(0) and room.shoot() and room.press("press raw") and room.say("accept")


def retake(room):
    return (room.bind(0) and room.shoot() and room.say("retake") and room.shoot() and room.say("accept") and room.say("undo") and room.say("take 1")
            and room.say("accept") and room.bind(1) and room.shoot() and room.leave())


STATIONS = {"host": (host, []), "body": (body, []), "raw": (raw, ["--raw"]), "retake": (retake, [])}


def station_steps(work, model, kind):
    play, options = STATIONS[work]
    room = Room(model, *options)
    try:
        assert room.start(kind.listen(room.rig.folder)) and play(room) and room.end(), "the unharmed run failed"
        return kind.steps(room.rig.folder)
    finally:
        room.close()


def recover(room, kind, again_at):
    """The start after a death; with again_at it is killed as well, and comes after that."""
    if again_at and not (room.start(kind.kill(again_at)) and room.say("wait 20") and room.end()):
        assert room.died(), "the recovery ended by itself"
    assert room.start(), "the station ended before the camera was reconciled"
    room.station.must("wait")
    assert room.end(), "the recovery did not end well"


def station_killed_at(work, model, kind, step, again_at):
    play, options = STATIONS[work]
    room = Room(model, *options)
    try:
        if not (room.start(kind.kill(step)) and play(room) and room.end()):
            assert room.died(), f"the station ended with {room.station.process.returncode}, not by the kill"
        recover(room, kind, again_at)
        TOTAL.merge(Books(room.rig, room.camera, room.seats).check())
        ctl(room.rig.data, "verify")
    finally:
        room.close()


def station_tests(work, model, kind, rounds):
    steps = station_steps(work, model, kind)
    for i, step in enumerate(spread(steps, rounds)):
        again_at = steps[i * 7 % max(len(steps) // 2, 1)] if i % 3 == 2 else None
        yield f"{model}/{work}/{step}", lambda step=step, again_at=again_at: station_killed_at(work, model, kind, step, again_at)


def command_test(work, kind, step, before, after):
    TOTAL.add("kills")
    commands.killed_at(work, kind, step, before, after)


def command_tests(work, kind, rounds):
    steps, before, after = commands.steps_of(work, kind)
    for step in spread(steps, rounds):
        yield f"{type(work).__name__.lower()}/{step}", lambda step=step: command_test(work, kind, step, before, after)


def main():
    model, kind, rounds = sys.argv[1], KINDS[sys.argv[2]], int(sys.argv[3])
    wanted = sys.argv[4:] or [*STATIONS, *commands.WORKS]
    works = [commands.WORKS[name]() for name in wanted if name in commands.WORKS]
    sys.argv[1:] = []
    try:
        tests = [test for name in wanted if name in STATIONS for test in station_tests(name, model, kind, rounds)]
        tests += [test for work in works for test in command_tests(work, kind, rounds)]
        code = run(tests)
    finally:
        for work in works:
            work.close()
    print("#", TOTAL.line(), flush=True)
    sys.exit(code)


if __name__ == "__main__":
    main()

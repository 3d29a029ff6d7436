"""A random day: students are called, shot, retaken, skipped, called back, pressed at the body, while camera, host and station fail at random. Seeded: the seed is
in the test's name and fixes every decision (not the timing).

The judge is books.py. Whatever happened, after a calm restart: lost 0, misattributed 0, unexplained 0, no ticket open, verify content; and of the pictures
whose evidence is whole no more than CAREFUL may lie in the tray. A day that fails leaves its folder (data, ledger, transcript) when asked to.
"""
import os
import random
import shutil
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "flow"))
from rig import Camera, Rig, Station, ctl, run  # noqa: E402
from books import Books, Figures, Seats, now_us  # noqa: E402

CHEAP = ["--shot-ms", "30", "--startup-ms", "20", "--fps", "5", "--live-size", "320x240", "--shot-size", "480x320"]

ONE_TIME = ["stale", "wrong-time -7200", "wrong-time 86400", "wrong-serial 1234567", "late-event 700", "late-event 2500", "lost-event 1", "dup-event", "reorder-event",
            "drop", "drop rst", "drop download", "drop rst download", "truncate honest", "truncate lie", "corrupt", "corrupt card", "wrong-size 4096", "wrong-size -4096",
            "busy 3", "busy 30", "storm 400", "af-fail 1", "unplug 900", "stall 400", "stall 3000", "stall 300 at GetObject", "foreign", "folder", "number 9998",
            "in 60 drop", "in 150 unplug 600", "in 40 stall 2600", "after 1 drop", "on GetObject drop"]
LASTING = ["card-full on", "no-card on", "too-hot on", "battery 0", "af-fail on", "busy on", "no-subsec on", "no-serial on", "bandwidth 300000"]
CAREFUL = 0.04  # of all pictures, at most so many with whole evidence may lie in the tray


class Day:
    """deaths, faults: the chance of each in a step."""

    def __init__(self, seed, model, students, deaths=0.3, faults=0.3):
        self.deaths, self.faults = deaths, faults
        self.name = f"{seed}-{model}"
        self.random = random.Random(f"{seed} {model}")
        self.rig = Rig(students)
        self.transcript = open(os.path.join(self.rig.folder, "transcript"), "w", encoding="utf-8")
        self.figures = Figures()
        self.camera = Camera(self.rig.folder, "--model", model, *CHEAP, *(["--raw"] if self.random.random() < 0.2 else []))
        self.station = None
        self.fuses = []
        self.killed = None   # the last station that a fuse reached
        self.lasting = False
        self.given = {}
        self.decided = []   # accepts and set-asides of this session, for undo
        self.seats = Seats()
        self.start()

    # -- the station --

    def note(self, text):
        print(now_us(), text, file=self.transcript, flush=True)

    def start(self):
        """Starts until it lives: a start may be killed as well."""
        while True:
            self.station = Station(self.rig.data, self.camera.spec, sink=self.note)
            self.seats.set({None})
            self.decided.clear()
            if self.figures["shots asked"] and self.random.random() < 0.15:
                self.light_fuse(0.5)
            self.station.lines.wait(lambda line: line.get("event") == "reconciled" or line.get("re") == "start" and not line["ok"])
            if self.killed is not self.station:
                return
            self.station.process.wait(60)
            self.fuse_burnt()

    def say(self, command):
        """Its answer; after a death the station is started again and the answer is None."""
        self.note(f"> {command}")
        answer = self.station.say(command)
        if answer is None:
            code = self.station.process.wait(60)
            assert self.killed is self.station, f"the station died by itself at {command}: exit {code}"
            self.fuse_burnt()
            self.revive()
        return answer

    def light_fuse(self, longest, victim="station"):
        delay = self.random.random() * longest
        self.fuses.append(threading.Timer(delay, self.kill, [victim, self.station]))
        self.fuses[-1].start()

    def kill(self, victim, station):
        self.seats.death()
        self.note(f"! kill {victim}")
        if victim == "host":
            killed = station.kill_host()
            self.figures.add("host kills", killed)
            self.figures.add("kills", killed)
        elif station.process.poll() is None:
            self.killed = station
            station.process.kill()
            self.figures.add("kills")

    def fuse_burnt(self):
        while self.fuses:
            self.fuses.pop().join()
        self.seats.death()

    def revive(self):
        if self.random.random() < 0.3:
            self.assign_one()
        self.start()

    # -- what the photographer does --

    def bind(self, command, number=None):
        before = self.seats.who
        span = self.seats.set(before | ({number} if number else set()))
        answer = self.say(command)
        if answer is None:
            return  # whether it was bound nobody knows; start() has said who sits there now
        if answer["ok"]:
            bound = answer.get("student_no", number)
            span[2].add(bound)
            self.seats.set({bound})
        else:
            self.seats.set(span[2])

    def leave(self, word):
        before = self.seats.who
        self.seats.set(before | {None})
        answer = self.say(word)
        if answer is not None:
            self.seats.set({None} if answer["ok"] else before)
            if answer["ok"]:
                self.decided.append(before)

    def undo(self):
        if not self.decided:
            self.say("undo")
            return
        whose = self.decided.pop()
        before = self.seats.who
        self.seats.set(before | whose)
        answer = self.say("undo")
        if answer is not None:
            self.seats.set(whose if answer["ok"] else before)

    def accept(self):
        before = self.seats.who
        answer = self.say("accept")
        if answer and answer["ok"]:
            self.decided.append(before)

    def shoot(self):
        self.figures.add("shots asked")
        if self.seats.who != {None}:
            self.seats.shoot()
        self.say("shoot")

    def press(self):
        self.figures.add("shots asked")
        self.control(self.random.choice(["press", "press", "press", "press raw", "press burst 2"]))

    def control(self, line):
        self.note(f"camera {line}")
        try:
            self.camera.control(line)
            return True
        except (AssertionError, OSError) as refused:
            self.note(f"camera: {refused}")
            return False  # the body may be busy or unplugged: then nothing was taken

    def trouble(self):
        line = self.random.choice(ONE_TIME if self.random.random() < 0.85 else LASTING)
        if self.control(line):
            self.figures.add("faults")
            self.lasting = self.lasting or line in LASTING

    def calm(self):
        if self.lasting and self.random.random() < 0.6:
            self.control("calm")
            self.control("battery 90")
            self.lasting = False

    def assign_one(self):
        """The operator gives a picture of the tray to whom it belongs, while the station is down."""
        truth = {took["sha256"]: self.seats.owners(took) for took in self.camera.took() if not took.get("stale")}
        tray = [row for row in self.rig.rows("quarantine") if len(truth.get(row["sha256"], ())) == 1 and None not in truth[row["sha256"]]]
        if not tray:
            return
        row = self.random.choice(tray)
        (number,) = truth[row["sha256"]]
        ctl(self.rig.data, "quarantine", "assign", row["shot"], number)
        self.given[row["sha256"]] = number
        self.figures.add("assigned")

    # -- the day --

    def step(self, number):
        dice = self.random
        if dice.random() < self.faults:
            self.trouble()
        if dice.random() < self.deaths:
            self.light_fuse(0.8, dice.choice(["station", "station", "station", "host"]))
        if dice.random() < 0.08:
            self.bind(f"bind {dice.choice(self.rig.numbers)}")  # called and gone at once
        if dice.random() < 0.1:
            self.bind("next")
        else:
            self.bind(f"bind {number}", number)
        for _ in range(dice.choice([1, 1, 1, 2])):
            if dice.random() < 0.75:
                self.shoot()
            else:
                time.sleep(dice.choice([0, 0, 0.3, 1.6]))  # the photographer's hand: a pause is part of the day
                self.press()
            if dice.random() < 0.5:
                self.say("wait 20")
        if dice.random() < 0.12:
            self.press()
        if dice.random() < 0.15:
            self.say("wait 20")
            self.say("retake")
            self.shoot()
        self.settle(dice.random())
        self.end_step()

    def settle(self, roll):
        if roll < 0.7:
            self.say("wait 20")
            self.accept()
        elif roll < 0.78:
            self.leave("skip")
        elif roll < 0.83:
            self.leave("absent")
        elif roll < 0.88:
            self.undo()

    def end_step(self):
        if self.fuses:
            self.fuse_burnt()
            if self.killed is self.station:
                self.station.process.wait(60)
                self.revive()
        self.calm()

    def end(self):
        self.control("calm")
        self.control("battery 90")
        for _ in range(2):
            self.say("wait 40")
            self.station.quit()
            self.note("> quit")
            self.station = Station(self.rig.data, self.camera.spec, sink=self.note).ready()
        self.station.must("wait")
        answer, code = self.station.quit()
        assert answer["ok"] and code == 0, f"the last quit: {answer}, exit {code}"

    def check(self):
        books = Books(self.rig, self.camera, self.seats, self.given)
        try:
            books.check()
        finally:
            self.figures.merge(books.figures)
        for picture in books.careful:
            self.note(f"too careful: {picture}")
        self.careful = books.careful
        ctl(self.rig.data, "verify")
        for _ in range(3):
            self.assign_one()
        ctl(self.rig.data, "verify")

    def close(self, keep_in=None):
        self.fuse_burnt()
        if self.station and self.station.process.poll() is None:
            self.station.kill()
        self.camera.stop()
        self.transcript.close()
        if keep_in:
            shutil.copytree(self.rig.folder, os.path.join(keep_in, self.name), dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.sock"))
        self.rig.close()


def a_random_day(seed, model, students, keep_in=None, **chances):
    """The day's figures. keep_in: a folder for all that a failing day left."""
    day = Day(seed, model, students, **chances)
    failed = True
    try:
        numbers = list(day.rig.numbers)
        for i, number in enumerate(numbers):
            day.step(number if day.random.random() < 0.93 else numbers[day.random.randrange(i + 1)])
        day.end()
        day.check()
        failed = False
        return day.figures
    except Exception as error:
        error.figures = day.figures  # what was done until then counts as well
        raise
    finally:
        day.close(keep_in if failed else None)


def test_day(seed, model, students):
    figures = a_random_day(seed, model, students, os.environ.get("LANMU_TEST_KEEP"))
    print("#", figures.line(), flush=True)
    most = max(CAREFUL * figures["shots"], 2)
    assert figures["careful"] <= most, f"{figures['careful']} of {figures['shots']} pictures with whole evidence went to the tray: too careful"


if __name__ == "__main__":
    students, first, count = (int(sys.argv.pop(1)) for _ in range(3))
    tests = [(f"day-{seed}-{model}", lambda seed=seed, model=model: test_day(seed, model, students))
             for seed in range(first, first + count) for model in ("nikon", "canon")]
    sys.exit(run(tests))

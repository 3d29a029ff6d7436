"""A random day: students are called, shot, retaken, skipped, pressed at the body, while the camera and the station fail at random. Seeded: the seed is in the
test's name and fixes every decision (not the timing).

The judge is the camera's ledger: every exposure has a moment on the machine's boot clock, and this program knows who could have been bound then. At the end,
after a calm restart: lost 0, misattributed 0, unexplained 0, no ticket open, verify content.
"""
import os
import random
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "flow"))
from rig import Camera, Rig, Station, ctl, run  # noqa: E402

FAULTS = ["stale", "wrong-time -7200", "wrong-serial 1234567", "late-event 700", "lost-event 1", "dup-event", "drop", "drop rst", "truncate honest", "corrupt",
          "busy 3", "af-fail 1", "unplug 900", "stall 400", "foreign", "in 60 drop", "in 150 unplug 600"]


def now_us():
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1000


class Day:
    def __init__(self, seed, model, students):
        self.random = random.Random(seed)
        self.rig = Rig(students)
        self.camera = Camera(self.rig.folder, "--model", model, "--shot-ms", "40")
        self.station = None
        self.sat = []       # (from, until, students who may own an exposure in between)
        self.since = now_us()
        self.who = {None}
        self.start()

    def start(self):
        self.station = Station(self.rig.data, self.camera.spec)
        self.set_who({None})
        self.station.lines.wait(lambda line: line.get("event") == "reconciled")

    def set_who(self, who):
        self.sat.append((self.since, now_us(), self.who))
        self.since, self.who = now_us(), who

    def say(self, command):
        return self.station.say(command)

    def bind(self, number):
        before = self.who
        self.set_who(before | {number})
        answer = self.say(f"bind {number}")
        self.set_who({number} if answer and answer["ok"] else before | {number})

    def kill(self):
        before = self.who
        self.set_who(before | {None})
        self.station.kill()
        self.start()

    def owners(self, took):
        allowed = set()
        for begin, end, who in self.sat + [(self.since, now_us(), self.who)]:
            if begin <= took["boot_us"] <= end:
                allowed |= who
        return allowed

    def step(self, number):
        roll = self.random.random()
        if roll < 0.25:
            self.camera.control(self.random.choice(FAULTS))
        self.bind(number)
        for _ in range(self.random.choice([1, 1, 1, 2])):
            if self.random.random() < 0.75:
                self.say("shoot")
            else:
                self.press()
            if self.random.random() < 0.5:
                self.say("wait 20")
        if self.random.random() < 0.12:
            self.press()
        if self.random.random() < 0.10:
            self.kill()
        elif self.random.random() < 0.8:
            self.say("wait 20")
            self.say("accept")

    def press(self):
        try:
            self.camera.control("press")
        except (AssertionError, OSError):
            pass  # the body may be busy or unplugged: then nothing was taken

    def end(self):
        self.camera.control("calm")
        self.say("wait 30")
        self.station.quit()
        self.station = Station(self.rig.data, self.camera.spec).ready()
        self.station.must("wait")
        answer, code = self.station.quit()
        assert answer["ok"] and code == 0

    def check(self):
        rows = self.rig.by_sha()
        lost, wrong = [], []
        for took in self.camera.took():
            if took.get("stale"):
                continue  # the bytes of the picture before under a new name: that one's owner is the right one
            row = rows.get(took["sha256"])
            if row is None:
                lost.append(took["file"])
            elif row["state"] == "attached" and row["student_no"] not in self.owners(took):
                wrong.append((took["file"], row["student_no"], sorted(map(str, self.owners(took)))))
        tickets = [t for t in self.rig.rows("tickets") if t["state"] == "open"]
        assert not wrong, f"misattributed: {wrong}"
        assert not lost, f"lost: {lost}"
        assert not tickets, f"open tickets: {tickets}"
        ctl(self.rig.data, "verify")
        attached = sum(row["state"] == "attached" for row in rows.values())
        took = self.camera.took()
        assert attached * 2 > len(took), f"only {attached} of {len(took)} pictures found their student: too careful to be of use"
        print(f"# {len(took)} pictures: {attached} attached, {len(rows) - attached} in the tray; lost 0, misattributed 0", flush=True)

    def close(self):
        if self.station.process.poll() is None:
            self.station.kill()
        self.camera.stop()
        if not os.environ.get("LANMU_TEST_KEEP"):
            self.rig.close()


def a_random_day(seed, model, students):
    day = Day(seed, model, students)
    try:
        for number in day.rig.numbers:
            day.step(number)
        day.end()
        day.check()
    finally:
        day.close()


if __name__ == "__main__":
    students, first, count = (int(sys.argv.pop(1)) for _ in range(3))
    tests = [(f"day-{seed}-{('nikon', 'canon')[seed % 2]}", lambda seed=seed: a_random_day(seed, ("nikon", "canon")[seed % 2], students))
             for seed in range(first, first + count)]
    sys.exit(run(tests))

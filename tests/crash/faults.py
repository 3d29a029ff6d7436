"""The fault loop: every fault of the simulated camera, in every state of the station, one after the other against one living station.

A round: a student is called, the camera and the station are brought into the state (idle, live, shooting, downloading), the fault strikes, one more picture is
taken, and the station must be live again. What a fault can do to the operator is known beforehand: the word that the station must say is in the table.
At the end of a batch, after a calm restart, the camera's ledger is the judge: lost 0, misattributed 0, unexplained 0, no ticket open, verify content; and the
station has no more descriptors and maps than before.

    faults.py MODEL ROUNDS SEED    ROUNDS 0: the whole table once; else so many of it, drawn by SEED ("day": by the date)
"""
import collections
import os
import random
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "flow"))
from rig import Camera, Rig, Seats, Station, boot_us, ctl, run  # noqa: E402

BATCH = 60          # rounds against one station
PATIENCE = 45       # seconds to be live again: only a hang of ours is longer
STATES = ("idle", "live", "shooting", "downloading")
RELEASE = {"nikon": "InitiateCaptureRecInMedia", "canon": "RemoteReleaseOn"}

# name → (kind, lines, words the station may say; None: it need not notice)
#   now      strikes at once, or when the state's own operation is asked for
#   picture  spoils the next picture or its announcement
#   lasting  holds until it is called off; it must be said
#   host     strikes the camera host inside the library
LINE = {"cable", "timeout", "no-camera", "busy", "other"}
FAULTS = {
    "drop": ("now", ["drop"], LINE),
    "drop-reset": ("now", ["drop rst"], LINE),
    "drop-download": ("picture", ["drop download"], None),
    "unplug": ("now", ["unplug 700"], LINE),
    "stall-short": ("now", ["stall 300"], None),
    "stall-long": ("now", ["stall 2800"], None),
    "storm": ("now", ["storm 500"], None),
    "storm-long": ("now", ["storm 2500"], None),
    "clock-ahead": ("now", ["clock 3600"], None),
    "clock-back": ("now", ["clock -3600"], None),
    "card-swapped": ("now", ["swap-card"], None),
    "card-of-others": ("now", ["swap-card 25"], None),
    "foreign": ("now", ["foreign"], None),
    "stale": ("picture", ["stale"], None),
    "wrong-time": ("picture", ["wrong-time -7200"], None),
    "wrong-serial": ("picture", ["wrong-serial 1234567"], None),
    "size-longer": ("picture", ["wrong-size 5000"], None),
    "size-shorter": ("picture", ["wrong-size -5000"], None),
    "lost-event": ("picture", ["lost-event 1"], None),
    "late-event": ("picture", ["late-event 600"], None),
    "double-event": ("picture", ["dup-event"], None),
    "reordered-events": ("picture", ["reorder-event"], None),
    "truncated": ("picture", ["truncate honest"], None),
    "truncated-lie": ("picture", ["truncate lie"], None),
    "corrupted": ("picture", ["corrupt"], None),
    "corrupted-on-card": ("picture", ["corrupt card"], None),
    "counter-wrap": ("picture", ["number 9999"], None),
    "folder-change": ("picture", ["folder"], None),
    "no-subsec": ("picture", ["no-subsec on"], None),
    "no-serial": ("picture", ["no-serial on"], None),
    "busy": ("picture", ["busy 2"], None),
    "narrow-wire": ("picture", ["bandwidth 150000"], None),
    "busy-for-long": ("lasting", ["busy on"], {"busy"}),
    "no-focus": ("lasting", ["af-fail on"], {"no-focus"}),
    "card-full": ("lasting", ["card-full on"], {"card-full"}),
    "no-card": ("lasting", ["no-card on"], {"no-card", "other", "cable"}),
    "too-hot": ("lasting", ["too-hot on"], {"too-hot"}),
    "battery-empty": ("lasting", ["battery 1"], {"battery"}),
    "crash-live": ("host", ["crash live"], {"crashed"}),
    "crash-events": ("host", ["crash events"], {"crashed"}),
    "crash-release": ("host", ["crash release"], {"crashed"}),
    "crash-fetch": ("host", ["crash fetch"], {"crashed"}),
    "crash-piece": ("host", ["crash piece"], {"crashed"}),
    "crash-open": ("host", ["crash open"], {"crashed"}),
    "crash-list": ("host", ["crash list"], {"crashed"}),
    "hang-live": ("host", ["hang live"], {"hung"}),
    "hang-fetch": ("host", ["hang fetch"], {"hung"}),
    "hang-release": ("host", ["hang release"], {"hung"}),
}
OFF = ["calm", "bandwidth 0", "battery 100"]
EVENTS = {"live": {"nikon": "GetLiveViewImg", "canon": "GetViewFinderData"}}


def makes_sense(name, state):
    """A crash is aimed at one call, which only some states make; a hang is dear, once is enough."""
    kind, lines, _ = FAULTS[name]
    if kind != "host":
        return True
    where = {"live": ("live",), "events": ("idle",), "release": ("shooting",), "fetch": ("downloading",), "piece": ("downloading",), "open": ("live",),
             "list": ("live",)}
    return state in where[lines[0].split()[1]]


TABLE = [(name, state) for name in FAULTS for state in STATES if makes_sense(name, state)]


class Batch:
    def __init__(self, model, rounds, seed):
        self.model, self.random = model, random.Random(seed)
        self.rig = Rig(rounds + 2)
        self.mishap = os.path.join(self.rig.folder, "mishap")
        self.camera = Camera(self.rig.folder, "--model", model, "--shot-ms", "25", "--startup-ms", "50", "--shot-size", "640x424", "--live-size",
                             "320x212", "--fps", "20")
        self.station = Station(self.rig.data, self.camera.spec, LANMU_CAMERA_MISHAP=self.mishap).ready()
        self.seats = Seats()
        self.next_student = 0
        self.slowest = collections.Counter()
        self.removed = []  # boot spans in which a picture may have stayed on a card that was taken out
        self.settled = self.descriptors()

    def descriptors(self):
        """Open descriptors and shared mappings of the station."""
        proc = f"/proc/{self.station.process.pid}"
        with open(f"{proc}/maps", encoding="utf-8") as maps:
            shared = sum("memfd:" in line for line in maps)
        return len(os.listdir(f"{proc}/fd")), shared

    # -- small deeds --

    def bind(self):
        number = self.rig.numbers[self.next_student]
        self.next_student += 1
        before = self.seats.who
        self.seats.change(before | {number})
        answer = self.station.say(f"bind {number}")
        self.seats.change({number} if answer and answer["ok"] else before | {number})

    def unbind(self):
        before = self.seats.who
        self.seats.change(before | {None})
        if self.station.say("absent")["ok"]:
            self.seats.change({None})

    def control(self, line):
        try:
            self.camera.control(line)
        except AssertionError:
            pass  # the body is busy, full or unplugged: then nothing happened

    def state_word(self):
        return self.station.must("status")["camera"]

    def is_live(self):
        camera = self.state_word()
        return camera["state"] in ("live", "busy") and camera["trouble"] == "none"

    def until_live(self, since):
        began = time.monotonic()
        while not self.is_live():
            mark = self.station.lines.mark()
            if self.is_live():
                break
            left = PATIENCE - (time.monotonic() - began)
            assert left > 0, f"not live again after {PATIENCE} s: {self.state_word()}"
            try:
                self.station.lines.wait(lambda line: line.get("event") == "camera", mark, min(left, 1))
            except AssertionError:
                pass
        return time.monotonic() - since

    def strike(self, state, kind, lines):
        if kind == "host":
            with open(self.mishap + ".new", "w", encoding="utf-8") as out:
                out.write(lines[0])
            os.rename(self.mishap + ".new", self.mishap)
        for line in lines if kind != "host" else []:
            if kind == "now" and state == "shooting":
                self.control(f"on {RELEASE[self.model]} {line}")
            elif kind == "now" and state == "downloading":
                self.control(f"on GetObject {line}")
            else:
                self.control(line)

    def act(self, state, kind, lines):
        """What is going on while the fault strikes."""
        if kind == "host" and lines[0].endswith("open"):
            self.control("drop")
        elif kind == "host" and lines[0].endswith("list"):
            self.station.must("reconcile")
        elif kind == "host" and state != "shooting" and state != "downloading":
            pass  # live pictures and events are asked for by themselves
        elif state == "idle":
            self.press_and_hear()
        elif state == "downloading":
            self.station.say("shoot")
            self.control("press")
        else:
            self.station.say("shoot")

    def press_and_hear(self):
        """The station hears of it by itself; when it cannot, the next reconcile finds it."""
        mark = self.station.lines.mark()
        self.control("press")
        try:
            self.station.lines.wait(lambda line: line.get("event") in ("quarantined", "shot"), mark, 1.5)
        except AssertionError:
            pass

    def let_it_come(self, lines):
        """The fault is the picture's own: it stays until the picture is here."""
        if lines[0] == "reorder-event":
            self.control("press")
        self.station.say(f"wait {PATIENCE}")

    def words_since(self, mark):
        return {line.get("reason") for line in self.station.lines.items[mark:] if line.get("event") in ("camera", "failed", "trouble")} - {None}

    def wait_for_word(self, mark, words):
        if not words & self.words_since(mark):
            self.station.lines.wait(lambda line: line.get("reason") in words, mark, 25)

    # -- a round --

    def round(self, name, state):
        kind, lines, words = FAULTS[name]
        if state == "idle":
            if self.seats.who != {None}:
                self.unbind()
        elif self.seats.who == {None} or self.random.random() < 0.5:
            self.bind()
        mark, since, began = self.station.lines.mark(), time.monotonic(), boot_us()
        self.strike(state, kind, lines)
        self.act(state, kind, lines)
        if kind in ("lasting", "host") and words and not (state == "idle" and kind == "lasting" and not words & {"too-hot", "battery", "no-card"}):
            self.wait_for_word(mark, words)
        if kind == "picture":
            self.let_it_come(lines)
        for line in OFF:
            self.control(line)
        if lines[0].startswith("swap-card"):
            self.removed.append((began - 3_000_000, boot_us() + 1_000_000))
        answer = self.station.say(f"wait {PATIENCE}")
        assert answer and answer["ok"], f"after {PATIENCE} s: {answer}; {self.station.must('status')}; {self.station.lines.items[-6:]}"
        took = self.until_live(since)
        self.slowest[name] = max(self.slowest[name], took)
        assert not os.path.exists(self.mishap), f"the {lines} never struck"
        if kind == "now" and words and took > 1 and state == "live":
            said = self.words_since(mark)
            assert said & words, f"said {said}, not one of {words}"
        if state != "idle" and self.random.random() < 0.3:
            self.station.say("accept")

    # -- the judgement --

    def end(self):
        before, after = self.settled, self.descriptors()
        assert after[0] <= before[0] + 2 and after[1] <= before[1], f"descriptors and maps grew from {before} to {after}"
        answer, code = self.station.quit()
        assert answer["ok"] and code == 0, (answer, code)
        self.station = Station(self.rig.data, self.camera.spec).ready()
        self.station.must("wait")
        answer, code = self.station.quit()
        assert answer["ok"] and code == 0, (answer, code)

    def is_excused(self, took, rows):
        """A picture whose bytes cannot be had as the body made them: it must be in the tray under its name; or it went away with a card."""
        if "said_size" in took:
            return any(row["camera_file"] == took["file"] and row["state"] == "quarantined" for row in rows)
        return any(begin <= took["boot_us"] <= end for begin, end in self.removed)

    def figures(self):
        rows = self.rig.rows("shots")
        by_sha = {row["sha256"]: row for row in rows}
        figures = collections.Counter()
        faults = []
        for took in self.camera.took():
            figures["pictures"] += 1
            row = by_sha.get(took["sha256"])
            if took.get("stale"):
                continue  # the bytes of the picture before under a new name: that one's owner is the right one
            if row is None and not self.is_excused(took, rows):
                figures["lost"] += 1
                faults.append(("lost", took))
            elif row and row["state"] == "attached":
                figures["attached"] += 1
                if row["student_no"] not in self.seats.owners(took["boot_us"]):
                    figures["misattributed"] += 1
                    faults.append(("misattributed", took, row))
            elif row:
                figures["tray"] += 1
            else:
                figures["other card"] += 1
        known = {took["sha256"] for took in self.camera.took()} | {line["sha256"] for line in self.camera.events() if line["event"] == "foreign"}
        odd = [row for row in rows if row["sha256"] not in known and row["state"] == "attached"]
        odd += [ticket for ticket in self.rig.rows("tickets") if ticket["state"] == "open"]
        figures["unexplained"] = len(odd)
        assert not faults and not odd, f"{faults} {odd}"
        ctl(self.rig.data, "verify")
        return figures

    def close(self, keep):
        if self.station.process.poll() is None:
            self.station.kill()
        self.camera.stop()
        if not keep:
            self.rig.close()


def a_batch(model, rounds, seed):
    batch = Batch(model, len(rounds), seed)
    keep = bool(os.environ.get("LANMU_TEST_KEEP"))
    at = None
    try:
        for at in rounds:
            began = time.monotonic()
            batch.round(*at)
            if os.environ.get("LANMU_TEST_ROUNDS"):
                print(f"# {at[0]} while {at[1]}: {time.monotonic() - began:.2f} s", flush=True)
        at = "the end"
        batch.end()
        figures = batch.figures()
        slowest = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in batch.slowest.most_common(3))
        print(f"# {len(rounds)} rounds, {figures['pictures']} pictures: {figures['attached']} attached, {figures['tray']} in the tray, "
              f"{figures['other card']} on a card that was taken out; lost {figures['lost']}, misattributed {figures['misattributed']}, "
              f"unexplained {figures['unexplained']}; slowest: {slowest}", flush=True)
    except BaseException as error:
        raise AssertionError(f"at {at}, folder {batch.rig.folder}: {type(error).__name__} {error}") from error
    finally:
        batch.close(keep)


def chosen(rounds, seed):
    order = list(TABLE)
    random.Random(seed).shuffle(order)
    if rounds == 0:
        return order
    return [order[i % len(order)] for i in range(rounds)]


if __name__ == "__main__":
    model, rounds, seed = sys.argv.pop(1), int(sys.argv.pop(1)), sys.argv.pop(1)
    seed = int(time.time() // 86400) if seed == "day" else int(seed)
    table = chosen(rounds, seed)
    if os.environ.get("LANMU_TEST_FAULT"):
        table = [at for at in TABLE if os.environ["LANMU_TEST_FAULT"] in " ".join(at)]
    batches = [table[i:i + BATCH] for i in range(0, len(table), BATCH)]
    tests = [(f"{model}/seed-{seed}/batch-{i + 1}", lambda batch=batch, i=i: a_batch(model, batch, seed + i)) for i, batch in enumerate(batches)]
    sys.exit(run(tests))

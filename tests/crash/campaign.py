"""A campaign: random days (day.py), several at a time, until so many kills and faults are counted or the time is over. A day that breaks a promise leaves all that is
needed to understand it (data folder, camera's ledger, transcript) under its seed, and the campaign goes on.

    campaign.py [--kills N] [--faults N] [--minutes M] [--lanes N] [--students N] [--first-seed N] [--keep DIR]

The last line gives the figures of all days. Exit 0 only when no promise was broken. Run it from the build by `meson test --suite slow campaign`, or by hand with
$LANMU_BUILD naming the build folder.
"""
import argparse
import os
import sys
import tempfile
import threading
import time

os.environ.setdefault("LANMU_TEST_DEADLINE", "180")  # a hang, not a slow machine
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from books import Figures  # noqa: E402
from day import CAREFUL, a_random_day  # noqa: E402


class Campaign:
    def __init__(self, wanted):
        self.wanted = wanted
        self.began = time.monotonic()
        self.figures = Figures()
        self.failed = []
        self.next_seed = wanted.first_seed
        self.lock = threading.Lock()

    def minutes(self):
        return (time.monotonic() - self.began) / 60

    def over(self):
        enough = self.figures["kills"] >= self.wanted.kills and self.figures["faults"] >= self.wanted.faults
        return enough or self.minutes() >= self.wanted.minutes

    def take_seed(self):
        """A seed and a model, or None when it is time to end."""
        with self.lock:
            if self.over():
                return None
            seed, self.next_seed = self.next_seed, self.next_seed + 1
        return seed, ("nikon", "canon")[seed % 2]

    def one_day(self, seed, model):
        try:
            figures, said = a_random_day(seed, model, self.wanted.students, self.wanted.keep, deaths=self.wanted.deaths, faults=self.wanted.fault_chance), None
        except Exception as error:  # noqa: BLE001: a day reports, the next one is lived
            figures, said = getattr(error, "figures", Figures()), f"{type(error).__name__}: {error}"
        with self.lock:
            self.figures.merge(figures)
            self.figures.add("days")
            print(f"day {seed}-{model}: {figures.line()}", flush=True)
            if said:
                self.failed.append(f"{seed}-{model}")
                print(f"day {seed}-{model} FAILED, kept in {self.wanted.keep}: {said}", flush=True)
            elif self.figures["days"] % 10 == 0:
                print(f"after {self.minutes():.0f} min, {self.figures['days']} days: {self.figures.line()}", flush=True)

    def lane(self):
        while True:
            chosen = self.take_seed()
            if not chosen:
                return
            self.one_day(*chosen)

    def run(self):
        lanes = [threading.Thread(target=self.lane) for _ in range(self.wanted.lanes)]
        for lane in lanes:
            lane.start()
        for lane in lanes:
            lane.join()
        careful = self.figures["careful"] > max(CAREFUL * self.figures["shots"], 2)
        if careful:
            print(f"too careful: {self.figures['careful']} pictures with whole evidence went to the tray", flush=True)
        print(f"campaign: {self.figures['days']} days in {self.minutes():.1f} min, {len(self.failed)} failed {self.failed or ''}: {self.figures.line()}", flush=True)
        print("campaign tray:", ", ".join(f"{name[5:]} {count}" for name, count in sorted(self.figures.items(), key=lambda item: -item[1]) if name.startswith("tray ")), flush=True)
        return 1 if self.failed or careful else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=10000)
    parser.add_argument("--faults", type=int, default=10000)
    parser.add_argument("--minutes", type=float, default=240)
    parser.add_argument("--lanes", type=int, default=4)
    parser.add_argument("--students", type=int, default=40)
    parser.add_argument("--deaths", type=float, default=0.6, help="the chance of a kill in a step")
    parser.add_argument("--fault-chance", type=float, default=0.6, help="the chance of a fault in a step")
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--keep", default=os.path.join(tempfile.gettempdir(), "lanmu-campaign"))
    wanted = parser.parse_args()
    os.makedirs(wanted.keep, exist_ok=True)
    sys.exit(Campaign(wanted).run())


if __name__ == "__main__":
    main()

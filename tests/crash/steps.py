"""The places where a program may be killed, of two kinds. Each kind counts them in an unharmed run (`listen`, `steps`) and kills at one of them in another (`kill`); all
three speak by environment.

  killpoints  the product's own places (db/killpoint.h): before and after each commit, rename and sync
  calls       every call that changes the disk, in any thread (killcall.c is preloaded): SQLite's pages, a backup's pieces, whatever has no killpoint
"""
import collections
import os


class Killpoints:
    name = "killpoints"

    @staticmethod
    def listen(folder):
        return {"LANMU_KILL_LOG": os.path.join(folder, "killpoints")}

    @staticmethod
    def steps(folder):
        """Each passing in order: ("ticket.open.after-commit", 2)."""
        passings = collections.Counter()
        found = []
        path = os.path.join(folder, "killpoints")
        if not os.path.exists(path):
            return found
        with open(path, encoding="utf-8") as lines:
            for name in lines.read().split():
                passings[name] += 1
                found.append(f"{name}:{passings[name]}")
        return found

    @staticmethod
    def kill(step):
        return {"LANMU_KILL_AT": step}


class Calls:
    name = "calls"

    @staticmethod
    def preload():
        # A sanitizer's runtime insists on being first; it may follow here, for nothing of it is replaced.
        return {"LD_PRELOAD": os.environ["LANMU_TEST_KILLCALL"], "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"}

    @classmethod
    def listen(cls, folder):
        return {**cls.preload(), "LANMU_TEST_COUNT_CALLS": os.path.join(folder, "calls")}

    @staticmethod
    def steps(folder):
        """Before every call; after every one as well, for the one before the next is the same but for the last."""
        with open(os.path.join(folder, "calls"), encoding="utf-8") as file:
            count = int(file.read())
        return [str(number) for number in range(1, count + 1)] + [str(-count)]

    @classmethod
    def kill(cls, step):
        return {**cls.preload(), "LANMU_TEST_KILL_CALL": step}


KINDS = {kind.name: kind for kind in (Killpoints, Calls)}


def spread(steps, rounds):
    """At most `rounds` of them (0: all), evenly; from four on the first and the last are among them."""
    if not rounds or len(steps) <= rounds:
        return steps
    if rounds < 4:
        return [steps[(2 * i + 1) * len(steps) // (2 * rounds)] for i in range(rounds)]
    return [steps[i * (len(steps) - 1) // (rounds - 1)] for i in range(rounds)]

"""A camera host gone mad (madhost.c) beside a real station: whatever it says, the station lives, answers every command, attaches nothing, and ends when it is told to."""
import os
import sys

from rig import Rig, Station, ctl, run, together

KINDS = ["words", "noise", "descriptors", "flood", "liar", "silent"]


def a_mad_day(kind, seed):
    rig = Rig(4)
    station = Station(rig.data, "ptpip:127.0.0.1:9", LANMU_CAMERA_HOST=os.environ["LANMU_TEST_MADHOST"], LANMU_TEST_MAD=f"{kind}:{seed}")
    try:
        assert station.lines.wait(lambda line: line.get("re") == "start"), "the station ended at once"
        opened = kind in ("descriptors", "flood", "liar")
        assert not opened or station.event("camera", "reconciled") and station.event("reconciled"), "the camera never opened"
        for number in rig.numbers[:3]:
            assert station.say(f"bind {number}"), "died at bind"
            if opened:
                assert station.say("shoot"), "died at shoot"
            assert station.say("wait 1"), "died waiting"
            assert station.must("status")["ok"]
        answer = station.say("quit")
        assert answer, f"died at quit: {station.process.wait(60)}"
        station.process.stdin.close()
        code = station.process.wait(60)
        assert code in (0, 1), f"ended with {code}"
        attached = [row for row in rig.rows("shots") if row["state"] == "attached"]
        assert not attached, f"attached on a mad host's word: {attached}"
        assert not [name for name in os.listdir(os.path.join(rig.data, "incoming")) if not name.endswith(".part")]
        ctl(rig.data, "verify")
    finally:
        if station.process.poll() is None:
            station.kill()
        rig.close()


if __name__ == "__main__":
    first, count = int(sys.argv.pop(1)), int(sys.argv.pop(1))
    tests = [(f"mad/{kind}/{seed}", lambda kind=kind, seed=seed: a_mad_day(kind, seed)) for seed in range(first, first + count) for kind in KINDS]
    sys.exit(run(together(tests, 3)))
